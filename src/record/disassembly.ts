/** Instructions of a function, as objdump prints them. */

import type { Symbols } from './symbols.js'
import { run } from './tools.js'

export interface Instruction {
  /** From the beginning of the function, in bytes. */
  readonly offset: number
  /** `mov`, `movb`, `call`. */
  readonly mnemonic: string
  /** In the order of AT&T: `%cl,(%rax)`. */
  readonly operands: string
}

export function disassemble(vmlinux: string, symbols: Symbols, name: string): Instruction[] {
  const { from, to } = symbols.extentOf(name)
  const text = run('objdump', ['-d', '--no-show-raw-insn', `--start-address=0x${from}`, `--stop-address=0x${to}`, vmlinux]).toString(
    'latin1',
  )
  return instructionsOf(text, BigInt(`0x${from}`))
}

/** @param text what `objdump -d --no-show-raw-insn` prints */
export function instructionsOf(text: string, start: bigint): Instruction[] {
  return [...text.matchAll(/^\s*([0-9a-f]{8,16}):\s+(?:lock |rep |notrack )?(\S+)[ \t]*(.*?)\s*$/gm)].map(
    ([, address, mnemonic = '', operands = '']) => ({
      offset: Number(BigInt(`0x${address}`) - start),
      mnemonic,
      operands,
    }),
  )
}
