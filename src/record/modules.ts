/** Modules that the machine must load, with those that they stand on. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { section } from './elf.js'
import type { KernelImage } from './kernel-image.js'
import { RecordingFault } from './recording-fault.js'
import { run } from './tools.js'

export interface Module {
  readonly name: string
  readonly bytes: Buffer
}

/**
 * @param wanted names, of which those that are built into the kernel are left out
 * @returns in the order in which they are to be loaded
 * @throws RecordingFault where the kernel has one of them in no way
 */
export function modulesOf(kernel: Pick<KernelImage, 'modules'>, wanted: readonly string[]): Module[] {
  const builtIn = builtInto(kernel)
  const files = filesIn(kernel)
  const loaded = new Map<string, Module>()
  const load = (name: string): void => {
    if (builtIn.has(name) || loaded.has(name)) return
    const file = files.get(name)
    if (file === undefined) throw new RecordingFault(`the kernel has no module ${name}, and it is not built in`)
    const bytes = unpacked(file)
    for (const needed of dependenciesOf(bytes)) load(needed)
    loaded.set(name, { name, bytes })
  }
  for (const name of wanted) load(name)
  return [...loaded.values()]
}

/** `virtio-pci.ko.xz` is virtio_pci. */
function nameOf(file: string): string {
  return basename(file)
    .replace(/\.ko(\..*)?$/, '')
    .replaceAll('-', '_')
}

/** What modules.builtin names, beside the folder of the modules. */
function builtInto({ modules }: Pick<KernelImage, 'modules'>): Set<string> {
  const list = join(modules, '..', 'modules.builtin')
  return new Set(existsSync(list) ? readFileSync(list, 'utf8').trim().split('\n').map(nameOf) : [])
}

function filesIn({ modules }: Pick<KernelImage, 'modules'>): Map<string, string> {
  const all = existsSync(modules) ? readdirSync(modules, { recursive: true, encoding: 'utf8' }) : []
  return new Map(all.filter((file) => /\.ko(\.(xz|zst))?$/.test(file)).map((file) => [nameOf(file), join(modules, file)]))
}

function unpacked(file: string): Buffer {
  const bytes = readFileSync(file)
  if (file.endsWith('.xz')) return run('xz', ['-dc'], { input: bytes })
  return file.endsWith('.zst') ? run('zstd', ['-dc'], { input: bytes }) : bytes
}

/** `depends=virtio,virtio_ring` of the module's information about itself. */
function dependenciesOf(module: Buffer): string[] {
  const words = section(module, '.modinfo').toString('latin1').split('\0')
  const depends = words.find((word) => word.startsWith('depends='))?.slice('depends='.length) ?? ''
  return depends === '' ? [] : depends.split(',').map((name) => name.replaceAll('-', '_'))
}
