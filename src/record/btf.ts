/** Where the members of the kernel's structs are: BTF, the kernel's own description of its types (Documentation/bpf/btf.rst). */
import { RecordingFault } from './recording-fault.js'

const MAGIC = 0xeb9f
const [KIND_INT, KIND_ARRAY, KIND_STRUCT, KIND_UNION, KIND_ENUM, KIND_FUNC_PROTO, KIND_VAR, KIND_DATASEC] = [1, 3, 4, 5, 6, 13, 14, 15]
const [KIND_DECL_TAG, KIND_ENUM64] = [17, 19]

/** Bytes behind the twelve that each type begins with. */
function bytesBehind(kind: number, vlen: number): number {
  if (kind === KIND_INT || kind === KIND_VAR || kind === KIND_DECL_TAG) return 4
  if (kind === KIND_ARRAY) return 12
  if (kind === KIND_STRUCT || kind === KIND_UNION || kind === KIND_DATASEC || kind === KIND_ENUM64) return 12 * vlen
  return kind === KIND_ENUM || kind === KIND_FUNC_PROTO ? 8 * vlen : 0
}

export class Btf {
  readonly #bytes: Buffer
  readonly #strings: number
  /** Where each type begins; type 0 is void. */
  readonly #at: number[] = [0]

  /** @throws RecordingFault where it is no BTF */
  constructor(bytes: Buffer) {
    this.#bytes = bytes
    if (bytes.readUInt16LE(0) !== MAGIC)
      throw new RecordingFault('the kernel image has no BTF that this understands; one with CONFIG_DEBUG_INFO_BTF is needed')
    const header = bytes.readUInt32LE(4)
    const types = header + bytes.readUInt32LE(8)
    const end = types + bytes.readUInt32LE(12)
    this.#strings = header + bytes.readUInt32LE(16)
    for (let at = types; at < end; ) {
      this.#at.push(at)
      at += 12 + bytesBehind(this.#kind(at), this.#vlen(at))
    }
  }

  /**
   * The offset of a member in bytes, those of anonymous structs and unions included.
   *
   * @throws RecordingFault where there is no such struct, or no such member
   */
  offsetOf(struct: string, member: string): number {
    for (let i = 1; i < this.#at.length; i++) {
      const at = this.#at[i] as number
      if (this.#kind(at) !== KIND_STRUCT || this.#name(at) !== struct) continue
      const bits = this.#find(at, member)
      if (bits !== undefined) return bits / 8
    }
    throw new RecordingFault(`this kernel has no ${struct}.${member}; it is of another version than the recorder knows`)
  }

  #find(at: number, member: string): number | undefined {
    const isBitfield = this.#bytes.readUInt32LE(at + 4) >>> 31 === 1
    for (let i = 0; i < this.#vlen(at); i++) {
      const entry = at + 12 + 12 * i
      const name = this.#name(entry)
      const offset = this.#bytes.readUInt32LE(entry + 8) & (isBitfield ? 0xffffff : -1)
      if (name === member) return offset
      const inner = this.#at[this.#bytes.readUInt32LE(entry + 4)] ?? 0
      if (name !== '' || inner === 0 || ![KIND_STRUCT, KIND_UNION].includes(this.#kind(inner))) continue
      const found = this.#find(inner, member)
      if (found !== undefined) return offset + found
    }
    return undefined
  }

  #kind(at: number): number {
    return (this.#bytes.readUInt32LE(at + 4) >>> 24) & 31
  }

  #vlen(at: number): number {
    return this.#bytes.readUInt32LE(at + 4) & 0xffff
  }

  #name(at: number): string {
    const from = this.#strings + this.#bytes.readUInt32LE(at)
    return this.#bytes.toString('latin1', from, this.#bytes.indexOf(0, from))
  }
}
