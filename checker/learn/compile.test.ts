import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { System } from '../machine/system.js'
import { touchedBit } from '../store/tree-shape.js'
import { type Decision, decide, decisionOf, stateOf } from '../testing/random-decisions.js'
import { compileDecisions } from './compile.js'
import { DecisionTrees } from './decision-trees.js'
import { Leaves, RUN_IT } from './leaves.js'

/** Leaf 2 has one successor, leaf 3 two, leaf 4 one that changes nothing; others two words each. */
function someLeaves(words: number, count: number): Leaves {
  const leaves = new Leaves()
  const last = words - 1
  leaves.of([{ step: 0, actor: 0, writes: [{ word: 0, keep: -2, bits: 1 }] }])
  leaves.of([
    { step: 1, actor: 0, writes: [{ word: last, keep: 0x7fffffff, bits: -(2 ** 31) }] },
    { step: 1, actor: 1, writes: [] },
  ])
  leaves.of([{ step: 2, actor: 0, writes: [{ word: last, keep: -1, bits: 0 }] }])
  while (leaves.size < count) {
    const bits = leaves.size << 8
    const writes = [0, last].map((word) => ({ word, keep: ~(0xff << 8), bits: bits & (0xff << 8) }))
    leaves.of([{ step: 3, actor: leaves.size, writes }])
  }
  return leaves
}

/** What decisions over trees do in a state, as text; and what they should do, by walking the trees. */
function subjectOf(trees: DecisionTrees, leaves: Leaves, words: number, watched: Int32Array) {
  const [current, w] = [new Int32Array(words), new Int32Array(words)]
  const touchedBits = Int32Array.from(current, (_, word) => touchedBit(word))
  const heard: string[] = []
  const taker = {
    take: (kind: number, touched: number, seen: number) => void heard.push(`${kind} ${touched} ${seen} to ${w.join()}`),
    failure() {},
  }
  const miss = (unit: number): void => void heard.push(`miss ${unit}`)
  const walk = (unit: number): void => void heard.push(`walk ${unit}`)
  const isTooLarge = (unit: number): boolean => unit === 2
  const decideAll = compileDecisions({
    trees,
    leaves,
    system: { current, w } as System,
    taker,
    watched,
    touchedBits,
    walk,
    isTooLarge,
    miss,
  })

  const walked = (state: Int32Array, isDeep: (unit: number) => boolean): string[] =>
    Array.from(trees.roots).flatMap((_, unit) => {
      const leaf = trees.leafOf(unit, state)
      if (isTooLarge(unit)) return [`walk ${unit}`]
      if (leaf < 0 || leaf === RUN_IT || isDeep(unit)) return [`miss ${unit}`]
      return leaves.outcomes(leaf).map(({ kind, writes }) => {
        const after = state.slice()
        for (const { word, keep, bits } of writes) after[word] = ((state[word] as number) & keep) | bits
        const changed = after.map((value, word) => value ^ (state[word] as number))
        const touched = changed.reduce((sum, bits, word) => (bits === 0 ? sum : sum | (touchedBits[word] as number)), 0)
        return `${kind} ${touched} ${changed.reduce((sum, bits, word) => sum | (bits & (watched[word] as number)), 0)} to ${after.join()}`
      })
    })

  /** Compares them; answers what was heard. */
  return (state: Int32Array, isDeep: (unit: number) => boolean = () => false): string[] => {
    heard.length = 0
    current.set(state)
    w.set(state)
    decideAll()
    expect(heard).toEqual(walked(state, isDeep))
    expect([...w]).toEqual([...state])
    return heard.slice()
  }
}

describe('compiled trees do what the walked ones say', () => {
  const WORDS = 3
  const LEAVES = 12

  test('of random units, in random states that they cover or not', () => {
    const met = { misses: 0, walks: 0, successors: 0, seen: 0, loops: 0 }
    const units = fc.array(decisionOf(WORDS, LEAVES), { minLength: 1, maxLength: 4 })
    const states = fc.array(stateOf(WORDS), { minLength: 60, maxLength: 60 })
    const property = fc.property(units, states, stateOf(WORDS), (decisions, list, watched) => {
      const trees = new DecisionTrees(decisions.length)
      const leaves = someLeaves(WORDS, LEAVES)
      for (const state of list.slice(0, 30)) learn(trees, decisions, state)
      const compare = subjectOf(trees, leaves, WORDS, watched)
      for (const did of list.flatMap((state) => compare(state))) {
        const [kind, touched, seen] = did.split(' ')
        if (kind === 'miss') met.misses++
        else if (kind === 'walk') met.walks++
        else {
          met.successors++
          if (touched === '0') met.loops++
          if (seen !== '0') met.seen++
        }
      }
    })
    fc.assert(property, { seed: 13, numRuns: 150, endOnFailure: true })
    for (const times of Object.values(met)) expect(times).toBeGreaterThan(500)
  })

  test('of units that are too long for one function', () => {
    const trees = new DecisionTrees(2)
    const leaves = someLeaves(WORDS, 300)
    const wide: Decision = { word: 0, shift: 0, width: 8, children: Array.from({ length: 256 }, (_, i) => i + 40) }
    const long: Decision = { word: 1, shift: 0, width: 3, children: [wide, 1, 0, wide, wide, 2, 3, wide] }
    const states = Array.from({ length: 2048 }, (_, i) => Int32Array.of(i >>> 3, i & 7, 0))
    for (const state of states) if (state[0] !== 77) learn(trees, [long, wide], state)
    const compare = subjectOf(trees, leaves, WORDS, Int32Array.of(-1, 0, 0))
    for (const state of states) compare(state)
  })
})

test('what is too deep is a miss', () => {
  const words = 19
  const [depth, deepest] = [600, 501]
  const trees = new DecisionTrees(2)
  const leaves = someLeaves(words, 10)
  /** Reads bit after bit until one is set; the leaf is that of its number. */
  let chain: Decision = 9
  for (let bit = depth - 1; bit >= 0; bit--) chain = { word: bit >>> 5, shift: bit & 31, width: 1, children: [chain, bit % 10] }
  const stateAt = (bit: number): Int32Array => {
    const state = new Int32Array(words)
    if (bit < depth) state[bit >>> 5] = 1 << (bit & 31)
    return state
  }
  for (let bit = 0; bit <= depth; bit++) learn(trees, [chain, 3], stateAt(bit))
  const compare = subjectOf(trees, leaves, words, new Int32Array(words))
  for (let bit = 0; bit <= depth; bit++) compare(stateAt(bit), (unit) => unit === 0 && bit >= deepest)
})

function learn(trees: DecisionTrees, decisions: readonly Decision[], state: Int32Array): void {
  for (const [unit, decision] of decisions.entries()) {
    if (trees.leafOf(unit, state) >= 0) continue
    const { reads, leaf } = decide(decision, state)
    trees.add(unit, reads, leaf)
  }
}
