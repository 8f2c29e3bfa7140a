/** The programs that the recorder runs, and the Debian packages that they come from. */
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { RecordingFault } from './recording-fault.js'

/** By program, its package. */
const packages = {
  'qemu-system-x86_64': 'qemu-system-x86',
  busybox: 'busybox-static',
  cpio: 'cpio',
  gcc: 'gcc libc6-dev',
  objdump: 'binutils',
  xz: 'xz-utils',
  zstd: 'zstd',
  'dpkg-deb': 'dpkg',
} as const

/** Those that only few kernels need. */
const rare = { lz4: 'lz4' } as const

export type Tool = keyof typeof packages | keyof typeof rare

/** Where a program is. */
export function pathOf(tool: Tool): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.map((folder) => join(folder, tool)).find(isExecutable)
}

/** @throws RecordingFault that names each package that is missing */
export function requireTools(): void {
  const missing = (Object.keys(packages) as Tool[]).filter((tool) => pathOf(tool) === undefined)
  if (missing.length > 0) throw notInstalled(missing)
}

function notInstalled(tools: readonly Tool[]): RecordingFault {
  const wanted = tools.map((tool) => ({ ...packages, ...rare })[tool]).join(' ')
  return new RecordingFault(`not installed: ${tools.join(', ')}; on Debian: apt-get install --no-install-recommends ${wanted}`)
}

/** @throws RecordingFault where the program fails */
export function run(tool: Tool, args: readonly string[], options: { readonly input?: Buffer; readonly cwd?: string } = {}): Buffer {
  const { status, stdout, stderr, error } = spawnSync(tool, args, { ...options, maxBuffer: 2 ** 31 - 1 })
  if (status === 0) return stdout
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') throw notInstalled([tool])
  const reason = error?.message ?? stderr.toString('utf8').trim().split('\n').at(-1)
  throw new RecordingFault(`${tool} ${args.slice(0, 2).join(' ')} failed: ${reason}`)
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
