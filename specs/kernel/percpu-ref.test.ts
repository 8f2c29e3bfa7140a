import { describe, expect, test } from 'vitest'
import { array, blocked, domain, int, language, process, record, ret, schema } from '../../checker/index.js'
import { alloc, free, life, live } from './memory.js'
import {
  percpu_ref,
  percpu_ref_is_zero,
  percpu_ref_kill,
  percpu_ref_put,
  percpu_ref_resurrect,
  percpu_ref_tryget_live,
} from './percpu-ref.js'
import { litmus } from './testing/litmus.js'

const Device = domain('device', 1)
const state = schema({ device: array(Device, record({ life, users: percpu_ref(3) })), gone: int(0, 2) })
const { procedure, reachable, spec, guard } = language(state, {
  protections: ['get_swap_device', 'percpu_ref_kill', 'wait_for_completion'],
})

const user = process(
  'user',
  procedure(
    'user',
    { args: { device: Device } },
    {
      get_swap_device(s, me) {
        if (guard('get_swap_device') && !percpu_ref_tryget_live(s.device[me.device].users)) return 'gone'
        return 'use'
      },
      use(s, me) {
        live(s.device, me.device)
        return 'put_swap_device'
      },
      put_swap_device(s, me) {
        if (guard('get_swap_device')) percpu_ref_put(s.device[me.device].users)
        return ret()
      },
      gone(s) {
        s.gone++
        return ret()
      },
    },
  ),
)
const swapoff = process(
  'swapoff',
  procedure(
    'swapoff',
    { args: { device: Device } },
    {
      percpu_ref_kill(s, me) {
        if (guard('percpu_ref_kill')) percpu_ref_kill(s.device[me.device].users)
        return 'wait_for_completion'
      },
      wait_for_completion(s, me) {
        const { users } = s.device[me.device]
        if (!guard('wait_for_completion')) return 'free'
        return guard('percpu_ref_kill') ? (percpu_ref_is_zero(users) ? 'free' : blocked) : users.count === 0 ? 'free' : blocked
      },
      free(s, me) {
        free(s.device, me.device)
        return ret()
      },
    },
  ),
)

const tooLate = reachable('TooLate', 'A user comes too late.', (s) => s.gone > 0)
const teardown = spec({
  name: 'teardown',
  title: 'The users of a device against its teardown',
  init(s) {
    const device = alloc(s.device)
    if (device !== 0) percpu_ref_resurrect(s.device[device].users)
  },
  properties: [tooLate],
})
const run = [user({ device: 1 }), user({ device: 1 }), swapoff({ device: 1 })]

describe('a percpu_ref', () => {
  test('keeps a device while somebody uses it', () => {
    expect(litmus(teardown, run)).toBe('holds')
  })

  test.each(['get_swap_device', 'percpu_ref_kill', 'wait_for_completion'])('needs %s', (protection) => {
    expect(litmus(teardown, run, { without: [protection] })).toBe('violated NoUseAfterFree: use after free')
  })

  test('that nobody puts is waited for in vain', () => {
    const leak = procedure(
      'leak',
      { args: { device: Device } },
      { get: (s, me) => (percpu_ref_tryget_live(s.device[me.device].users) ? ret() : ret()) },
    )
    expect(litmus(teardown, [process('leak', leak)({ device: 1 }), swapoff({ device: 1 })])).toBe('deadlock')
  })

  test('starts dead, and lives from resurrect to kill', () => {
    const users = { count: 0, live: false }
    expect([percpu_ref_is_zero(users), percpu_ref_tryget_live(users)]).toEqual([true, false])
    percpu_ref_resurrect(users)
    expect([percpu_ref_is_zero(users), percpu_ref_tryget_live(users)]).toEqual([false, true])
    percpu_ref_kill(users)
    expect([percpu_ref_is_zero(users), percpu_ref_tryget_live(users)]).toEqual([false, false])
    percpu_ref_put(users)
    expect(percpu_ref_is_zero(users)).toBe(true)
  })

  test('reports what cannot be', () => {
    expect(() => percpu_ref_put({ count: 0, live: true })).toThrow('refcount underflow')
    expect(() => percpu_ref_kill({ count: 0, live: false })).toThrow('percpu_ref_kill_and_confirm called more than once')
    expect(() => percpu_ref_resurrect({ count: 0, live: true })).toThrow('WARN_ON_ONCE(!percpu_ref_is_dying(ref))')
  })
})
