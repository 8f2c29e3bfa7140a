/** The file system that the machine starts from: busybox, modules, the workload, and what to do. */
import { chmodSync, copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { type KernelImage, kernelModule } from './kernel-image.js'
import { pathOf, run } from './tools.js'

/** In the order in which they are loaded. */
const modules = ['drivers/block/virtio_blk', 'lib/lz4/lz4_compress', 'lib/lz4/lz4hc_compress', 'drivers/block/zram/zram']

/** Beside the sources: they are not compiled. */
const guest = fileURLToPath(new URL('../../../src/record/guest/', import.meta.url))

const nameOf = (module: string): string => module.slice(module.lastIndexOf('/') + 1)

/**
 * Builds it once.
 *
 * @param work a folder to build in
 * @returns the folder that holds its files
 */
export function buildRoot(kernel: KernelImage, work: string): string {
  const root = join(work, 'root')
  rmSync(root, { recursive: true, force: true })
  for (const folder of ['bin', 'm']) mkdirSync(join(root, folder), { recursive: true })
  copyFileSync(pathOf('busybox') ?? '', join(root, 'bin', 'busybox'))
  copyFileSync(join(guest, 'init'), join(root, 'init'))
  chmodSync(join(root, 'init'), 0o755)
  for (const module of modules) writeFileSync(join(root, 'm', `${nameOf(module)}.ko`), kernelModule(kernel, module))
  run('gcc', ['-O2', '-static', '-Wall', '-o', join(root, 'bin', 'swap-workload'), join(guest, 'swap-workload.c')])
  return root
}

/**
 * Packs it with what is to be done this time.
 *
 * @param configuration variables of the shell
 * @param lists files of lines, by name
 * @returns the file
 */
export function packRoot(
  root: string,
  work: string,
  configuration: Readonly<Record<string, string>>,
  lists: Readonly<Record<string, readonly string[]>> = {},
): string {
  const all = { ...configuration, MODULES: modules.map(nameOf).join(' ') }
  const variables = Object.entries(all).map(([name, value]) => `${name}='${value}'\n`)
  writeFileSync(join(root, 'conf'), variables.join(''))
  for (const [name, lines] of Object.entries(lists)) writeFileSync(join(root, name), lines.map((line) => `${line}\n`).join(''))
  const names = ['.', ...readdirSync(root, { recursive: true, encoding: 'utf8' })].join('\n')
  const archive = join(work, 'initramfs.gz')
  writeFileSync(archive, gzipSync(run('cpio', ['-o', '-H', 'newc'], { cwd: root, input: Buffer.from(names) }), { level: 1 }))
  return archive
}
