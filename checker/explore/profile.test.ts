import { isMap, isRecord, isSet } from 'immutable'
import { describe, expect, test } from 'vitest'
import { scenarios } from '../../specs/index.js'
import type { Scenario } from '../machine/scenario.js'
import { System } from '../machine/system.js'
import type { Decoded, DecodedRecord } from '../schema/decode.js'
import { eachMachine } from '../testing/each-machine.js'
import { StateDecoder } from '../trace/decode-state.js'
import { explore } from './explore.js'
import type { Profile } from './profile.js'

function find(id: string): Scenario {
  const scenario = scenarios.find((s) => s.id === id)
  if (scenario === undefined) throw new Error(`no scenario ${id}`)
  return scenario
}

function profileOf(scenario: Scenario): Profile {
  const { profile } = explore(scenario, { profile: true })
  if (profile === undefined) throw new Error('no profile')
  return profile
}

/** `name: generated, new, self-loops`. */
function stepsOf({ steps }: Profile): string[] {
  return steps.map((s) => `${s.name}: ${s.generated}, ${s.new}, ${s.selfLoops}`)
}

function variablesOf({ variables }: Profile): Record<string, number> {
  return Object.fromEntries(variables.map(({ name, values }) => [name, values]))
}

test('jugs of 5 and 3: every step fires in each of the 16 states', () => {
  const profile = profileOf(find('classics/die-hard-5-3-all-states'))
  expect(stepsOf(profile)).toEqual([
    'FillSmallJug: 16, 3, 6',
    'FillBigJug: 16, 3, 4',
    'EmptySmallJug: 16, 2, 6',
    'EmptyBigJug: 16, 1, 4',
    'SmallToBig: 16, 3, 9',
    'BigToSmall: 16, 3, 9',
  ])
  expect(variablesOf(profile)).toEqual({ big: 6, small: 4 })
})

test("Peterson's algorithm: elements of an array, and processes of a kind, are taken together", () => {
  const profile = profileOf(find('classics/peterson-2'))
  expect(profile.steps.reduce((sum, s) => sum + s.generated, 0)).toBe(77 - 1)
  expect(profile.steps.reduce((sum, s) => sum + s.new, 0)).toBe(42 - 1)
  expect(variablesOf(profile)).toEqual({ 'c[]': 2, turn: 2, 'at[]': 4, 'proc/peterson.other': 2 })
})

test('shares of time are parts of a whole', () => {
  const { steps, sampled } = profileOf(find('vswap/fork-vs-fork'))
  expect(sampled).toBe(100)
  expect(steps.reduce((sum, s) => sum + s.share, 0)).toBeCloseTo(1)
  expect(steps.filter((s) => s.generated > 0).every((s) => s.share > 0)).toBe(true)
  expect(steps.every((s) => s.share >= 0)).toBe(true)
})

test('only where it is asked for', () => expect(explore(find('classics/peterson-2'))).not.toHaveProperty('profile'))

/** What a plain search sees. */
class Watched {
  readonly steps = new Map<string, number[]>()
  readonly #values = new Map<string, Set<string>>()

  constructor(scenario: Scenario) {
    const system = new System(scenario)
    const decoder = new StateDecoder(system)
    const [seen, queue]: [Set<string>, Int32Array[]] = [new Set(), []]
    const isNew = (): boolean => {
      const key = system.w.join()
      if (seen.has(key)) return false
      seen.add(key)
      queue.push(system.w.slice())
      return true
    }
    system.initial(isNew)
    for (const state of queue) {
      system.current.set(state)
      system.restore()
      const { variables, processes } = decoder.decode()
      this.#note('', variables)
      for (const { name, frames } of processes) {
        for (const { procedure, locals } of frames) this.#note(`${name.replace(/^CPU\d+ /, '')}/${procedure}`, locals)
      }
      system.expand({
        successor: (step) => this.#count(system.steps[step]?.name ?? '', isNew(), system.w.join() === state.join()),
        failure() {},
      })
    }
  }

  get values(): Record<string, number> {
    return Object.fromEntries([...this.#values].map(([name, values]) => [name, values.size]))
  }

  #count(name: string, isNew: boolean, isLoop: boolean): void {
    const [generated = 0, fresh = 0, loops = 0] = this.steps.get(name) ?? []
    this.steps.set(name, [generated + 1, fresh + Number(isNew), loops + Number(isLoop)])
  }

  #note(name: string, value: Decoded): void {
    if (isRecord(value)) {
      const fields = Object.entries((value as DecodedRecord).toObject())
      for (const [field, of] of fields) this.#note(name === '' ? field : `${name}.${field}`, of)
    } else if (isMap(value)) {
      for (const of of (value as ReadonlyMap<number, Decoded>).values()) this.#note(`${name}[]`, of)
    } else {
      const text = isSet(value) ? [...(value as ReadonlySet<number>)].toSorted().join() : String(value)
      this.#values.set(name, (this.#values.get(name) ?? new Set()).add(text))
    }
  }
}

describe('the counts are those of a plain search', () => {
  const small = eachMachine(scenarios).filter((s) => s.expect.verdict === 'holds' && s.expect.distinct <= 500)

  test.each(small)('$id', (scenario) => {
    const profile = profileOf(scenario)
    const watched = new Watched(scenario)
    expect(
      Object.fromEntries(profile.steps.filter((s) => s.generated > 0).map((s) => [s.name, [s.generated, s.new, s.selfLoops]])),
    ).toEqual(Object.fromEntries(watched.steps))
    expect(Object.fromEntries(profile.variables.filter((v) => v.values > 0).map((v) => [v.name, v.values]))).toEqual(watched.values)
  })
})
