import { describe, expect, test } from 'vitest'
import { explore } from '../explore/explore.js'
import { choose } from '../machine/choice.js'
import { language } from '../machine/language.js'
import { type Scenario, scenario } from '../machine/scenario.js'
import { domain } from '../schema/domain.js'
import { array, bool, int, schema } from '../schema/field.js'
import { replay } from '../trace/replay.js'
import type { Verdict } from '../verdict.js'

const Wheel = domain('wheel', 1)
const abstractWords = language(schema({ hour: array(Wheel, int(0, 11)) }), { protections: ['stop'] })
/** Each wheel goes on by an hour. */
const hours = abstractWords.spec({
  name: 'hours',
  title: 'Hours',
  actions: [
    abstractWords.action('Next', {
      params: { w: Wheel },
      guard: (s, { w }) => abstractWords.guard('stop') || s.hour[w] < 3,
      effect(s, { w }) {
        s.hour[w] = (s.hour[w] + 1) % 12
      },
    }),
  ],
  properties: [],
})

const words = language(schema({ hour: array(Wheel, int(0, 11)), half: bool, skips: bool, late: bool }))
const tick = words.action('tick', {
  params: { w: Wheel },
  guard: () => true,
  effect(s, { w }) {
    // A choice of its own must survive the questions that are asked of the abstract spec.
    if (choose([true, false])) return
    s.half = !s.half
    if (!s.half) s.hour[w] = (s.hour[w] + (s.skips ? 2 : 1)) % 12
  },
})
const RefinesHours = words.refines('RefinesHours', 'It shows hours.', hours, (s, abstract) => {
  for (const w of s.hour.ids) abstract.hour[w] = s.hour[w]
})

function clock(init: (s: { skips: boolean; late: boolean; hour: object }) => void, bounds: Record<string, number> = {}): Scenario {
  const subject = words.spec({ name: 'clock', title: '', actions: [tick], properties: [RefinesHours] })
  const expected = { verdict: 'holds', distinct: 0, generated: 0, depth: 0 } as const
  return scenario(subject, { name: 'x', title: '', init: init as never, bounds, expect: expected }) as unknown as Scenario
}

function shown(verdict: Verdict): unknown[] {
  if (verdict.kind !== 'violated') return []
  return verdict.trace.states.map((s) => s.abstract?.getIn(['hour', 1]))
}

describe('a spec that refines another', () => {
  test('takes its steps, or none of them', () => {
    expect(explore(clock(() => {}))).toMatchObject({ verdict: { kind: 'holds' }, distinct: 24 })
  })

  test('has domains as large as that', () => {
    expect(explore(clock(() => {}, { wheel: 2 }))).toMatchObject({ verdict: { kind: 'holds' }, distinct: 288 })
  })

  test('is shown with what it is there, where it is none of its steps', () => {
    const subject = clock((s) => {
      s.skips = true
    })
    const { verdict } = explore(subject)
    expect(verdict).toMatchObject({ kind: 'violated', property: 'RefinesHours', by: 'step' })
    expect(shown(verdict)).toEqual([0, 0, 2])
    if (verdict.kind !== 'violated') return
    expect(replay(subject, { trace: verdict.trace, claim: { kind: 'violated', property: 'RefinesHours' } }).kind).toBe('replayed')
  })

  test('starts where it starts', () => {
    const subject = clock((s) => Object.assign(s.hour, { 1: 7 }))
    const { verdict } = explore(subject)
    expect(verdict).toMatchObject({ kind: 'violated', property: 'RefinesHours', trace: { steps: [] } })
    if (verdict.kind !== 'violated') return
    expect(replay(subject, { trace: verdict.trace, claim: { kind: 'violated', property: 'RefinesHours' } }).kind).toBe('replayed')
  })

  test('keeps its own protections apart from those of the other', () => {
    const { verdict } = explore({ ...clock(() => {}), spec: { ...clock(() => {}).spec, protections: ['stop'] }, without: ['stop'] })
    expect(verdict.kind).toBe('holds')
  })
})

test('a mapping that leaves a range is the fault of the spec', () => {
  const bad = words.refines('Bad', '', hours, (s, abstract) => {
    for (const w of s.hour.ids) abstract.hour[w] = s.hour[w] === 1 ? 12 : s.hour[w]
  })
  const subject = { ...clock(() => {}), properties: [bad], skip: ['RefinesHours'] } as Scenario
  expect(explore(subject).verdict).toMatchObject({ kind: 'specError', message: expect.stringContaining('property Bad: ') })
})
