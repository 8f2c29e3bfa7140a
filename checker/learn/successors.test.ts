import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scenarios } from '../../specs/index.js'
import { assert } from '../machine/assertion.js'
import { choose } from '../machine/choice.js'
import { language } from '../machine/language.js'
import { type Scenario, scenario } from '../machine/scenario.js'
import { type Sink, System } from '../machine/system.js'
import { domain, ordinal } from '../schema/domain.js'
import { array, bool, int, schema } from '../schema/field.js'
import { touchedBit } from '../store/tree-shape.js'
import { mixedMachine, scenarioOf } from '../testing/random-machine.js'
import { Successors } from './successors.js'

/** Trees are compiled after so many expansions. */
const COMPILED = 2048

/** Expands states of a scenario in both ways: as it was learned, and by running the steps. Each successor is told as text. */
class Twins {
  readonly learning: System
  readonly successors: Successors
  readonly watched: Int32Array
  /** Successors that were met. */
  readonly found: Int32Array[] = []
  #told: string[] = []
  readonly #running: System

  constructor(subject: Scenario, watches: (word: number) => number = () => 0) {
    this.#running = new System(subject)
    const system = new System(subject)
    this.learning = system
    this.watched = Int32Array.from(system.w, (_, word) => watches(word))
    const failure: Sink['failure'] = (error, step, actor) => void this.#told.push(`${step}/${actor} ${(error as Error).message}`)
    const take = (kind: number, touched: number, seen: number): void => {
      const { steps, actors } = this.successors.leaves
      this.#told.push(`${steps[kind]}/${actors[kind]} ${touched} ${seen} to ${system.w.join()}`)
    }
    this.successors = new Successors(system, { take, failure }, this.watched)
  }

  initial(): Int32Array[] {
    const states: Int32Array[] = []
    this.#running.initial(() => states.push(this.#running.w.slice()))
    return states
  }

  /** What the steps do in a state, run. */
  run(state: Int32Array): string[] {
    const { current, w } = this.#running
    const told: string[] = []
    this.found.length = 0
    current.set(state)
    this.#running.expand({
      successor: (step, actor) => {
        const changed = w.map((value, word) => value ^ (state[word] as number))
        const touched = changed.reduce((sum, bits, word) => (bits === 0 ? sum : sum | touchedBit(word)), 0)
        const seen = changed.reduce((sum, bits, word) => sum | (bits & (this.watched[word] as number)), 0)
        told.push(`${step}/${actor} ${touched} ${seen} to ${w.join()}`)
        this.found.push(w.slice())
      },
      failure: (error, step, actor) => void told.push(`${step}/${actor} ${(error as Error).message}`),
    })
    return told
  }

  /** What they do as it was learned. */
  learned(state: Int32Array): string[] {
    const { learning } = this
    this.#told = []
    learning.activate()
    learning.current.set(state)
    learning.w.set(state)
    this.successors.expand()
    expect([...learning.current]).toEqual([...state])
    return this.#told
  }

  compare(state: Int32Array): void {
    const expected = this.run(state)
    expect(this.learned(state)).toEqual(expected)
  }
}

/** Compares all states that are found, breadth first, up to so many. */
function compareReachable(twins: Twins, most: number): Int32Array[] {
  const states: Int32Array[] = []
  const known = new Set<string>()
  const add = (state: Int32Array): void => {
    if (known.has(state.join()) || states.length === most) return
    known.add(state.join())
    states.push(state)
  }
  for (const state of twins.initial()) add(state)
  for (const state of states) {
    twins.compare(state)
    for (const next of twins.found) add(next)
  }
  return states
}

describe('what was learned is what the steps do', () => {
  const named = ['classics/ewd840-4', 'classics/two-phase-commit-3', 'vswap/swapin-vs-reclaim', 'vswap/prepare-twice+broken']
  test.each(named)('in %s, before and after the trees are compiled', (id) => {
    const subject = scenarios.find((s) => s.id === id) as Scenario
    const twins = new Twins(subject, (word) => 0x0f0f0f0f << (word & 3))
    const states = compareReachable(twins, 1200)
    for (let done = states.length; done < COMPILED + 200; done += states.length) for (const state of states) twins.compare(state)
    expect(twins.successors.learned).toBeLessThan(states.length)
  })

  test('in random machines', () => {
    const property = fc.property(mixedMachine, (plan) => {
      const twins = new Twins(scenarioOf(plan), () => 0x55555555)
      const states = compareReachable(twins, 60)
      for (let i = 0; i < COMPILED; i++) twins.learned(states[0] as Int32Array)
      for (const state of states) twins.compare(state)
    })
    fc.assert(property, { seed: 14, numRuns: 25, endOnFailure: true })
  })
})

const Flag = domain('flag', 600)
const Wheel = domain('wheel', 4)
const counts = { verdict: 'holds', distinct: 0, generated: 0, depth: 0 } as const

function wheels(turn: (s: { readonly wheels: number[] }, wheel: number) => void): Scenario {
  const { action, spec } = language(schema({ wheels: array(Wheel, int(0, 255)) }))
  const turns = action('turn', {
    params: { wheel: Wheel },
    guard: (s, { wheel }) => s.wheels[wheel] % 2 === 0,
    effect: (s, { wheel }) => turn(s as never, ordinal(wheel)),
  })
  const subject = spec({ name: 's', title: '', properties: [], actions: [turns] })
  return scenario(subject, { name: 'x', title: '', expect: counts }) as unknown as Scenario
}

test('a unit that is deeper than what is compiled does the same, as do the others', () => {
  const { action, spec } = language(schema({ flags: array(Flag, bool), last: int(0, 3) }))
  const first = action('first', {
    guard: () => true,
    effect(s) {
      const set = s.flags.ids.find((id) => s.flags[id])
      s.last = set === undefined ? 3 : ordinal(set) % 3
    },
  })
  const subject = spec({ name: 's', title: '', properties: [], actions: [first] })
  const twins = new Twins(scenario(subject, { name: 'x', title: '', expect: counts }) as unknown as Scenario)
  const states = [0, 1, 250, 499, 500, 501, 502, 598, 599, 600].map((bit) => {
    const state = new Int32Array(twins.learning.words)
    if (bit < 600) state[bit >>> 5] = 1 << (bit & 31)
    return state
  })
  for (let i = 0; i < COMPILED + 100; i++) twins.learned(states[i % states.length] as Int32Array)
  for (const state of states) twins.compare(state)
  expect(twins.successors.learned).toBe(states.length)
})

test('a step that throws is run every time, with the same error, and is learned once', () => {
  const runs: number[] = []
  const subject = wheels((s, wheel) => {
    runs.push(wheel)
    const to = choose(3)
    assert(s.wheels[wheel] !== 4 || to < 2, `wheel ${wheel} stands at 4`)
    s.wheels[wheel] = to
  })
  const twins = new Twins(subject, () => 4 << 16)
  const state = Int32Array.of(0x02_04_01_00)
  const expected = twins.run(state)
  expect(expected.filter((told) => told.startsWith('0/2'))).toEqual([
    `0/2 1 ${4 << 16} to ${0x02_00_01_00}`,
    `0/2 1 ${4 << 16} to ${0x02_01_01_00}`,
    '0/2 wheel 3 stands at 4',
  ])
  runs.length = 0
  const expansions = COMPILED + 10
  for (let i = 0; i < expansions; i++) expect(twins.learned(state)).toEqual(expected)
  expect(twins.successors.learned).toBe(4)
  expect([1, 2, 3, 4].map((wheel) => runs.filter((w) => w === wheel).length)).toEqual([3, 0, 3 + 3 * expansions, 3])
})

test.each([0, COMPILED])('after %i expansions, loops touch nothing, and what is watched is seen to change', (before) => {
  const twins = new Twins(
    wheels((s, wheel) => {
      s.wheels[wheel] = wheel === 1 ? (s.wheels[wheel] ?? 0) : wheel === 2 ? 7 : 9
    }),
  )
  twins.watched[0] = 0x00ff_ff00
  const state = Int32Array.of(0)
  for (let i = 0; i < before; i++) twins.learned(state)
  expect(twins.learned(state)).toEqual([
    '0/0 0 0 to 0',
    `0/1 1 ${7 << 8} to ${7 << 8}`,
    `0/2 1 ${9 << 16} to ${9 << 16}`,
    `0/3 1 0 to ${9 << 24}`,
  ])
  twins.watched[0] = 1 << 24
  expect(twins.learned(state).map((told) => told.split(' ')[2])).toEqual(['0', '0', '0', `${1 << 24}`])
})
