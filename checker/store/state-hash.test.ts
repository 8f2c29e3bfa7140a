import { expect, test } from 'vitest'
import { StateHash } from './state-hash.js'

/** The text as words, the last of them filled up with zeros. */
function wordsOf(text: string): Int32Array {
  const bytes = new Uint8Array(4 * Math.ceil(text.length / 4))
  bytes.set(new TextEncoder().encode(text))
  return new Int32Array(bytes.buffer)
}

test('is that of lookup3.c, on its own example', () => {
  // Its 30 bytes are padded to 32 here, and the length goes into the seed.
  const hash = new StateHash(-2)
  hash.of(wordsOf('Four score and seven years ago'))
  expect([hash.first >>> 0, hash.second >>> 0]).toEqual([0x17770551, 0xce7226e6])
})

/** How many pairs of states have the same 32 bits of the hash. */
function collisions(states: readonly Int32Array[], bits: (hash: StateHash) => number): number {
  const hash = new StateHash(0)
  const seen = new Set<number>()
  for (const state of states) {
    hash.of(state)
    seen.add(bits(hash))
  }
  return states.length - seen.size
}

/** All states of so many words that have nothing but these bits set, or some of them: each given by its word and its place there. */
function grid(words: number, places: readonly (readonly [number, number])[]): Int32Array[] {
  return Array.from({ length: 1 << places.length }, (_, i) => {
    const state = new Int32Array(words)
    for (const [n, [word, bit]] of places.entries()) if ((i >> n) & 1) state[word] = (state[word] as number) | (1 << bit)
    return state
  })
}

const range = (n: number) => Array.from({ length: n }, (_, i) => i)
const subsets: [string, (hash: StateHash) => number][] = [
  ['the first word', (h) => h.first],
  ['the second word', (h) => h.second],
  ['the third word', (h) => h.third],
  ['the upper halves', (h) => (h.first & 0xffff0000) | (h.second >>> 16)],
  ['the lower halves', (h) => (h.first << 16) | (h.second & 0xffff)],
]
const grids: [string, Int32Array[]][] = [
  [
    'the low bits of one word',
    grid(
      1,
      range(18).map((bit) => [0, bit]),
    ),
  ],
  [
    'the low and the high bits of two words',
    grid(
      2,
      range(9).flatMap((i) => [
        [0, i],
        [1, 31 - i],
      ]),
    ),
  ],
  [
    'the highest bits of many words',
    grid(
      18,
      range(18).map((word) => [word, 31]),
    ),
  ],
  [
    'the lowest bits of many words',
    grid(
      18,
      range(18).map((word) => [word, 0]),
    ),
  ],
  [
    'single bits of five words',
    grid(
      5,
      range(18).map((i) => [i % 5, (i * 7) % 32]),
    ),
  ],
]

test.each(subsets.flatMap(([name, bits]) => grids.map(([of, states]) => [name, of, bits, states] as const)))(
  '%s tells states apart that differ in %s, as well as chance',
  (_, __, bits, states) => {
    const expected = states.length ** 2 / 2 ** 33
    expect(collisions(states, bits)).toBeLessThan(expected + 6 * Math.sqrt(expected))
  },
)
