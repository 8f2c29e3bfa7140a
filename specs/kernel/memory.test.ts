import { describe, expect, test } from 'vitest'
import { array, domain, int, language, process, type RecordView, record, ref, ret, schema } from '../../checker/index.js'
import { alloc, alloc_any, free, life, live } from './memory.js'
import { litmus } from './testing/litmus.js'

const Obj = domain('obj', 2)
const state = schema({ obj: array(Obj, record({ life, value: int(0, 3) })), shared: ref(Obj), stale: ref(Obj), fresh: ref(Obj) })
type State = RecordView<(typeof state)['fields']>
const { procedure, reachable, mustFail, spec, guard } = language(state, { protections: ['take the object away before freeing it'] })

/** One step that does this. */
function once(body: (s: State) => unknown, properties: Parameters<typeof spec>[0]['properties'] = []): string {
  const steps = procedure(
    'once',
    {},
    {
      once(s) {
        body(s)
        return ret()
      },
    },
  )
  return litmus(spec({ name: 'once', title: 'One step', properties }), [process('once', steps)({})])
}

describe('live', () => {
  test('gives a live object, to read and write', () => {
    const written = reachable('Written', 'The object holds what was written.', (s) => s.obj.ids.some((o) => s.obj[o].value === 3))
    const outcome = once(
      (s) => {
        live(s.obj, alloc(s.obj)).value = 3
      },
      [written],
    )
    expect(outcome).toBe('holds')
  })

  test('reports a use after free', () => {
    const outcome = once((s) => {
      const object = alloc(s.obj)
      free(s.obj, object)
      live(s.obj, object)
    })
    expect(outcome).toBe('violated NoUseAfterFree: use after free')
  })

  test('reports a NULL pointer', () => {
    expect(once((s) => live(s.obj, s.shared))).toBe('violated NoUseAfterFree: NULL pointer dereference')
  })

  test('compiles for ids of the pool only, and for pools whose records have a life', () => {
    const Other = domain('other', 1)
    const others = schema({
      mortal: array(Other, record({ life })),
      eternal: array(Other, record({ value: int(0, 1) })),
      other: ref(Other),
      obj: ref(Obj),
    })
    language(others).procedure(
      'typed',
      {},
      {
        step(s) {
          live(s.mortal, s.other)
          // @ts-expect-error an id of another domain
          live(s.mortal, s.obj)
          // @ts-expect-error no life
          live(s.eternal, s.other)
          return ret()
        },
      },
    )
  })
})

describe('free', () => {
  test('reports what is not live', () => {
    const twice = once((s) => {
      const object = alloc(s.obj)
      free(s.obj, object)
      free(s.obj, object)
    })
    expect(twice).toBe('violated NoDoubleFree: double free')
    expect(once((s) => free(s.obj, s.shared))).toBe('violated NoDoubleFree: free of NULL')
  })

  const take = procedure(
    'take_and_free',
    { locals: { object: ref(Obj) } },
    {
      take(s, me) {
        me.object = s.shared
        if (me.object === 0) return ret()
        if (guard('take the object away before freeing it')) s.shared = 0
        return 'free'
      },
      free(s, me) {
        free(s.obj, me.object)
        s.shared = 0
        return ret()
      },
    },
  )
  const taker = process('taker', take)
  const takers = spec({
    name: 'takers',
    title: 'Two who free one object',
    init: (s) => {
      s.shared = alloc(s.obj)
    },
    properties: [],
  })

  test('sees the second of two threads that free one object', () => {
    expect(litmus(takers, [taker({}), taker({})])).toBe('holds')
    const outcome = litmus(takers, [taker({}), taker({})], { without: ['take the object away before freeing it'] })
    expect(outcome).toBe('violated NoDoubleFree: double free')
  })
})

describe('allocation', () => {
  /** Frees the first of two objects, and allocates one more while the stale pointer is kept. */
  function reallocate(allocate: typeof alloc, properties: Parameters<typeof spec>[0]['properties']): string {
    return once((s) => {
      s.stale = alloc(s.obj)
      free(s.obj, s.stale)
      s.fresh = allocate(s.obj)
    }, properties)
  }
  const sameAddress = mustFail(
    'NewAddress',
    'A new object has an address that no one remembers.',
    (s) => s.fresh === 0 || s.fresh !== s.stale,
  )
  const newAddress = mustFail('SameAddress', 'A new object has the address of the freed one.', (s) => s.fresh === s.stale)

  test('alloc takes the first free object', () => {
    expect(reallocate(alloc, [sameAddress])).toBe('holds')
    expect(reallocate(alloc, [newAddress])).toMatch(/^vacuous: .*SameAddress/)
  })

  test('alloc_any takes each of them', () => {
    expect(reallocate(alloc_any, [sameAddress, newAddress])).toBe('holds')
  })

  test.each([alloc, alloc_any])('is 0 where nothing is free: %o', (allocate) => {
    const full = reachable(
      'Full',
      'There are two objects, and no third.',
      (s) => s.obj.ids.every((o) => s.obj[o].life === 'live') && s.fresh === 0,
    )
    const outcome = once(
      (s) => {
        const first = allocate(s.obj)
        const second = allocate(s.obj)
        if (first !== 0 && second !== 0) s.fresh = allocate(s.obj)
      },
      [full],
    )
    expect(outcome).toBe('holds')
  })
})
