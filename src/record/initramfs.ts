/** The file system that the machine starts from: busybox, modules, the workload, and what to do. */
import { chmodSync, copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Module } from './modules.js'
import { pathOf, run } from './tools.js'

/** Beside the sources: they are not compiled. */
const guest = fileURLToPath(new URL('../../../src/record/guest/', import.meta.url))

/**
 * Builds it once.
 *
 * @param modules in the order in which they are loaded
 * @param work a folder to build in
 * @returns the folder that holds its files
 */
export function buildRoot(modules: readonly Module[], work: string): string {
  const root = join(work, 'root')
  rmSync(root, { recursive: true, force: true })
  for (const folder of ['bin', 'm']) mkdirSync(join(root, folder), { recursive: true })
  copyFileSync(pathOf('busybox') ?? '', join(root, 'bin', 'busybox'))
  copyFileSync(join(guest, 'init'), join(root, 'init'))
  chmodSync(join(root, 'init'), 0o755)
  for (const { name, bytes } of modules) writeFileSync(join(root, 'm', `${name}.ko`), bytes)
  writeFileSync(join(root, 'modules'), modules.map(({ name }) => `${name}\n`).join(''))
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
  const variables = Object.entries(configuration).map(([name, value]) => `${name}='${value}'\n`)
  writeFileSync(join(root, 'conf'), variables.join(''))
  for (const [name, lines] of Object.entries(lists)) writeFileSync(join(root, name), lines.map((line) => `${line}\n`).join(''))
  const names = ['.', ...readdirSync(root, { recursive: true, encoding: 'utf8' })].join('\n')
  const archive = join(work, 'initramfs.gz')
  writeFileSync(archive, gzipSync(run('cpio', ['-o', '-H', 'newc'], { cwd: root, input: Buffer.from(names) }), { level: 1 }))
  return archive
}
