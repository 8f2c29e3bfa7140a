/** A kernel as Debian packs it: its image, the vmlinux in it, and modules. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { RecordingFault } from './recording-fault.js'
import { run } from './tools.js'

export interface KernelImage {
  /** The package's file name, or that of the folder. */
  readonly source: string
  readonly vmlinuz: string
  /** The ELF file that was packed into the image, without symbols. */
  readonly vmlinux: string
  /** The folder `lib/modules/…/kernel`. */
  readonly modules: string
}

/**
 * @param source a package `linux-image-….deb`, or a folder into which one was unpacked
 * @param work where to unpack to
 * @throws RecordingFault where there is no kernel in it
 */
export function openKernel(source: string, work: string): KernelImage {
  const found = statSync(source, { throwIfNoEntry: false })
  if (found === undefined) {
    throw new RecordingFault(
      `there is no ${source}; on Debian: apt-get download linux-image-6.12.117+deb12-amd64 (the cloud flavour has no zswap)`,
    )
  }
  const root = found.isDirectory() ? source : unpack(source, join(work, basename(source, '.deb')))
  const boot = join(root, 'boot')
  const image = existsSync(boot) ? readdirSync(boot).find((name) => name.startsWith('vmlinuz')) : undefined
  if (image === undefined)
    throw new RecordingFault(`${source} has no boot/vmlinuz-…; give a package linux-image-….deb, or a folder that holds one`)
  const vmlinuz = join(boot, image)
  const vmlinux = join(work, image.replace('vmlinuz', 'vmlinux'))
  writeFileSync(vmlinux, payload(readFileSync(vmlinuz)))
  return { source: basename(source), vmlinuz, vmlinux, modules: join(root, 'lib', 'modules', image.slice('vmlinuz-'.length), 'kernel') }
}

function unpack(file: string, into: string): string {
  mkdirSync(into, { recursive: true })
  run('dpkg-deb', ['-x', file, into])
  return into
}

/** What the boot loader's header says is packed in the image (Documentation/arch/x86/boot.rst). */
export function payload(bzImage: Buffer): Buffer {
  if (bzImage.toString('latin1', 0x202, 0x206) !== 'HdrS') throw new RecordingFault('the kernel image is none for x86')
  const protectedMode = ((bzImage[0x1f1] || 4) + 1) * 512
  const from = protectedMode + bzImage.readUInt32LE(0x248)
  // The last four bytes say how large it is when it is unpacked.
  const packed = bzImage.subarray(from, from + bzImage.readUInt32LE(0x24c) - 4)
  const magic = packed.readUInt32BE(0)
  if (magic === 0x28b52ffd) return run('zstd', ['-dc'], { input: packed })
  if (magic === 0xfd377a58) return run('xz', ['-dc'], { input: packed })
  if (magic >>> 16 === 0x1f8b) return gunzipSync(packed)
  if (magic === 0x02214c18) return run('lz4', ['-dc'], { input: packed })
  throw new RecordingFault('the kernel image is packed in a way that the recorder does not know (zstd, xz, gzip and lz4 it does)')
}
