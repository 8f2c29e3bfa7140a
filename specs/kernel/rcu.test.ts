import { describe, expect, test } from 'vitest'
import { array, blocked, bool, domain, type Id, language, process, type RecordView, record, ref, ret, schema } from '../../checker/index.js'
import { alloc, free, life, live } from './memory.js'
import {
  kfree_rcu,
  rcu_free,
  rcu_gp_over,
  rcu_read_lock,
  rcu_read_lock_held,
  rcu_read_unlock,
  rcu_state,
  rcu_synchronized,
  synchronize_rcu,
} from './rcu.js'
import { litmus } from './testing/litmus.js'

const Obj = domain('obj', 1)
const state = schema({ rcu: rcu_state(Obj), pointer: ref(Obj), obj: array(Obj, record({ life })), nested: bool, overlap: bool })
type State = RecordView<(typeof state)['fields']>
const { procedure, action, quiescent, reachable, spec, guard } = language(state, {
  protections: ['rcu_read_lock', 'kfree_rcu', 'unpublish first', 'wait for the grace period'],
})

const reader = process(
  'reader',
  procedure(
    'reader',
    { locals: { p: ref(Obj) } },
    {
      rcu_read_lock(s, me) {
        if (guard('rcu_read_lock')) rcu_read_lock(s.rcu, me.self)
        return 'rcu_dereference'
      },
      rcu_dereference(s, me) {
        me.p = s.pointer
        return me.p === 0 ? 'rcu_read_unlock' : 'nested'
      },
      /** A section inside the section ends in it. */
      nested(s, me) {
        if (s.nested) {
          rcu_read_lock(s.rcu, me.self)
          rcu_read_unlock(s.rcu, me.self)
        }
        return 'use'
      },
      use(s, me) {
        live(s.obj, me.p)
        return 'rcu_read_unlock'
      },
      rcu_read_unlock(s, me) {
        if (guard('rcu_read_lock')) rcu_read_unlock(s.rcu, me.self)
        return ret()
      },
    },
  ),
)

const anyoneInside = (s: State) => s.rcu.ids.some((thread) => rcu_read_lock_held(s.rcu, thread))
const isFreed = (s: State) => s.obj.ids.every((obj) => s.obj[obj].life === 'free')

const nothingWaits = (reader: State['rcu'][Id<'thread'>]) => reader.delayed_objects.size + reader.delayed_threads.size === 0
const freed = quiescent(
  'Freed',
  'In the end the object is free, and nothing waits.',
  (s) => isFreed(s) && s.rcu.ids.every((t) => nothingWaits(s.rcu[t])),
)
const lateReader = reachable('LateReader', 'The object is freed while a reader is inside that came later.', (s) => s.overlap)

const rcu_callback = action('rcu_callback', {
  params: { obj: Obj },
  guard: (s, { obj }) => rcu_gp_over(s.rcu, s.obj, obj),
  effect(s, { obj }) {
    rcu_free(s.rcu, s.obj, obj)
    s.overlap = anyoneInside(s)
  },
})

function publish(s: State): void {
  s.pointer = alloc(s.obj)
}

describe('kfree_rcu', () => {
  const remover = process(
    'remover',
    procedure(
      'remover',
      { locals: { p: ref(Obj) } },
      {
        unpublish(s, me) {
          me.p = s.pointer
          if (guard('unpublish first')) s.pointer = 0
          return 'kfree_rcu'
        },
        kfree_rcu(s, me) {
          if (guard('kfree_rcu')) kfree_rcu(s.rcu, s.obj, me.p)
          else free(s.obj, me.p)
          return 'late'
        },
        late(s) {
          s.pointer = 0
          return ret()
        },
      },
    ),
  )
  const run = [reader({}), reader({}), remover({})]
  const waits = reachable('Waits', 'The object waits for a reader.', (s) =>
    s.obj.ids.some((obj) => s.obj[obj].life === 'rcu' && !rcu_gp_over(s.rcu, s.obj, obj)),
  )
  const removal = spec({
    name: 'removal',
    title: 'Readers against the removal of what they read',
    init: publish,
    actions: [rcu_callback],
    properties: [freed, lateReader, waits],
  })

  test('frees an object that no reader uses', () => {
    expect(litmus(removal, run)).toBe('holds')
  })

  test.each(['rcu_read_lock', 'kfree_rcu', 'unpublish first'])('needs %s', (protection) => {
    expect(litmus(removal, run, { without: [protection] })).toBe('violated NoUseAfterFree: use after free')
  })

  test('waits for the end of the outermost section', () => {
    const outcome = litmus(removal, run, {
      init(s) {
        s.nested = true
      },
    })
    expect(outcome).toBe('holds')
  })
})

describe('synchronize_rcu', () => {
  const remover = process(
    'remover',
    procedure(
      'remover',
      { locals: { p: ref(Obj) } },
      {
        unpublish(s, me) {
          me.p = s.pointer
          if (guard('unpublish first')) s.pointer = 0
          return 'synchronize_rcu'
        },
        synchronize_rcu(s, me) {
          synchronize_rcu(s.rcu, me.self)
          return 'wait'
        },
        wait(s, me) {
          if (guard('wait for the grace period') && !rcu_synchronized(s.rcu, me.self)) return blocked
          free(s.obj, me.p)
          s.pointer = 0
          s.overlap = anyoneInside(s)
          return ret()
        },
      },
    ),
  )
  const run = [reader({}), reader({}), remover({})]
  const removal = spec({
    name: 'removal',
    title: 'Readers against a removal that waits for them',
    init: publish,
    properties: [freed, lateReader],
  })

  test('returns when no reader is left that was there', () => {
    expect(litmus(removal, run)).toBe('holds')
  })

  test.each(['rcu_read_lock', 'wait for the grace period', 'unpublish first'])('needs %s', (protection) => {
    expect(litmus(removal, run, { without: [protection] })).toBe('violated NoUseAfterFree: use after free')
  })
})

describe('what is reported', () => {
  function once(body: (s: State, self: Id<'thread'>) => unknown): string {
    const steps = procedure(
      'once',
      {},
      {
        once(s, me) {
          body(s, me.self)
          return ret()
        },
      },
    )
    return litmus(spec({ name: 'once', title: 'One step', init: publish, properties: [] }), [process('once', steps)({})])
  }

  test('rcu_read_unlock outside a section', () => {
    const outcome = once((s, self) => {
      rcu_read_lock(s.rcu, self)
      rcu_read_unlock(s.rcu, self)
      rcu_read_unlock(s.rcu, self)
    })
    expect(outcome).toBe('violated LockingCorrect: bad unlock balance detected!')
  })

  test('synchronize_rcu inside a section', () => {
    const outcome = once((s, self) => {
      rcu_read_lock(s.rcu, self)
      synchronize_rcu(s.rcu, self)
    })
    expect(outcome).toBe('violated LockingCorrect: Illegal synchronize_rcu() in RCU read-side critical section')
  })

  test('a second kfree_rcu, and a kfree after it', () => {
    const twice = (last: typeof kfree_rcu) =>
      once((s) => {
        const { pointer } = s
        kfree_rcu(s.rcu, s.obj, pointer)
        last(s.rcu, s.obj, pointer)
      })
    expect(twice(kfree_rcu)).toBe('violated NoDoubleFree: double free')
    expect(twice((_, pool, object) => free(pool, object))).toBe('violated NoDoubleFree: double free')
  })

  test('an object that is freed before its grace period is over', () => {
    const outcome = once((s, self) => {
      const { pointer } = s
      rcu_read_lock(s.rcu, self)
      kfree_rcu(s.rcu, s.obj, pointer)
      if (pointer !== 0) rcu_free(s.rcu, s.obj, pointer)
    })
    expect(outcome).toMatch(/^violated rcu_free before the grace period is over/)
  })
})
