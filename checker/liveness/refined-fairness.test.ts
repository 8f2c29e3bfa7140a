import { describe, expect, test } from 'vitest'
import { explore } from '../explore/explore.js'
import { choose } from '../machine/choice.js'
import { language } from '../machine/language.js'
import { type Scenario, scenario } from '../machine/scenario.js'
import { type Fairness, strong, weak } from '../property/fairness.js'
import { bool, int, schema } from '../schema/field.js'
import { replay } from '../trace/replay.js'

const light = language(schema({ lit: bool }))
/** A light that is switched on and off, or both at once. */
const lightWith = (...fairness: Fairness<{ lit: boolean }>[]) =>
  light.spec({
    name: 'light',
    title: 'A light',
    actions: [
      light.action('on', {
        guard: (s) => !s.lit,
        effect(s) {
          s.lit = true
        },
      }),
      light.action('off', {
        guard: (s) => s.lit,
        effect(s) {
          s.lit = false
        },
      }),
      light.action('turn', {
        guard: () => true,
        effect(s) {
          s.lit = choose([false, true])
        },
      }),
    ],
    properties: [],
    fairness,
  })

/** Goes round from 0 to 2; the light is lit at 2. It may wait at 1. */
const round = language(schema({ at: int(0, 2), waited: bool, dark: bool }))
const actions = [
  round.action('go', {
    guard: () => true,
    effect(s) {
      s.at = s.at === 2 ? 0 : s.at + 1
    },
  }),
  round.action('wait', {
    guard: (s) => s.at === 1,
    effect(s) {
      s.waited = !s.waited
    },
  }),
]

interface Asked {
  readonly of: readonly Fairness<{ lit: boolean }>[]
  readonly fairness: readonly Fairness[]
  readonly dark?: boolean
}

function subjectOf({ of, fairness, dark = false }: Asked): Scenario {
  const Shines = round.refines('Shines', 'It is a light.', lightWith(...of), (s, abstract) => {
    abstract.lit = s.at === 2 && !s.dark
  })
  const spec = round.spec({ name: 'round', title: '', actions, properties: [Shines], fairness, final: () => true })
  const expect = { verdict: 'holds', distinct: 0, generated: 0, depth: 0 } as const
  const init = (s: { dark: boolean }) => Object.assign(s, { dark })
  return scenario(spec, { name: 'x', title: '', init, expect }) as unknown as Scenario
}

describe('what is fair in the abstract', () => {
  test.each<[string, Asked]>([
    ['a step', { of: [weak.steps('on')], fairness: [weak.steps('go')] }],
    ['a step, strongly', { of: [strong.steps('on', 'off')], fairness: [weak.steps('go')] }],
    ['something that is true again and again', { of: [light.again('it is lit', (s) => s.lit)], fairness: [weak.steps('go')] }],
  ])('is done here: %s', (_, asked) => {
    expect(explore(subjectOf(asked)).verdict).toEqual({ kind: 'holds' })
  })

  test.each<[string, Asked, string, string[]]>([
    ['it waits for ever', { of: [weak.steps('on')], fairness: [weak.any('go', 'wait')] }, 'weak on', ['wait', 'wait']],
    ['it stops', { of: [strong.steps('off')], fairness: [] }, 'strong off', []],
    ['it stays lit', { of: [light.again('it is dark', (s) => !s.lit)], fairness: [] }, 'again it is dark', []],
  ])('is not done, and the loop is shown: %s', (_, asked, constraint, onLoop) => {
    const subject = subjectOf(asked)
    const { verdict } = explore(subject)
    expect(verdict).toMatchObject({ kind: 'violated', property: 'Shines', by: 'temporal', message: constraint })
    if (verdict.kind !== 'violated') return
    const { trace } = verdict
    expect(trace.steps.slice(trace.loop ?? 0).map((s) => s.step)).toEqual(onLoop)
    expect(trace.states.every((s) => s.abstract !== undefined)).toBe(true)
    expect(replay(subject, { trace, claim: { kind: 'violated', property: 'Shines' } }).kind).toBe('replayed')
  })

  test('is no counterexample where the loop takes the step', () => {
    const unfair = explore(subjectOf({ of: [weak.steps('on')], fairness: [] })).verdict
    if (unfair.kind !== 'violated') throw new Error(unfair.kind)
    const { trace } = explore(goingRound()).verdict as typeof unfair
    const claim = { kind: 'violated', property: 'Shines' } as const
    expect(trace.steps.slice(trace.loop ?? 0).map((s) => s.step)).toEqual(['go', 'go', 'go'])
    expect(replay(subjectOf({ of: [weak.steps('on')], fairness: [] }), { trace, claim }).kind).toBe('not a behaviour')
  })

  /** A behaviour that goes round for ever, which violates another property. */
  function goingRound(): Scenario {
    const subject = subjectOf({ of: [weak.steps('on')], fairness: [weak.steps('go')] })
    const Settles = round.eventuallyAlways('Settles', 'It comes to rest.', (s) => s.at === 1)
    return { ...subject, properties: [Settles as never] }
  }

  test('says nothing where it is never asked for', () => {
    const { verdict } = explore(subjectOf({ of: [weak.steps('off')], fairness: [weak.steps('go')], dark: true }))
    expect(verdict).toEqual({ kind: 'vacuous', reasons: [{ kind: 'antecedent never holds', property: 'Shines' }] })
  })

  test('may count on fairness of its own', () => {
    const Shines = round.refines(
      'Shines',
      '',
      lightWith(weak.steps('on')),
      (s, abstract) => {
        abstract.lit = s.at === 2
      },
      { fairness: [weak.steps('go')] },
    )
    const subject = subjectOf({ of: [], fairness: [] })
    expect(explore({ ...subject, skip: ['Shines'] }).verdict).toEqual({ kind: 'holds' })
    expect(explore({ ...subject, spec: { ...subject.spec, properties: [Shines as never] } }).verdict).toEqual({ kind: 'holds' })
  })

  test('is not of processes, which an abstract spec has none of', () => {
    const { verdict } = explore(subjectOf({ of: [weak.processes()], fairness: [] }))
    expect(verdict).toMatchObject({ kind: 'specError', message: expect.stringContaining('name its actions') })
  })

  test('is not checked under a reduction', () => {
    const report = explore(subjectOf({ of: [weak.steps('on')], fairness: [weak.steps('go')] }), { reduction: 'symmetry' })
    expect(report).toMatchObject({ verdict: { kind: 'holds' }, unreduced: 'symmetry' })
  })
})
