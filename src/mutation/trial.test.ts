import { describe, expect, test } from 'vitest'
import { assert, explore, int, language, process, type Report, ret, type Scenario, scenario, schema } from '../../checker/index.js'
import type { Mutant } from './mutant.js'
import { tryMutant } from './trial.js'

const { procedure, spec } = language(schema({ n: int(0, 9) }))
const counter = spec({ name: 'counter', title: '', properties: [] })

/** Counts up to a number, in a state for each. */
function upTo(most: number, label = 'up', check: (n: number) => void = () => {}): Scenario {
  const count = procedure(
    'count',
    {},
    {
      [label](s: { n: number }) {
        check(s.n)
        s.n += 1
        return s.n < most ? label : ret()
      },
      never: () => ret(),
    },
  )
  const expected = { verdict: 'holds', distinct: most + 1, generated: most + 1, depth: most + 1 } as const
  const of = scenario(counter, {
    name: `up-to-${most}`,
    title: '',
    run: [process('p', count)({})],
    expect: expected,
    ...(label === 'up' && { unreachable: { 'it is never': ['count.never'] } }),
  })
  return of as unknown as Scenario
}

function mutant(scenarios: readonly Scenario[], apply: Mutant['apply'], moved: readonly string[] = []): Mutant {
  return { id: 'm', kind: 'skips', change: '', at: () => 0, scenarios, moved, apply }
}

const run = (of: Mutant, maxStates = 1000) => tryMutant(of, maxStates, async (s, options): Promise<Report> => explore(s, options))
const [two, three, four] = [upTo(2), upTo(3), upTo(4)]

describe('a mutant', () => {
  test('is tried in one scenario after the other until one does not hold', async () => {
    const failing = upTo(3, 'up', (n) => assert(n < 2, 'it is low'))
    const trial = await run(mutant([two, three, four], (s) => (s === three ? failing : s)))
    expect(trial).toMatchObject({ outcome: 'noticed', tried: 2, report: { verdict: { property: 'it is low' } } })
  })

  test('survives where each holds, and says whether there is a difference at all', async () => {
    expect(await run(mutant([two, three], (s) => s))).toMatchObject({ outcome: 'survived', tried: 2, isAlike: true })
    expect(await run(mutant([two, three], () => two))).toMatchObject({ outcome: 'survived', tried: 2, isAlike: false })
  })

  test('is left open where the states that it may take are too few for all of them', async () => {
    expect(
      await run(
        mutant([two, three, four], (s) => s),
        7,
      ),
    ).toMatchObject({ outcome: 'undecided', tried: 2 })
    expect(
      await run(
        mutant([two, three, four], (s) => s),
        3,
      ),
    ).toMatchObject({ outcome: 'undecided', tried: 1, report: undefined })
    expect(
      await run(
        mutant([two, three, four], (s) => s),
        12,
      ),
    ).toMatchObject({ outcome: 'survived', tried: 3 })
  })

  test('is vacuous where a step never fires, unless it is one that was moved', async () => {
    const other = upTo(2, 'other')
    const reasons = [{ kind: 'step never fired', step: 'p/count.never' }]
    expect(await run(mutant([two], () => other))).toMatchObject({ outcome: 'vacuous', reasons })
    expect(await run(mutant([two], () => other, ['count.never']))).toMatchObject({ outcome: 'survived', reasons: [] })
  })

  test('is noticed by a value out of range, and by a step that throws; a label that is not there is no spec', async () => {
    const high = upTo(2, 'up', () => {
      throw new TypeError('no such descriptor')
    })
    const lost = upTo(2)
    const [first] = lost.run ?? []
    const nowhere = { ...lost, run: [{ ...first, procedure: { ...first?.procedure, steps: new Map([['up', () => 'nowhere']]) } }] } as never
    expect(await run(mutant([two], () => upTo(20)))).toMatchObject({ outcome: 'noticed', report: { verdict: { fault: 'range' } } })
    expect(await run(mutant([two], () => high))).toMatchObject({ outcome: 'noticed', report: { verdict: { fault: 'threw' } } })
    expect(await run(mutant([two], () => nowhere))).toMatchObject({ outcome: 'invalid' })
  })
})
