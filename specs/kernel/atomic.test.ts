import { describe, expect, test } from 'vitest'
import { int, language, type Procedure, process, ret, schema } from '../../checker/index.js'
import {
  atomic_add,
  atomic_add_unless,
  atomic_dec,
  atomic_dec_and_test,
  atomic_inc,
  atomic_sub,
  atomic_sub_and_test,
  atomic_try_cmpxchg,
  atomic_xchg,
} from './atomic.js'
import { litmus } from './testing/litmus.js'

const state = schema({ refs: int(0, 7), done: int(0, 7) })
const { procedure, invariant, quiescent, step, spec, guard } = language(state, { protections: ['atomic'] })
const two = (steps: Procedure<string, unknown, unknown>) => {
  const kind = process('thread', steps)
  return [kind({}), kind({})]
}

describe('adding', () => {
  const inc = procedure(
    'inc',
    { locals: { old: int(0, 7) } },
    {
      load(s, me) {
        me.old = s.refs
        if (!guard('atomic')) return 'store'
        atomic_inc(s, 'refs')
        s.done++
        return ret()
      },
      store(s, me) {
        s.refs = me.old + 1
        s.done++
        return ret()
      },
    },
  )
  const exact = quiescent('Exact', 'Every increment counts.', (s) => s.refs === s.done)
  const counting = spec({ name: 'counting', title: 'Two increments', properties: [exact] })
  const never = { 'it is atomic': ['inc.store'] }

  test('atomic_inc loses nothing, where a load and a store do', () => {
    expect(litmus(counting, two(inc), { unreachable: never })).toBe('holds')
    expect(litmus(counting, two(inc), { without: ['atomic'] })).toBe('violated Exact')
  })
})

describe('atomic_try_cmpxchg', () => {
  const double_add = procedure(
    'add',
    { locals: { old: int(0, 7) } },
    {
      atomic_read(s, me) {
        me.old = s.refs
        return 'cmpxchg'
      },
      cmpxchg(s, me) {
        if (!guard('atomic')) s.refs = me.old + 2
        else if (!atomic_try_cmpxchg(s, 'refs', me, 'old', me.old + 2)) return 'cmpxchg'
        s.done += 2
        return ret()
      },
    },
  )
  const exact = quiescent('Exact', 'Every addition counts.', (s) => s.refs === s.done)
  const loop = spec({ name: 'loop', title: 'Two cmpxchg loops', properties: [exact] })

  test('in a loop loses no update, where a plain store does', () => {
    expect(litmus(loop, two(double_add))).toBe('holds')
    expect(litmus(loop, two(double_add), { without: ['atomic'] })).toBe('violated Exact')
  })

  test('puts what it found into old, and writes nothing, where it fails', () => {
    const counter = { refs: 5 }
    const locals = { old: 4 }
    expect(atomic_try_cmpxchg(counter, 'refs', locals, 'old', 7)).toBe(false)
    expect([counter, locals]).toEqual([{ refs: 5 }, { old: 5 }])
    expect(atomic_try_cmpxchg(counter, 'refs', locals, 'old', 7)).toBe(true)
    expect([counter, locals]).toEqual([{ refs: 7 }, { old: 5 }])
  })
})

describe('atomic_dec_and_test', () => {
  const put = procedure(
    'put',
    {},
    {
      dec(s) {
        if (!guard('atomic')) {
          atomic_dec(s, 'refs')
          return 'test'
        }
        if (atomic_dec_and_test(s, 'refs')) s.done++
        return ret()
      },
      test(s) {
        if (s.refs === 0) s.done++
        return ret()
      },
    },
  )
  const once = invariant('FreedOnce', 'One thread sees the count reach 0.', (s) => s.done <= 1)
  const freed = quiescent('Freed', 'Somebody sees it.', (s) => s.done > 0)
  const puts = spec({
    name: 'puts',
    title: 'The two last references',
    init: (s) => {
      s.refs = 2
    },
    properties: [once, freed],
  })

  test('tells exactly one thread of the last reference, where a decrement and a read may tell both', () => {
    expect(litmus(puts, two(put), { unreachable: { 'it is atomic': ['put.test'] } })).toBe('holds')
    expect(litmus(puts, two(put), { without: ['atomic'] })).toBe('violated FreedOnce')
  })
})

describe('atomic_add_unless', () => {
  const get = procedure(
    'get_and_put',
    {},
    {
      get(s) {
        if (guard('atomic') && !atomic_add_unless(s, 'refs', 1, 0)) return ret()
        if (!guard('atomic')) atomic_add(s, 'refs', 1)
        return 'put'
      },
      put(s) {
        atomic_dec(s, 'refs')
        return ret()
      },
    },
  )
  const drop = procedure(
    'drop',
    {},
    {
      put(s) {
        atomic_dec(s, 'refs')
        return ret()
      },
    },
  )
  const noResurrection = step(
    'NoResurrection',
    'A count that reached 0 never rises again.',
    (before, after) => before.refs > 0 || after.refs === 0,
  )
  const lookup = spec({
    name: 'lookup',
    title: 'A lookup against the last put',
    init: (s) => {
      s.refs = 1
    },
    properties: [noResurrection],
  })
  const run = [process('lookup', get)({}), process('owner', drop)({})]

  test('never revives what has reached 0, where a plain add does', () => {
    expect(litmus(lookup, run)).toBe('holds')
    expect(litmus(lookup, run, { without: ['atomic'] })).toBe('violated NoResurrection')
  })
})

describe('atomic_xchg', () => {
  const take = procedure(
    'take',
    { locals: { token: int(0, 7) } },
    {
      xchg(s, me) {
        me.token = guard('atomic') ? atomic_xchg(s, 'refs', 0) : s.refs
        return 'keep'
      },
      keep(s, me) {
        s.refs = 0
        s.done += me.token
        return ret()
      },
    },
  )
  const once = invariant('TakenOnce', 'The token is taken once.', (s) => s.done <= 1)
  const tokens = spec({
    name: 'tokens',
    title: 'Two who take a token',
    init: (s) => {
      s.refs = 1
    },
    properties: [once],
  })

  test('gives the old value to one thread, where a read and a store give it to both', () => {
    expect(litmus(tokens, two(take))).toBe('holds')
    expect(litmus(tokens, two(take), { without: ['atomic'] })).toBe('violated TakenOnce')
  })
})

test('amounts are added and subtracted whole', () => {
  const counter = { refs: 1 }
  atomic_add(counter, 'refs', 6)
  expect(counter.refs).toBe(7)
  atomic_sub(counter, 'refs', 2)
  expect(counter.refs).toBe(5)
  expect([atomic_sub_and_test(counter, 'refs', 4), atomic_sub_and_test(counter, 'refs', 1)]).toEqual([false, true])
  expect([atomic_add_unless(counter, 'refs', 3, 0), atomic_add_unless(counter, 'refs', 3, 1), counter.refs]).toEqual([false, true, 3])
})

describe('lowering a count below 0', () => {
  const lower: [string, (counter: { refs: number }) => unknown][] = [
    ['atomic_dec', (counter) => atomic_dec(counter, 'refs')],
    ['atomic_sub', (counter) => atomic_sub(counter, 'refs', 2)],
    ['atomic_dec_and_test', (counter) => atomic_dec_and_test(counter, 'refs')],
    ['atomic_sub_and_test', (counter) => atomic_sub_and_test(counter, 'refs', 1)],
  ]
  const sub = (lowering: (counter: { refs: number }) => unknown) =>
    procedure(
      'sub',
      {},
      {
        once(s) {
          lowering(s)
          return ret()
        },
      },
    )

  test.each(lower)('%s reports an underflow', (_, lowering) => {
    const outcome = litmus(spec({ name: 'sub', title: 'A count of 0', properties: [] }), [process('sub', sub(lowering))({})])
    expect(outcome).toBe('violated NoUnderflow: refcount underflow')
  })
})

test('counters are the integer fields of a record, by name', () => {
  const record: { refs: number; name: string } = { refs: 1, name: '' }
  atomic_inc(record, 'refs')
  // @ts-expect-error no integer
  expect(() => atomic_inc(record, 'name')).not.toThrow()
  // @ts-expect-error no such field
  expect(() => atomic_inc(record, 'ref')).not.toThrow()
})
