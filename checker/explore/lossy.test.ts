import { describe, expect, test } from 'vitest'
import { scenarios } from '../../specs/index.js'
import type { Scenario } from '../machine/scenario.js'
import { System } from '../machine/system.js'
import { BitArray } from '../store/bit-array.js'
import { FingerprintTable } from '../store/fingerprint-table.js'
import { LossyStore } from '../store/lossy-store.js'
import type { Seen } from '../store/seen.js'
import { eachMachine } from '../testing/each-machine.js'
import { withoutTemporal } from '../testing/without-temporal.js'
import type { Claim } from '../trace/ending.js'
import { replay } from '../trace/replay.js'
import { explore } from './explore.js'
import type { ExploreOptions, Report, StoreKind } from './report.js'

const MOST_STATES = 500
/** They violate two properties at one depth: the one with the fewest switches is shown, and a lossy store knows one way to each state. */
const AMBIGUOUS = ['vswap/swapoff-writeback+broken', 'object-swap/version-asked-for+broken']
const small = eachMachine(withoutTemporal(scenarios)).filter((s) => s.expect.distinct <= MOST_STATES && !AMBIGUOUS.includes(s.id))
const reports = new Map<Scenario, Report>()
/** Bits enough for the small ones. */
const bitstate: ExploreOptions = { store: 'bitstate', maxBytes: 1 << 22 }

function scenarioOf(id: string): Scenario {
  const found = scenarios.find((s) => s.id === id)
  if (found === undefined) throw new Error(`there is no ${id}`)
  return found
}

/** What an exact search says, which is made once. */
function exactly(scenario: Scenario): Report {
  const report = reports.get(scenario) ?? explore(scenario)
  reports.set(scenario, report)
  return report
}

function figuresOf({ distinct, generated, depth, frontierMax, coverage }: Report) {
  return { distinct, generated, depth, frontierMax, coverage }
}

/** The verdict, and how long its counterexample is, which must be a behaviour of the spec that ends as the verdict says. */
function verdictOf({ scenario, verdict }: Report) {
  const trace = 'trace' in verdict ? verdict.trace : undefined
  const ending = { ...verdict, trace: trace?.steps.length }
  if (trace === undefined || verdict.kind === 'specError') return ending
  const claim: Claim = verdict.kind === 'violated' ? { kind: 'violated', property: verdict.property } : { kind: 'deadlock' }
  expect(replay(scenario, { trace, claim })).toMatchObject({ kind: 'replayed' })
  return ending
}

describe('a compact store', () => {
  test.each([...small, scenarioOf('classics/two-phase-commit-7')])('gives the figures and the verdict of an exact one: $id', (scenario) => {
    const [exact, compact] = [exactly(scenario), explore(scenario, { store: 'compact' })]
    expect(figuresOf(compact)).toEqual(figuresOf(exact))
    expect(verdictOf(compact)).toEqual(verdictOf(exact))
    expect([exact.store, compact.store]).toEqual(['memory', 'compact'])
  })

  test('says how probable it is that a state was missed', () => {
    const report = explore(scenarioOf('classics/two-phase-commit-7'), { store: 'compact' })
    expect(report.omission?.probability).toBeCloseTo((296_448 * 296_447) / 2 ** 65, 15)
    expect(explore(scenarioOf('classics/two-phase-commit-5')).omission).toBeUndefined()
  })
})

describe('a bitstate store', () => {
  test.each(small)('never says that it holds, and finds what is violated: $id', (scenario) => {
    const [exact, lossy] = [exactly(scenario), explore(scenario, bitstate)]
    const isOpen = exact.verdict.kind === 'holds' || exact.verdict.kind === 'vacuous'
    expect(figuresOf(lossy)).toEqual(figuresOf(exact))
    if (isOpen) expect(lossy.verdict).toMatchObject({ kind: 'incomplete', bound: 'bitstate' })
    else expect(verdictOf(lossy)).toEqual(verdictOf(exact))
  })

  test('that is small misses about as many states as it says', () => {
    const report = explore(scenarioOf('classics/two-phase-commit-7'), { store: 'bitstate', maxBytes: 1 << 21 })
    expect(report).toMatchObject({ verdict: { kind: 'incomplete', bound: 'bitstate', limit: report.bytes }, omission: { probability: 1 } })
    expect((296_448 - report.distinct) / (report.omission?.states ?? 0)).toBeGreaterThan(0.5)
    expect((296_448 - report.distinct) / (report.omission?.states ?? 0)).toBeLessThan(2)
  })
})

/** Beyond a budget: a chunk of what is written down of each state. */
const CHUNK = 1 << 16

test.each([
  ['compact', 768],
  ['compact', 1792],
  ['bitstate', 1024],
] as const)('the store %s keeps to a budget of %i KiB', (store, kib) => {
  const maxBytes = kib * 1024
  const report = explore(scenarioOf('classics/two-phase-commit-7'), { store, maxBytes })
  expect(report.verdict).toEqual({ kind: 'incomplete', bound: 'memory', limit: maxBytes })
  expect(report.bytes).toBeLessThanOrEqual(maxBytes + CHUNK)
  expect(report.depth).toBeGreaterThan(5)
  expect(report.distinct).toBe(report.depths.reduce((sum, states) => sum + states, 0))
})

/** The smallest scenario of each spec that violates each property. */
const violated = [
  ...new Map(
    small
      .filter((s) => s.expect.verdict === 'violated')
      .sort((a, b) => b.expect.distinct - a.expect.distinct)
      .map((s) => [`${s.spec.name} ${s.expect.property}`, s] as const),
  ).values(),
]

test.each(['symmetry', 'partial-order'] as const)('counterexamples are real under %s', (reduction) => {
  for (const scenario of violated) {
    const exact = explore(scenario, { reduction })
    expect(verdictOf(explore(scenario, { store: 'compact', reduction }))).toEqual(verdictOf(exact))
  }
})

test('a bitstate search under partial order has all its passes', () => {
  for (const scenario of small.filter((s) => s.id.startsWith('vswap/') && s.expect.verdict === 'holds').slice(0, 4)) {
    const reduction = 'partial-order'
    expect(figuresOf(explore(scenario, { ...bitstate, reduction }))).toEqual(figuresOf(explore(scenario, { reduction })))
  }
})

test('lossy stores are for one worker', () => {
  const [scenario] = small as [Scenario]
  const run = (store: StoreKind, count: number) => explore(scenario, { store, workers: { count, source: { module: '', argument: '' } } })
  for (const store of ['compact', 'bitstate'] as const) {
    const message = `the store '${store}' is for one worker, and was given 2; only 'memory' runs with several`
    expect(() => run(store, 2)).toThrow(message)
    expect(run(store, 1)).toMatchObject({ store })
  }
  expect(run('memory', 2)).toMatchObject({ store: 'memory' })
})

/** Searches with a lossy store of its own; answers what it found and what it says that it omitted. */
function searched(scenario: Scenario, seen: Seen, seed: number): { found: number; omitted: number } {
  const system = new System(scenario)
  const store = new LossyStore(system.w, system.current, seen, 1 << 30, seed)
  system.initial(() => store.insert())
  for (let [from, to] = store.takeRanges(); from !== undefined && to !== undefined; [from, to] = store.takeRanges()) {
    for (let id = from; id < to; id++) {
      store.open(id)
      system.expand({ successor: () => store.insert(), failure() {} })
    }
  }
  return { found: store.added, omitted: store.omission.states }
}

test.each<[string, () => Seen]>([
  ['fingerprints of 16 bits', () => new FingerprintTable(16)],
  ['fingerprints of 20 bits', () => new FingerprintTable(20)],
  ['an array of 65536 bits', () => new BitArray(1 << 13)],
  ['an array of 262144 bits', () => new BitArray(1 << 15)],
])('a search with %s misses as many states as it says, over several seeds of the hash', (_, seen) => {
  const scenario = scenarioOf('classics/two-phase-commit-5')
  let [missed, said] = [0, 0]
  for (let seed = 0; seed < 12; seed++) {
    const { found, omitted } = searched(scenario, seen(), seed)
    missed += scenario.expect.distinct - found
    said += omitted
  }
  expect(missed / said).toBeGreaterThan(0.8)
  expect(missed / said).toBeLessThan(1.25)
})
