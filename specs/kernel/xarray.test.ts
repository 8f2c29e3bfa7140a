import { describe, expect, test } from 'vitest'
import {
  type ArrayView,
  array,
  blocked,
  domain,
  type Id,
  type IntField,
  int,
  language,
  process,
  ref,
  ret,
  schema,
  set,
} from '../../checker/index.js'
import { EBUSY } from './errno.js'
import { spin_lock, spin_unlock, spinlock_t } from './spinlock.js'
import { litmus } from './testing/litmus.js'
import { xa_alloc, xa_erase, xa_find, xa_find_after, xa_insert, xa_load, xa_store, xas_next } from './xarray.js'

const Index = domain('index', 3)
const state = schema({
  xa: array(Index, int(0, 3)),
  xa_lock: spinlock_t,
  /** Where the walker found an entry. */
  seen: set(Index),
  /** How many threads think that they did it. */
  done: int(0, 2),
})
const { procedure, invariant, quiescent, mustFail, spec, guard } = language(state, { protections: ['one step', 'xa_lock'] })

/** An XArray of values at the indices 1, 2, … */
function filled(...entries: number[]): ArrayView<'index', IntField> {
  const ids = entries.map((_, i) => i + 1)
  return Object.assign([undefined, ...entries], { ids }) as unknown as ArrayView<'index', IntField>
}
const index = (n: number) => n as unknown as Id<'index'>

describe('one access', () => {
  test('xa_load, xa_store and xa_erase answer what was there', () => {
    const xa = filled(7, 0)
    expect([xa_load(xa, index(1)), xa_load(xa, index(2))]).toEqual([7, 0])
    expect([xa_store(xa, index(2), 8), xa_store(xa, index(2), 9), xa_erase(xa, index(2)), xa_erase(xa, index(2))]).toEqual([0, 8, 9, 0])
    expect(xa).toEqual(filled(7, 0))
  })

  test('xa_insert stores where there is nothing', () => {
    const xa = filled(7, 0)
    expect([xa_insert(xa, index(1), 8), xa_insert(xa, index(2), 8)]).toEqual([-EBUSY, 0])
    expect(xa).toEqual(filled(7, 8))
  })

  test('xa_alloc takes the lowest free index, within the limits', () => {
    expect(xa_alloc(filled(7, 0, 0), 8)).toBe(2)
    expect(xa_alloc(filled(0, 0, 0), 8, index(2))).toBe(2)
    expect(xa_alloc(filled(0, 7, 0), 8, index(2), index(3))).toBe(3)
    expect(xa_alloc(filled(7, 7, 0), 8, index(1), index(2))).toBe(0)
    expect(xa_alloc(filled(7, 7, 7), 8)).toBe(0)
    const xa = filled(7, 0, 0)
    xa_alloc(xa, 8)
    expect(xa).toEqual(filled(7, 8, 0))
  })

  test('indices and entries are typed by the array', () => {
    const Obj = domain('obj', 1)
    language(schema({ xa: array(Index, ref(Obj)), obj: ref(Obj), index: ref(Index) })).procedure(
      'typed',
      {},
      {
        step(s) {
          if (s.index === 0) return ret()
          s.obj = xa_load(s.xa, s.index)
          xa_store(s.xa, s.index, s.obj)
          // @ts-expect-error an object is no index
          if (s.obj !== 0) xa_load(s.xa, s.obj)
          // @ts-expect-error an index is no entry
          xa_store(s.xa, s.index, s.index)
          // @ts-expect-error NULL is no index
          xa_load(s.xa, 0)
          return ret()
        },
      },
    )
  })
})

describe('a walk', () => {
  test('xas_next goes from index to index, up to the last', () => {
    const xa = filled(0, 0, 0)
    expect([xas_next(xa, index(1), index(2)), xas_next(xa, index(2), index(2)), xas_next(xa, index(3), index(3))]).toEqual([2, 0, 0])
  })

  test('xa_find and xa_find_after skip holes, up to the last', () => {
    const xa = filled(7, 0, 9)
    expect([xa_find(xa, index(1), index(3)), xa_find_after(xa, index(1), index(3)), xa_find_after(xa, index(3), index(3))]).toEqual([
      1, 3, 0,
    ])
    expect([xa_find(xa, index(2), index(3)), xa_find(xa, index(2), index(2)), xa_find_after(xa, index(1), index(2))]).toEqual([3, 0, 0])
  })

  const walk = procedure(
    'walk',
    { args: { index: Index, max: Index }, locals: { next: ref(Index) } },
    {
      xas_for_each(s, me) {
        if (xa_load(s.xa, me.index) !== 0) s.seen.add(me.index)
        const next = xas_next(s.xa, me.index, me.max)
        if (next === 0) return ret()
        me.index = next
        return 'xas_for_each'
      },
    },
  )
  const locked_walk = procedure(
    'locked_walk',
    { args: { index: Index, max: Index } },
    {
      lock(s, me) {
        if (!guard('xa_lock')) return 'walk'
        return spin_lock(s.xa_lock, me.self) ? 'walk' : blocked
      },
      walk(s, me) {
        for (let at = xa_find(s.xa, me.index, me.max); at !== 0; at = xa_find_after(s.xa, at, me.max)) s.seen.add(at)
        if (guard('xa_lock')) spin_unlock(s.xa_lock, me.self)
        return ret()
      },
    },
  )
  /** Moves the entry from the last index to the first, so that a locked reader sees it in one place. */
  const move = procedure(
    'move',
    {},
    {
      erase(s, me) {
        if (!spin_lock(s.xa_lock, me.self)) return blocked
        for (const at of s.xa.ids.slice(-1)) xa_erase(s.xa, at)
        return 'store'
      },
      store(s, me) {
        for (const at of s.xa.ids.slice(0, 1)) xa_insert(s.xa, at, 1)
        spin_unlock(s.xa_lock, me.self)
        return ret()
      },
    },
  )
  const walker = process('walker', walk)({ index: 1, max: 3 })
  const lockedWalker = process('locked walker', locked_walk)({ index: 1, max: 3 })
  const mover = process('mover', move)({})
  const lastOnly = spec({
    name: 'walk',
    title: 'A walk against a move from the last index to the first',
    init(s) {
      for (const at of s.xa.ids.slice(-1)) xa_store(s.xa, at, 1)
    },
    properties: [],
  })
  const found = quiescent('Found', 'The walk found the entry.', (s) => s.seen.size > 0)
  const foundOnce = invariant('FoundOnce', 'It found it in one place.', (s) => s.seen.size <= 1)

  test('over holes visits the entries, and fewer of them than the range is long', () => {
    const entries = quiescent('Entries', 'The walk visited the indices that have an entry.', (s) =>
      s.xa.ids.every((at) => s.seen.has(at) === xa_load(s.xa, at) > 0),
    )
    const all = mustFail('All', 'The walk visits all the range.', (s) => s.seen.size === s.xa.ids.length)
    expect(litmus(lastOnly, [walker], { properties: [entries, all] })).toBe('holds')
  })

  test('under xa_lock sees the array as it is at one time', () => {
    expect(litmus(lastOnly, [lockedWalker, mover], { properties: [found, foundOnce] })).toBe('holds')
    expect(litmus(lastOnly, [lockedWalker, mover], { properties: [found, foundOnce], without: ['xa_lock'] })).toBe('violated Found')
  })

  test('under RCU sees each slot as it is at another', () => {
    expect(litmus(lastOnly, [walker, mover], { properties: [found] })).toBe('violated Found')
  })
})

describe('one step of xa_lock', () => {
  const insert = procedure(
    'insert',
    { args: { at: Index } },
    {
      load(s, me) {
        if (!guard('one step')) return xa_load(s.xa, me.at) === 0 ? 'store' : ret()
        if (xa_insert(s.xa, me.at, 1) === 0) s.done++
        return ret()
      },
      store(s, me) {
        xa_store(s.xa, me.at, 1)
        s.done++
        return ret()
      },
    },
  )
  const alloc = procedure(
    'alloc',
    { locals: { at: ref(Index) } },
    {
      find(s, me) {
        if (guard('one step')) {
          if (xa_alloc(s.xa, 1) !== 0) s.done++
          return ret()
        }
        me.at = s.xa.ids.find((at) => xa_load(s.xa, at) === 0) ?? 0
        return 'store'
      },
      store(s, me) {
        if (me.at !== 0) xa_store(s.xa, me.at, 1)
        s.done++
        return ret()
      },
    },
  )
  const erase = procedure(
    'erase',
    { args: { at: Index } },
    {
      erase(s, me) {
        if (guard('one step')) {
          if (xa_erase(s.xa, me.at) !== 0) s.done++
          return ret()
        }
        return xa_load(s.xa, me.at) === 0 ? ret() : 'store'
      },
      store(s, me) {
        xa_erase(s.xa, me.at)
        s.done++
        return ret()
      },
    },
  )
  const entries = (s: { readonly xa: ArrayView<'index', IntField> }) => s.xa.ids.filter((at) => xa_load(s.xa, at) > 0).length
  const stored = quiescent('Stored', 'There are as many entries as threads that stored one.', (s) => entries(s) === s.done)
  const erasedOnce = quiescent('ErasedOnce', 'One thread has the entry that was erased.', (s) => s.done === 1)
  const empty = spec({ name: 'empty', title: 'Two writers of an empty array', properties: [] })
  const full = spec({
    name: 'full',
    title: 'Two writers of a full array',
    init(s) {
      for (const at of s.xa.ids) xa_store(s.xa, at, 1)
    },
    properties: [],
  })

  const inserter = process('inserter', insert)
  const allocator = process('allocator', alloc)
  const eraser = process('eraser', erase)
  test.each([
    ['xa_insert', empty, [inserter({ at: 1 }), inserter({ at: 1 })], stored, 'insert.store'],
    ['xa_alloc', empty, [allocator({}), allocator({})], stored, 'alloc.store'],
    ['xa_erase', full, [eraser({ at: 1 }), eraser({ at: 1 })], erasedOnce, 'erase.store'],
  ] as const)('is what keeps two %s apart', (_, of, run, property, store) => {
    expect(litmus(of, run, { properties: [property], unreachable: { 'it is one step': [store] } })).toBe('holds')
    expect(litmus(of, run, { properties: [property], without: ['one step'] })).toBe(`violated ${property.name}`)
  })
})
