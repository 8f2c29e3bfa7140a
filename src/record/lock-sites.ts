/** Where a function drops a spinlock, and what it knows there. */
import type { Instruction } from './disassembly.js'
import type { Symbols } from './symbols.js'

export interface UnlockSite {
  /** Of the call of _raw_spin_unlock(), and of the instruction behind it. */
  readonly offset: number
  readonly next: number
  /** Bytes on the stack between the call's own return address and that of the function. */
  readonly frame: number
  /** The register, as a kprobe calls it, that keeps what the call before returned. */
  readonly result: string | undefined
  /** The number that the function returns then. */
  readonly returned: 0 | 1 | undefined
}

/** Registers that a function keeps for its caller, so that a call does not change them. */
const kept = /^%(rbx|rbp|r1[2-5])$/

export function unlockSites(instructions: readonly Instruction[], symbols: Symbols): UnlockSite[] {
  return callsOf('_raw_spin_unlock', instructions, symbols).flatMap((offset) => {
    const at = instructions.findIndex((i) => i.offset === offset)
    const next = instructions[at + 1]
    if (next === undefined) return []
    return [{ offset, next: next.offset, frame: frameOf(instructions), result: resultBefore(instructions, at), returned: returnedBy(next) }]
  })
}

/** Where a function calls another, or jumps to it. */
export function callsOf(callee: string, instructions: readonly Instruction[], symbols: Symbols): number[] {
  const isTo = ({ operands }: Instruction): boolean => symbols.nameAt(/^(?:0x)?([0-9a-f]{16})\b/.exec(operands)?.[1] ?? '') === callee
  return instructions.filter((i) => (i.mnemonic === 'call' || i.mnemonic === 'jmp') && isTo(i)).map(({ offset }) => offset)
}

/** The register, as a kprobe calls it, that an argument is kept in from the beginning of the function on; undefined where it changes later. */
export function savedArgument(instructions: readonly Instruction[], argument: 'rdi' | 'rsi'): string | undefined {
  const at = instructions.findIndex(({ mnemonic, operands }) => mnemonic === 'mov' && operands.startsWith(`%${argument},`))
  const first = instructions.findIndex(({ mnemonic, operands }) => mnemonic !== 'call' && operands.endsWith(`,%${argument}`))
  const register = instructions[at]?.operands.split(',')[1] ?? ''
  if (!kept.test(register) || (first >= 0 && first < at)) return undefined
  const isChanged = instructions
    .slice(at + 1)
    .some(({ mnemonic, operands }) => mnemonic !== 'pop' && !/^(cmp|test)/.test(mnemonic) && operands.endsWith(`,${register}`))
  return isChanged ? undefined : kprobeName(register)
}

/** @returns an address as /proc/kallsyms prints it */
export function addressOf(symbols: Symbols, name: string, offset: number): string {
  return (BigInt(`0x${symbols.extentOf(name).from}`) + BigInt(offset)).toString(16)
}

function frameOf(instructions: readonly Instruction[]): number {
  const pushed = instructions.filter(({ mnemonic }) => mnemonic === 'push').length
  const reserved = instructions.map(({ mnemonic, operands }) =>
    mnemonic === 'sub' ? /^\$0x([0-9a-f]+),%rsp$/.exec(operands)?.[1] : undefined,
  )
  return 8 * pushed + reserved.reduce((sum, bytes) => sum + Number.parseInt(bytes ?? '0', 16), 0)
}

function resultBefore(instructions: readonly Instruction[], at: number): string | undefined {
  for (let i = at - 1; i >= 0 && instructions[i]?.mnemonic !== 'call'; i--) {
    const register = /^%rax,(%\w+)$/.exec(instructions[i]?.operands ?? '')?.[1]
    if (instructions[i]?.mnemonic === 'mov' && register !== undefined && kept.test(register)) return kprobeName(register)
  }
  return undefined
}

function returnedBy({ mnemonic, operands }: Instruction): 0 | 1 | undefined {
  if (mnemonic === 'xor' && operands === '%eax,%eax') return 0
  return mnemonic === 'mov' && operands === '$0x1,%eax' ? 1 : undefined
}

/** `%rbx` is `bx`, `%r12` is `r12`. */
function kprobeName(register: string): string {
  return register.replace(/^%(r(?=[a-z]))?/, '')
}
