/**
 * Finds where a kernel stores to swap_map: in mm/swapfile.c, each instruction that stores a byte, and each call of memset(), which the recording
 * then tells apart by the address that is stored to. All of them are inside the cluster's or the device's lock, so that the order in which they are
 * recorded is the one in which they took effect.
 */
import type { Instruction } from './disassembly.js'

export interface StoreSite {
  readonly function: string
  readonly offset: number
  /** The register that holds the address. */
  readonly base: string
  /** What it stores: a register, or a number. */
  readonly value: string | number
  /** Of memset(): the register with the number of bytes. */
  readonly length?: string
}

/** Byte registers as objdump calls them, by what a kprobe calls them: `cl` is `cx`, `r9b` is `r9`. */
const byteRegisters = new Map<string, string>([
  ...['a', 'b', 'c', 'd'].map((r) => [`${r}l`, `${r}x`] as const),
  ...['si', 'di', 'bp', 'sp'].map((r) => [`${r}l`, r] as const),
  ...Array.from({ length: 8 }, (_, i) => [`r${i + 8}b`, `r${i + 8}`] as const),
])

/** `rax` is `ax` to a kprobe, `r9` is `r9`. */
function wordRegister(name: string): string {
  return /^r[0-9]+$/.test(name) ? name : name.slice(1)
}

/**
 * The stores of one function through an address in a register: with a displacement, or relative to %rip, one stores to a member of a struct, or to a
 * variable of the kernel's own. Should a compiler address swap_map in another way, then the recording misses stores, and is refused (continuity.ts).
 */
export function storeSites(name: string, instructions: readonly Instruction[], isMemset: (target: string) => boolean): StoreSite[] {
  return instructions.flatMap((instruction) => byteStore(name, instruction) ?? memset(name, instruction, isMemset) ?? [])
}

function byteStore(name: string, { offset, mnemonic, operands }: Instruction): StoreSite | undefined {
  if (mnemonic !== 'mov' && mnemonic !== 'movb') return undefined
  const match = /^(?:%(\w+)|\$0x([0-9a-f]+)),\(%(\w+)\)$/.exec(operands)
  if (match === null) return undefined
  const [, register = '', immediate, base = ''] = match
  const value = immediate === undefined ? byteRegisters.get(register) : mnemonic === 'movb' ? Number.parseInt(immediate, 16) : undefined
  return value === undefined || base === 'rsp' ? undefined : { function: name, offset, base: wordRegister(base), value }
}

function memset(name: string, { offset, mnemonic, operands }: Instruction, isMemset: (target: string) => boolean): StoreSite | undefined {
  const target = /^(?:0x)?([0-9a-f]{16})\b/.exec(operands)?.[1]
  if (mnemonic !== 'call' || target === undefined || !isMemset(target)) return undefined
  return { function: name, offset, base: 'di', value: 'si', length: 'dx' }
}
