import { describe, expect, test } from 'vitest'
import { explore, int, language, type Scenario, scenario, schema } from '../../checker/index.js'
import { isExpected, withoutEach } from './protections.js'

type Names = 'stop at three' | 'stop at five' | 'turn back' | 'wait'
const protections = ['stop at three', 'stop at five', 'turn back', 'wait'] as const

/** A counter that stops at 3, and so never comes to 5; `turn back` is looked at only where it starts at 4. */
function counter(survivors: Partial<Record<Names, string>> = {}) {
  const { action, guard, invariant, spec } = language(schema({ n: int(0, 9) }), { protections })
  const isAt = (n: number, stop: number, name: Names) => n === stop && guard(name)
  const up = action('up', {
    guard: (s) => s.n < 9 && !isAt(s.n, 3, 'stop at three') && !isAt(s.n, 5, 'stop at five') && !isAt(s.n, 4, 'turn back'),
    effect(s) {
      s.n += 1
    },
  })
  return spec({
    name: 'counter',
    title: 'A counter',
    actions: [up],
    properties: [invariant('Low', 'It stays below 5.', (s) => s.n < 5)],
    final: () => true,
    survivors,
  })
}

function from(spec: ReturnType<typeof counter>, n: number, distinct: number, more: Partial<Scenario> = {}): Scenario {
  const expected = { verdict: 'holds', distinct, generated: distinct, depth: distinct } as const
  const init = (s: { n: number }): void => {
    s.n = n
  }
  return scenario(spec, { name: `from-${n}`, title: '', init, expect: expected, ...more } as never) as unknown as Scenario
}

const stuck: Partial<Scenario> = { unreachable: { 'it turns back': ['up'] } }
const run = (scenarios: readonly Scenario[]) => withoutEach(scenarios, async (s) => explore(s))

describe('without each protection', () => {
  test('says which property misses a protection, in the smallest scenario, in order of declaration', async () => {
    const spec = counter()
    const mutants = await run([from(spec, 0, 4), from(spec, 2, 2), from(spec, 4, 1, stuck)])
    expect(mutants.map((m) => [m.protection, m.noticed?.verdict.kind, m.noticed?.scenario.name, m.tried])).toEqual([
      ['stop at three', undefined, undefined, 2],
      ['stop at five', undefined, undefined, 0],
      ['turn back', 'violated', 'from-4', 1],
      ['wait', undefined, undefined, 0],
    ])
  })

  test('a scenario keeps what it takes out itself', async () => {
    const spec = counter()
    const [three] = await run([from(spec, 2, 3, { without: ['turn back'] } as Partial<Scenario>)])
    expect(three).toMatchObject({ protection: 'stop at three', tried: 1, noticed: { verdict: { kind: 'violated', property: 'Low' } } })
  })

  test('scenarios that are expected to be violated are left out', async () => {
    const violated = from(counter(), 5, 1, { expect: { verdict: 'violated', property: 'Low', distinct: 1, generated: 1, depth: 1 } })
    expect((await run([violated])).map((m) => m.tried)).toEqual([0, 0, 0, 0])
  })

  test('a scenario that does not hold as it is is refused', async () => {
    await expect(run([from(counter(), 5, 1)])).rejects.toMatchObject({
      code: 12,
      message: "counter/from-5 does not hold as it is (violated); see 'swapcheck check counter/from-5'",
    })
  })
})

test('a survivor is expected where the spec gives the reason, and only there', async () => {
  const spec = counter({ 'stop at three': 'it turns back at 4', 'turn back': 'wrong', wait: 'nobody waits' })
  const mutants = await run([from(spec, 2, 2), from(spec, 4, 1, stuck)])
  expect(mutants.map((m) => [m.protection, m.reason, isExpected(m)])).toEqual([
    ['stop at three', 'it turns back at 4', true],
    ['stop at five', undefined, false],
    ['turn back', 'wrong', false],
    ['wait', 'nobody waits', true],
  ])
})
