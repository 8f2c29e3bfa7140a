import { describe, expect, test } from 'vitest'
import { choose } from '../machine/choice.js'
import { language } from '../machine/language.js'
import { scenario } from '../machine/scenario.js'
import { domain, ordinal } from '../schema/domain.js'
import { array, int, schema } from '../schema/field.js'
import { explore } from './explore.js'

const Wheel = domain('wheel', 4)
const { action, spec } = language(schema({ wheels: array(Wheel, int(0, 9)) }))
const turn = action('turn', {
  params: { wheel: Wheel },
  guard: (s, { wheel }) => s.wheels[wheel] < 9,
  effect(s, { wheel }) {
    s.wheels[wheel] += 1
  },
})
const expected = { verdict: 'holds', distinct: 10_000, generated: 36_001, depth: 37 } as const
const parts = { name: 'counter', title: '', actions: [turn], properties: [], final: () => true }
const counter = scenario(spec(parts), { name: 'x', title: '', expect: expected })
/** Any setting is a first one. */
const anywhere = spec({
  ...parts,
  init(s) {
    for (const id of s.wheels.ids) s.wheels[id] = choose(10)
  },
})
const started = scenario(anywhere, { name: 'y', title: '', expect: expected })

test('states at each depth', () => {
  const { verdict, depths, distinct, generated } = explore(counter)
  expect({ verdict, distinct, generated }).toEqual({ verdict: { kind: 'holds' }, distinct: 10_000, generated: 36_001 })
  expect(depths).toHaveLength(37)
  expect(depths.slice(0, 5)).toEqual([1, 4, 10, 20, 35])
})

test('a search that is stopped reports whole depths', () => {
  const report = explore(counter, { maxStates: 100 })
  expect(report).toMatchObject({
    depths: [1, 4, 10, 20, 35],
    depth: 5,
    distinct: 70,
    seen: { distinct: 126 },
    generated: 1 + 4 * (1 + 4 + 10 + 20),
    coverage: { turn: 4 * (1 + 4 + 10 + 20) },
    frontierMax: 35,
  })
})

/** The successors of a block of states are added before the budget is looked at again. */
const OF_A_BLOCK = 4 * 128 * 8

test.each([60_000, 100_000, 150_000])('the store does not outgrow %i bytes', (maxBytes) => {
  const whole = explore(counter)
  const report = explore(counter, { maxBytes })
  expect(report.verdict).toEqual({ kind: 'incomplete', bound: 'memory', limit: maxBytes })
  expect(report.bytes).toBeLessThanOrEqual(maxBytes + OF_A_BLOCK)
  expect(report.bytes).toBeGreaterThan(maxBytes / 2)
  expect(report.depths).toEqual(whole.depths.slice(0, report.depth))
})

test('a store that is allowed what it takes is not stopped', () => {
  const { bytes } = explore(counter)
  expect(explore(counter, { maxBytes: bytes }).verdict).toEqual({ kind: 'holds' })
  expect(explore(counter, { maxBytes: bytes - 1 }).verdict).toMatchObject({ bound: 'memory' })
})

test('a search may start in more states than its first table holds', () => {
  expect(explore(started)).toMatchObject({ verdict: { kind: 'holds' }, distinct: 10_000, generated: 46_000, depth: 1, depths: [10_000] })
})

test('a search that cannot store its first states has no whole depth', () => {
  expect(explore(started, { maxBytes: 60_000 })).toMatchObject({ verdict: { bound: 'memory' }, depths: [], depth: 0, distinct: 0 })
})

describe('a state with more successors than there are places left', () => {
  const Still = domain('still', 20)
  const { action: act, spec: of } = language(schema({ a: int(0, 999), b: int(0, 99), still: array(Still, int(0, 2 ** 30)) }))
  const wide = (hundreds: number) => {
    const spin = act('spin', {
      guard: (s) => s.b === 0,
      effect(s) {
        s.a = choose(hundreds)
        s.b = 1 + choose(99)
      },
    })
    const spinning = of({
      ...parts,
      actions: [spin],
      init(s) {
        for (const id of s.still.ids) s.still[id] = 2 ** 29 + ordinal(id)
      },
      final: (s) => s.still.ids.every((id) => s.still[id] === 2 ** 29 + ordinal(id)),
    })
    return scenario(spinning, { name: 'z', title: '', expect: expected })
  }

  test.each([10, 60, 600])('%i times 99 of them', (hundreds) => {
    const distinct = 99 * hundreds + 1
    expect(explore(wide(hundreds))).toMatchObject({ verdict: { kind: 'holds' }, distinct, generated: distinct, depth: 2 })
  })

  test('the budget is kept', () => {
    expect(explore(wide(1000), { maxBytes: 60_000 })).toMatchObject({ verdict: { bound: 'memory' }, depths: [1] })
  })
})
