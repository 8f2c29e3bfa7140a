import { describe, expect, test } from 'vitest'
import { explore } from '../explore/explore.js'
import { int, schema } from '../schema/field.js'
import { assert } from './assertion.js'
import { language } from './language.js'
import { blocked, call, ret, tail } from './outcome.js'
import { process } from './process.js'
import { rewrite } from './rewrite.js'
import { scenario } from './scenario.js'

const { invariant, procedure, spec } = language(schema({ n: int(0, 3) }))
const add = procedure(
  'add',
  {},
  {
    one(s) {
      if (s.n === 3) return blocked
      s.n += 1
      return ret()
    },
  },
)
const last = procedure('last', { calls: [add] }, { again: () => tail(add, {}) })
const root = procedure('root', { calls: [add, last] }, { first: () => call(add, {}, 'second'), second: () => tail(last, {}) })
const counter = spec({ name: 'counter', title: '', properties: [invariant('Low', 'It is low.', (s) => s.n < 3)] })
const expectation = { verdict: 'holds', distinct: 7, generated: 7, depth: 7 } as const
const one = scenario(counter, { name: 'one', title: '', run: [process('p', root)({})], expect: expectation }) as never
const figures = ({ verdict, distinct, generated, depth, coverage }: ReturnType<typeof explore>) => ({
  verdict: verdict.kind,
  distinct,
  generated,
  depth,
  coverage,
})

describe('rewrite', () => {
  test('with the same steps gives the same machine, calls and tail calls included', () => {
    expect(figures(explore(rewrite(one, (step) => step.run)))).toEqual(figures(explore(one)))
    expect(explore(one).coverage).toEqual({ 'p/root.first': 1, 'p/root.second': 1, 'p/add.one': 2, 'p/last.again': 1 })
  })

  test('asks for each step of each kind of process once, and leaves the scenario as it was', () => {
    const asked: string[] = []
    const two = { ...(one as { run: object[] }), run: [...(one as { run: object[] }).run, process('q', add)({}), process('q', add)({})] }
    rewrite(two as never, ({ process, procedure, label, run }) => {
      asked.push(`${process}/${procedure.name}.${label}`)
      return run
    })
    expect(asked).toEqual(['p/add.one', 'p/last.again', 'p/root.first', 'p/root.second', 'q/add.one'])
    expect(explore(one).verdict.kind).toBe('holds')
  })

  test('runs the other step, however it is called', () => {
    const trap = rewrite(one, ({ procedure, run }) => {
      if (procedure.name !== 'add') return run
      return (s, me) => {
        assert((s as { n: number }).n === 0, 'it is 0')
        return run(s, me)
      }
    })
    const { verdict } = explore(trap)
    expect(verdict).toMatchObject({ kind: 'violated', property: 'it is 0' })
    expect('trace' in verdict && verdict.trace?.steps.map((s) => s.step)).toEqual(
      'root.first add.one root.second last.again add.one'.split(' '),
    )
  })

  test('adds steps, to which others may go', () => {
    const longer = rewrite(
      one,
      ({ procedure, run }) => (procedure.name === 'root' ? () => 'late' : run),
      (_, procedure) =>
        procedure.name === 'root'
          ? [
              ['late', () => call(add, {}, 'end')],
              ['end', () => ret()],
            ]
          : [],
    )
    expect(explore(longer).coverage).toEqual({
      'p/root.first': 1,
      'p/root.second': 0,
      'p/root.late': 1,
      'p/root.end': 1,
      'p/add.one': 1,
      'p/last.again': 0,
    })
  })
})
