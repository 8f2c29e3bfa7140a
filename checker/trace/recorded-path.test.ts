import { describe, expect, test } from 'vitest'
import type { Finding } from '../explore/findings.js'
import { language } from '../machine/language.js'
import { type Scenario, scenario } from '../machine/scenario.js'
import { System } from '../machine/system.js'
import { int, schema } from '../schema/field.js'
import { Discoveries } from '../store/discoveries.js'
import { FingerprintTable } from '../store/fingerprint-table.js'
import { LossyStore } from '../store/lossy-store.js'
import { PathFinder, type Recorder } from './recorded-path.js'
import { type Hit, shortestTrace } from './shortest.js'

const { action, spec } = language(schema({ a: int(0, 99), b: int(0, 99), c: int(0, 99) }))
const expected = { verdict: 'holds', distinct: 0, generated: 0, depth: 0 } as const

/** Three counters; each may go up by 1 to `most`. */
function counters(most: number): Scenario {
  const up = (name: 'a' | 'b' | 'c') =>
    action(name, {
      params: { by: int(1, most) },
      guard: (s, { by }) => s[name] + by < 100,
      effect(s, { by }) {
        s[name] += by
      },
    })
  const subject = spec({ name: 's', title: '', actions: [up('a'), up('b'), up('c')], properties: [] })
  return scenario(subject, { name: 'x', title: '', expect: expected })
}

/** Searches so many depths; answers the states of the last two. */
function search(system: System, store: LossyStore, depths: number): readonly number[] {
  system.initial(() => store.insert())
  const starts = [0]
  for (let depth = 1; depth < depths; depth++) {
    const [from = 0, to = 0] = store.takeRanges()
    starts.push(to)
    for (let id = from; id < to; id++) {
      store.open(id)
      system.expand({ successor: () => store.insert(), failure() {} })
    }
  }
  store.takeRanges()
  const first = starts.at(-2) ?? 0
  return Array.from({ length: store.added - first }, (_, i) => first + i)
}

/** The end of a search for a trace. */
function hitOf(search: Generator<undefined, Hit>): Hit {
  for (;;) {
    const { done, value } = search.next()
    if (done) return value
  }
}

/** States on the way that the store has recorded. */
function recordedLength(store: LossyStore, state: number): number {
  const { parent } = store.discoveries.of(state)
  return parent < 0 ? 1 : 1 + recordedLength(store, parent)
}

describe.each([
  ['few successors', 2, 12, 64],
  ['few successors, and many states omitted', 2, 12, 11],
  ['more successors than tags', 90, 3, 64],
  ['more successors than tags, and many states omitted', 90, 3, 13],
])('with %s', (_, most, depths, bits) => {
  const system = new System(counters(most))
  const lossy = new LossyStore(system.w, system.current, new FingerprintTable(bits), 1 << 30)
  const last = search(system, lossy, depths)
  const sample = last.filter((_, i) => i % Math.ceil(last.length / 12) === 0)
  const finder = new PathFinder(system, lossy)

  test('the way leads to the state, and is no longer than the one that was recorded', () => {
    let shortest = 0
    for (const id of sample) {
      const { store, levels, findings } = finder.run([{ kind: 'deadlock', id }])
      const [found] = findings
      if (found?.kind !== 'deadlock') throw new Error('it was not found')
      store.open(found.id)
      const words = [...system.w]
      lossy.read(id)
      expect(words).toEqual([...system.w])
      const { trace, state } = hitOf(shortestTrace(system, store, levels, { states: [found.id], edges: [] }))
      expect(state).toBe(found.id)
      expect(trace.states).toHaveLength(levels.indexOf(found.id) + 1)
      expect(trace.states.length).toBeLessThanOrEqual(recordedLength(lossy, id))
      if (trace.states.length === recordedLength(lossy, id)) shortest++
    }
    expect(shortest).toBeGreaterThan(0)
  })

  test('what was found in other states is left out, and what was found in the same one or out of it is not', () => {
    const [id = 0, other = 0] = sample.slice(-2)
    const edge = { parent: id, step: 1, actor: most, picks: [] }
    const fault = { fault: 'threw', message: '' } as const
    const found: Finding[] = [
      { kind: 'faulty step', edge, fault },
      { kind: 'faulty step', edge: { ...edge, parent: other }, fault },
      { kind: 'faulty step', edge: { ...edge, actor: most + 1 }, fault },
    ]
    const { store, levels, findings } = finder.run(found)
    lossy.read(id)
    const parent = store.find()
    expect(findings).toEqual([
      { kind: 'faulty step', edge: { ...edge, parent }, fault },
      { kind: 'faulty step', edge: { ...edge, parent, actor: most + 1 }, fault },
    ])
    const { trace } = hitOf(shortestTrace(system, store, levels, { states: [], edges: [{ ...edge, parent }] }))
    expect(trace.steps.at(-1)).toMatchObject({ step: 'b', args: { by: 1 } })
  })
})

/** A record of how `a` went up by 1 each time, whose states have these tags; all other states have another. */
class Steps implements Recorder {
  readonly discoveries = new Discoveries()
  looked = 0
  readonly #system: System
  readonly #s: { a: number; b: number; c: number }
  readonly #tags: readonly number[]

  constructor(system: System, tags: readonly number[]) {
    this.#system = system
    this.#s = system.s as { a: number; b: number; c: number }
    this.#tags = tags
    for (const [i, tag] of tags.entries()) {
      if (i > 0) this.discoveries.from(i - 1)
      this.discoveries.add(tag)
    }
  }

  get tag(): number {
    this.looked++
    this.#system.view.load()
    const { a, b, c } = this.#s
    return (b + c === 0 && this.#tags[a]) || 99
  }

  read(id: number): void {
    Object.assign(this.#s, { a: id, b: 0, c: 0 })
    this.#system.commit()
  }
}

test('a state on the way may have been met before, where states with its tag were looked for', () => {
  const system = new System(counters(2))
  const { levels, findings } = new PathFinder(system, new Steps(system, [5, 1, 1, 3, 4])).run([{ kind: 'deadlock', id: 4 }])
  const [found] = findings
  expect(found?.kind === 'deadlock' && levels.indexOf(found.id)).toBe(2)
})

test('states that have other tags are not gone on from', () => {
  const system = new System(counters(2))
  const steps = new Steps(system, [5, 1, 2, 3, 4, 5, 6])
  new PathFinder(system, steps).run([{ kind: 'deadlock', id: 6 }])
  expect(steps.looked).toBe(1 + 6 * 6)
})
