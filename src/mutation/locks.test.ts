import { expect, test } from 'vitest'
import {
  assert,
  blocked,
  bool,
  int,
  isLeftOut,
  language,
  mayBeLacked,
  process,
  ref,
  ret,
  scenario,
  schema,
  Thread,
} from '../../checker/index.js'
import { fates } from '../testing/tried.js'

const { invariant, procedure, quiescent, spec } = language(
  schema({ n: int(0, 4), done: int(0, 4), owner: ref(Thread), reading: int(0, 2), freed: bool, ready: bool }),
)
const expectation = { verdict: 'holds', distinct: 0, generated: 0, depth: 0 } as const
const NoLostUpdate = quiescent('NoLostUpdate', 'Every increment counts.', (s) => s.n === s.done)

/** Adds to a counter under a lock, in two steps or in one. */
const adder = (isOne: boolean) =>
  procedure(
    'add',
    { locals: { old: int(0, 4) } },
    {
      lock(s, me) {
        if (isLeftOut('lock')) return 'load'
        if (s.owner !== 0) return blocked
        s.owner = me.self
        return 'load'
      },
      load(s, me) {
        me.old = s.n
        if (!isOne) return 'store'
        s.n += 1
        s.done += 1
        return 'unlock'
      },
      store(s, me) {
        s.n = me.old + 1
        s.done += 1
        return 'unlock'
      },
      unlock(s, me) {
        if (s.owner !== me.self && mayBeLacked('lock')) return ret()
        assert(s.owner === me.self, 'it holds the lock')
        s.owner = 0
        return ret()
      },
    },
  )

const two = (isOne: boolean) => {
  const add = process('adder', adder(isOne))
  return scenario(spec({ name: 'locks', title: '', properties: [NoLostUpdate] }), {
    name: 'two',
    title: '',
    run: [add({}), add({})],
    unreachable: isOne ? { 'it is one step': ['add.store'] } : {},
    expect: expectation,
  })
}

test('a lock is missed where it protects something', async () =>
  expect(await fates('locks', two(false))).toEqual({ 'lock:add.lock': 'NoLostUpdate' }))

test('and is not where it protects one step: who has not taken it does not drop it', async () =>
  expect(await fates('locks', two(true))).toEqual({ 'lock:add.lock': 'survived' }))

test('a section is left out of a procedure as a whole; another waits for its end', async () => {
  const reader = procedure(
    'read',
    { locals: { i: int(0, 2) } },
    {
      lock(s) {
        if (!isLeftOut('section')) s.reading += 1
        return s.freed ? 'unlock' : 'use'
      },
      use(s) {
        assert(!s.freed, 'use after free')
        return 'unlock'
      },
      unlock(s) {
        if (mayBeLacked('section')) return ret()
        s.reading -= 1
        return ret()
      },
    },
  )
  const writer = procedure(
    'free',
    {},
    {
      wait(s) {
        if (s.reading > 0) return blocked
        s.freed = true
        return ret()
      },
    },
  )
  const one = scenario(spec({ name: 'sections', title: '', properties: [] }), {
    name: 'one',
    title: '',
    run: [process('reader', reader)({}), process('writer', writer)({})],
    expect: expectation,
  })
  expect(await fates('locks', one)).toEqual({ 'lock:read': 'use after free', 'lock:free.wait:ret': 'survived' })
})

test('a wait for something else is not waited for', async () => {
  const Ready = invariant('Ready', 'It goes on when all is ready.', (s) => s.n === 0 || s.ready)
  const waiter = (label: 'n' | 'done') =>
    procedure(
      'wait',
      {},
      {
        wait: (s) => (s.ready ? label : blocked),
        n(s) {
          s.n = 1
          return ret()
        },
        done(s) {
          s.done = 1
          return ret()
        },
      },
    )
  const maker = procedure(
    'make',
    {},
    {
      make(s) {
        s.ready = true
        return ret()
      },
    },
  )
  const one = (label: 'n' | 'done') =>
    scenario(spec({ name: 'waits', title: '', properties: [Ready] }), {
      name: 'one',
      title: '',
      run: [process('waiter', waiter(label))({}), process('maker', maker)({})],
      unreachable: { 'it goes the other way': [label === 'n' ? 'wait.done' : 'wait.n'] },
      expect: expectation,
    })
  expect(await fates('locks', one('n'))).toEqual({ 'lock:wait.wait:n': 'Ready' })
  expect(await fates('locks', one('done'))).toEqual({ 'lock:wait.wait:done': 'survived' })
})
