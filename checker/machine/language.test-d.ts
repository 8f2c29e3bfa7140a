/** What must not compile: every `@ts-expect-error` stands over a mistake that a spec could contain. */
import { expectTypeOf, test } from 'vitest'
import { domain, type Id, nth, type Ref } from '../schema/domain.js'
import { array, bool, int, oneOf, record, ref, schema, set } from '../schema/field.js'
import { choose } from './choice.js'
import { language } from './language.js'
import { blocked, call, ret, sleep, tail } from './outcome.js'
import { process, Thread } from './process.js'
import { scenario } from './scenario.js'

const Entry = domain('entry', 2)
const Desc = domain('desc', 3)
const state = schema({
  vswap_map: array(Entry, ref(Desc)),
  desc: array(Desc, record({ swap_refs: int(0, 7), type: oneOf('zero', 'folio'), owner: ref(Thread) })),
  free: set(Desc),
  locked: bool,
})
const { action, guard, invariant, procedure, spec } = language(state, { protections: ['pin', 'recheck'] })

const load = procedure(
  'load',
  { args: { entry: Entry }, locals: { desc: ref(Desc), old: int(0, 7), busy: bool }, returns: int(-2, 0) },
  {
    begin(s, me) {
      me.desc = s.vswap_map[me.entry]
      return me.desc ? 'read' : ret(-2)
    },
    read(s, me) {
      if (!me.desc) return blocked
      me.old = s.desc[me.desc].swap_refs
      return ret(0)
    },
  },
)

test('a spec without mistakes', () => {
  expectTypeOf(spec({ name: 's', title: '', properties: [] }).protections).toEqualTypeOf<readonly string[]>()
  expectTypeOf(choose(Desc)).toEqualTypeOf<Id<'desc'>>()
  invariant('types', '', (s) => {
    expectTypeOf(s.vswap_map.ids).toEqualTypeOf<readonly Id<'entry'>[]>()
    for (const id of s.vswap_map.ids) {
      expectTypeOf(s.vswap_map[id]).toEqualTypeOf<Ref<'desc'>>()
      expectTypeOf(nth(s.vswap_map.ids, id, 1)).toEqualTypeOf<Ref<'entry'>>()
    }
    return s.locked
  })
  procedure(
    'caller',
    { locals: { got: int(-2, 0), d: ref(Desc) }, calls: [load], returns: int(-2, 0) },
    {
      begin: () => call(load, { entry: choose(Entry) }, 'end', 'got'),
      plain: () => call(load, { entry: choose(Entry) }, 'end'),
      end: (_, me) => (guard('pin') ? ret(me.got) : tail(load, { entry: choose(Entry) })),
    },
  )
})

test('a procedure returns a value without parts', () => {
  // @ts-expect-error a set cannot be returned
  procedure('returns a set', { returns: set(Desc) }, { begin: () => blocked })
})

test('fields, names and elements', () => {
  invariant('x', '', (s) => {
    // @ts-expect-error there is no such variable
    s.vswap_maps
    for (const d of s.desc.ids) {
      // @ts-expect-error there is no such field
      s.desc[d].swap_ref
      // @ts-expect-error there is no such name
      s.desc[d].type = 'zswap'
      // @ts-expect-error there is no such name to compare with
      if (s.desc[d].type === 'zswap') return false
      // @ts-expect-error a number is no boolean
      s.locked = 1
      // @ts-expect-error an element of one domain is no index of another's array
      s.vswap_map[d]
      // @ts-expect-error an element of one domain is no reference to another
      s.desc[d].owner = d
      // @ts-expect-error there is no arithmetic on elements
      d - 1
    }
    for (const e of s.vswap_map.ids) {
      // @ts-expect-error a reference is no index until it is tested for NULL
      s.desc[s.vswap_map[e]]
      const d = s.vswap_map[e]
      if (d) s.desc[d].swap_refs = 1
      // @ts-expect-error an element and a number are no element
      s.desc[e + 1]
      // @ts-expect-error a set holds elements of its own domain
      s.free.add(e)
      // @ts-expect-error NULL is in no set
      s.free.has(s.vswap_map[e])
    }
    // @ts-expect-error a number is no element
    s.vswap_map[1]
    // @ts-expect-error a set is changed in place
    s.free = choose([s.free])
    // @ts-expect-error there is no such protection
    return guard('pins')
  })
})

test('actions', () => {
  action('x', {
    params: { d: Desc },
    guard: (s, { d }) => s.free.has(d),
    effect(s, args) {
      // @ts-expect-error there is no such parameter
      s.free.delete(args.e)
    },
  })
})

test('labels, locals and arguments', () => {
  // @ts-expect-error there is no such label
  procedure('x', {}, { begin: () => 'ending', end: () => ret() })
  // @ts-expect-error there is no such label to go on at after a sleep
  procedure('x', {}, { begin: () => sleep('ending'), end: () => ret() })
  procedure('x', {}, { begin: () => sleep('end'), end: () => ret() })
  // @ts-expect-error a step must answer
  procedure('x', {}, { begin() {} })
  // @ts-expect-error there is no such local
  procedure('x', { locals: { old: bool } }, { begin: (_, me) => (me.older ? blocked : ret()) })
  // @ts-expect-error a procedure without `returns` returns nothing
  procedure('x', {}, { begin: () => ret(1) })
  // @ts-expect-error what is returned is a number
  procedure('x', { returns: int(0, 1) }, { begin: () => ret('one') })
})

test('calls', () => {
  const frame = { locals: { got: int(-2, 0), flag: bool }, calls: [load] } as const
  // @ts-expect-error there is no such label to come back to
  procedure('x', frame, { begin: () => call(load, { entry: choose(Entry) }, 'ending', 'got'), end: () => ret() })
  // @ts-expect-error there is no such local to return into
  procedure('x', frame, { begin: () => call(load, { entry: choose(Entry) }, 'end', 'gott'), end: () => ret() })
  // @ts-expect-error the local is of another type
  procedure('x', frame, { begin: () => call(load, { entry: choose(Entry) }, 'end', 'flag'), end: () => ret() })
  // @ts-expect-error a tail call returns what its procedure returns
  procedure('x', { ...frame, returns: bool }, { begin: () => tail(load, { entry: choose(Entry) }) })
  // @ts-expect-error the argument is an element of another domain
  call(load, { entry: choose(Desc) }, 'end')
  // @ts-expect-error there is no such argument
  call(load, { entry: choose(Entry), desc: choose(Desc) }, 'end')
  // @ts-expect-error an argument is missing
  call(load, {}, 'end')
})

test('scenarios', () => {
  const start = process('p', load)
  start({ entry: 1 })
  // @ts-expect-error an element is written as its number
  start({ entry: 'one' })
  // @ts-expect-error there is no such argument
  start({ entry: 1, desc: 1 })
  const expect = { verdict: 'holds', distinct: 1, generated: 1, depth: 1 } as const
  const subject = spec({ name: 's', title: '', properties: [] })
  // @ts-expect-error there is no such verdict
  scenario(subject, { name: 'x', title: '', expect: { ...expect, verdict: 'passed' } })
  scenario(subject, {
    name: 'x',
    title: '',
    expect,
    init(s) {
      // @ts-expect-error there is no such variable
      s.lock = true
    },
  })
})
