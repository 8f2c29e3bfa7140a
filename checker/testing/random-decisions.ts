/** Random decision trees for fast-check: what a unit reads, bit run after bit run, and the leaf that it comes to. */
import fc from 'fast-check'
import type { Read } from '../learn/recording.js'

export type Decision =
  | number
  | { readonly word: number; readonly shift: number; readonly width: number; readonly children: readonly Decision[] }

/** @param leaves leaves are below it */
export function decisionOf(words: number, leaves: number): fc.Arbitrary<Decision> {
  const leaf = fc.nat(leaves - 1)
  const { decision } = fc.letrec<{ decision: Decision }>((tie) => ({
    decision: fc.oneof(
      { maxDepth: 5 },
      { weight: 1, arbitrary: leaf },
      {
        weight: 3,
        arbitrary: fc.record({
          word: fc.nat(words - 1),
          shift: fc.nat(24),
          width: fc.constantFrom(1, 1, 2, 3, 8, 8),
          children: fc.array(tie('decision'), { minLength: 2, maxLength: 4, size: 'max' }),
        }),
      },
    ),
  }))
  return decision
}

export const stateOf = (words: number): fc.Arbitrary<Int32Array> =>
  fc.array(fc.oneof(fc.integer(), fc.nat(7)), { minLength: words, maxLength: words }).map((list) => Int32Array.from(list))

/** What is read from a state on the way to the leaf, and the leaf. Values beyond the children's number go to them in turn. */
export function decide(decision: Decision, state: Int32Array): { readonly reads: readonly Read[]; readonly leaf: number } {
  const reads: Read[] = []
  let at = decision
  while (typeof at === 'object') {
    const { word, shift, width, children } = at
    const mask = 2 ** width - 1
    const value = ((state[word] ?? 0) >>> shift) & mask
    reads.push({ word, shift, mask, value })
    at = children[value % children.length] ?? 0
  }
  return { reads, leaf: at }
}
