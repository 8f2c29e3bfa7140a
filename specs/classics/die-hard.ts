/**
 * The water jugs of the film Die Hard 3 (Lamport's DieHard.tla, in the TLA+ examples): measure 4 gallons with a jug of 5 and a jug of 3.
 *
 * Nothing is left out. "The big jug never holds 4 gallons" is meant to be false: its shortest counterexample is the solution. TLC stops at
 * once there; our search finishes the depth that it is at, so the counts of the first scenario are those of a few states more.
 */
import { int, language, scenario, schema } from '../../checker/index.js'

const BIG = 5
const SMALL = 3

const state = schema({
  /** Gallons of water in each jug. */
  big: int(0, BIG),
  small: int(0, SMALL),
})
const { action, invariant, mustFail, spec } = language(state)

const FillSmallJug = action('FillSmallJug', {
  guard: () => true,
  effect(s) {
    s.small = SMALL
  },
})

const FillBigJug = action('FillBigJug', {
  guard: () => true,
  effect(s) {
    s.big = BIG
  },
})

const EmptySmallJug = action('EmptySmallJug', {
  guard: () => true,
  effect(s) {
    s.small = 0
  },
})

const EmptyBigJug = action('EmptyBigJug', {
  guard: () => true,
  effect(s) {
    s.big = 0
  },
})

const SmallToBig = action('SmallToBig', {
  guard: () => true,
  effect(s) {
    const poured = Math.min(s.small, BIG - s.big)
    s.small -= poured
    s.big += poured
  },
})

const BigToSmall = action('BigToSmall', {
  guard: () => true,
  effect(s) {
    const poured = Math.min(s.big, SMALL - s.small)
    s.big -= poured
    s.small += poured
  },
})

const sentence = 'The big jug does not hold 4 gallons.'

const NotSolved = invariant('NotSolved', sentence, (s) => s.big !== 4)
const NotSolvedMustFail = mustFail('NotSolved', sentence, (s) => s.big !== 4)

export const dieHard = spec({
  name: 'classics',
  title: 'Two jugs without marks, a tap and a drain',
  actions: [FillSmallJug, FillBigJug, EmptySmallJug, EmptyBigJug, SmallToBig, BigToSmall],
  properties: [],
})

export const scenarios = [
  scenario(dieHard, {
    name: 'die-hard-5-3',
    title: 'The counterexample measures 4 gallons with jugs of 5 and 3',
    properties: [NotSolved],
    expect: { verdict: 'violated', property: 'NotSolved', distinct: 14, generated: 73, depth: 7 },
  }),
  scenario(dieHard, {
    name: 'die-hard-5-3-all-states',
    title: 'Everything that can be done with jugs of 5 and 3',
    properties: [NotSolvedMustFail],
    expect: { verdict: 'holds', distinct: 16, generated: 97, depth: 8 },
  }),
]
