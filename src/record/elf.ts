/** Sections of a 64-bit little-endian ELF file. */
import { RecordingFault } from './recording-fault.js'

/** @throws RecordingFault where the file is no such ELF, or has no such section */
export function section(elf: Buffer, name: string): Buffer {
  if (elf.readUInt32BE(0) !== 0x7f454c46 || elf[4] !== 2) throw new RecordingFault('the kernel image holds no 64-bit ELF file')
  const [headers, size, count, names] = [
    Number(elf.readBigUInt64LE(0x28)),
    elf.readUInt16LE(0x3a),
    elf.readUInt16LE(0x3c),
    elf.readUInt16LE(0x3e),
  ]
  const offset = (i: number): number => Number(elf.readBigUInt64LE(headers + size * i + 0x18))
  for (let i = 0; i < count; i++) {
    const at = offset(names) + elf.readUInt32LE(headers + size * i)
    if (elf.toString('latin1', at, elf.indexOf(0, at)) !== name) continue
    return elf.subarray(offset(i), offset(i) + Number(elf.readBigUInt64LE(headers + size * i + 0x20)))
  }
  throw new RecordingFault(`the kernel image has no section ${name}`)
}
