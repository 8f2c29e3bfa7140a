import { describe, expect, test } from 'vitest'
import { blocked, bool, language, process, ret, schema } from '../../checker/index.js'
import { litmus } from './testing/litmus.js'
import {
  add_wait_queue,
  finish_wait,
  is_sleeping,
  prepare_to_wait,
  set_current_state,
  wait_queue_head_t,
  waitqueue_active,
  wake_up,
} from './wait-queue.js'

const state = schema({ wq: wait_queue_head_t, condition: bool })
const { procedure, reachable, quiescent, spec, guard } = language(state, {
  protections: ['prepare before the check', 'queue and state in one', 'condition before the wake-up', 'wake_up'],
})

const waiter = process(
  'waiter',
  procedure(
    'wait_event',
    {},
    {
      prepare_to_wait(s, me) {
        if (!guard('prepare before the check')) return 'check'
        if (guard('queue and state in one')) prepare_to_wait(s.wq, me.self)
        else add_wait_queue(s.wq, me.self)
        return 'check'
      },
      check(s) {
        return s.condition ? 'finish_wait' : 'sleep'
      },
      sleep(s, me) {
        if (!guard('prepare before the check')) prepare_to_wait(s.wq, me.self)
        if (!guard('queue and state in one')) set_current_state(s.wq, me.self)
        return 'schedule'
      },
      schedule(s, me) {
        return is_sleeping(s.wq, me.self) ? blocked : 'prepare_to_wait'
      },
      finish_wait(s, me) {
        finish_wait(s.wq, me.self)
        return ret()
      },
    },
  ),
)
const waker = process(
  'waker',
  procedure(
    'waker',
    { args: { asks_first: bool } },
    {
      first(s) {
        if (guard('condition before the wake-up')) s.condition = true
        else wake_up(s.wq)
        return 'second'
      },
      second(s, me) {
        if (!guard('condition before the wake-up')) s.condition = true
        else if (guard('wake_up') && (!me.asks_first || waitqueue_active(s.wq))) wake_up(s.wq)
        return ret()
      },
    },
  ),
)

const sleeps = reachable('Sleeps', 'Two threads sleep.', (s) => s.wq.sleeping.size === 2)
const clean = quiescent('Clean', 'Nobody is left on the queue.', (s) => !waitqueue_active(s.wq) && s.wq.sleeping.size === 0)
const waiting = spec({ name: 'waiting', title: 'Two waiters and a waker', properties: [sleeps, clean] })
const run = [waiter({}), waiter({}), waker({ asks_first: false })]

describe('a wait queue', () => {
  test('wakes everyone who waits for the condition', () => {
    expect(litmus(waiting, run)).toBe('holds')
  })

  test('does so too where the waker asks first whether anyone is on the queue', () => {
    expect(litmus(waiting, [waiter({}), waiter({}), waker({ asks_first: true })])).toBe('holds')
  })

  test.each([
    ['prepare_to_wait comes after the check', 'prepare before the check'],
    ['the state is set after the check', 'queue and state in one'],
    ['the wake-up comes before the condition', 'condition before the wake-up'],
    ['nobody wakes', 'wake_up'],
  ])('loses the wake-up where %s', (_, protection) => {
    expect(litmus(waiting, run, { without: [protection] })).toBe('deadlock')
  })

  test('wakes nobody who is not on it', () => {
    const unqueued = procedure(
      'unqueued',
      {},
      {
        sleep(s, me) {
          set_current_state(s.wq, me.self)
          wake_up(s.wq)
          return 'schedule'
        },
        schedule(s, me) {
          return is_sleeping(s.wq, me.self) ? blocked : ret()
        },
      },
    )
    const alone = spec({ name: 'unqueued', title: 'A sleeper that is on no queue', properties: [] })
    expect(litmus(alone, [process('unqueued', unqueued)({})])).toBe('deadlock')
  })
})
