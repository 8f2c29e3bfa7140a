/** The table of events and steps, against the spec, and the events that are recorded but are no steps. */
import { describe, expect, test } from 'vitest'
import { type Scenario, Walker } from '../../../checker/index.js'
import { scenarios } from '../scenarios/index.js'
import { labelOf, mappings, observer } from './observed.js'
import { anyKernel } from './slot.js'
import { only6_12, standsFor } from './stands-for.js'

/** Steps that nobody sees: xa_load() takes no lock, and the rest is no access to the slot. */
const hidden = [
  'zswap_load_direct.xa_load',
  'zswap_invalidate.done',
  'free_swap_slot.zswap_invalidate',
  'free_swap_slot.put_slot',
  '__try_to_reclaim_swap.zswap_invalidate',
]

function stepNames(of: readonly Scenario[]): string[] {
  const procedures = new Set(of.flatMap(({ run = [] }) => run.map(({ procedure }) => procedure)))
  for (const { calls } of procedures) for (const callee of calls) procedures.add(callee)
  const steps = [...procedures].flatMap(({ name, steps }) => [...steps.keys()].map((label) => `${name}.${label}`))
  return [...steps, ...new Set(of.flatMap(({ spec }) => spec.actions.map(({ name }) => name)))]
}

const slotSteps = stepNames([anyKernel as unknown as Scenario])

test('each step is in the table, or hidden; the table has no others', () => {
  expect([...new Set(mappings.flatMap(({ steps }) => steps))].sort()).toEqual(slotSteps.filter((step) => !hidden.includes(step)).sort())
  expect(slotSteps).toEqual(expect.arrayContaining(hidden))
})

describe('what steps stand for', () => {
  const steps = new Set(stepNames(scenarios))

  test('each step of swap-slot stands for steps of swap-map, or says why there is none', () => {
    expect([...Object.keys(standsFor), ...Object.keys(only6_12)].sort()).toEqual([...slotSteps].sort())
    for (const of of Object.values(standsFor)) expect(of).not.toEqual([])
  })

  test('each of those is there', () =>
    expect(
      Object.values(standsFor)
        .flat()
        .filter((step) => !steps.has(step)),
    ).toEqual([]))
})

describe('labels', () => {
  test('of a store are the same for the step and the event', () => {
    const [start] = new Walker(anyKernel).starts()
    expect(start?.state.variables.get('swap_map')).toBe(0)
    expect(observer.label('cluster_alloc_range.memset', 0, 64)).toBe('cluster_alloc_range 0>64')
    expect(labelOf({ event: 'store', in: 'scan_swap_map_slots', old: 0, new: 64 })).toBe('cluster_alloc_range 0>64')
    expect(labelOf({ event: 'store', in: 'alloc_swap_scan_cluster', old: 0, new: 64 })).toBe('cluster_alloc_range 0>64')
  })

  test('of a store by a function that nobody knows is no step', () => {
    const label = labelOf({ event: 'store', in: 'new_function', old: 0, new: 64 })
    expect(label).toBe('new_function 0>64')
    expect(mappings.map((m) => m.label)).not.toContain('new_function')
  })

  test('of calls and returns', () => {
    expect(labelOf({ event: 'call', in: 'zswap_load' })).toBe('zswap_load')
    expect(labelOf({ event: 'return', in: 'zswap_load', ret: 1 })).toBe('zswap_load = 1')
    expect(labelOf({ event: 'return', in: 'zswap_writeback_entry', ret: -17 })).toBe('zswap_writeback_entry = error')
    expect(observer.label('zswap_writeback_given_up.return_error', 64, 64)).toBe('zswap_writeback_entry = error')
  })

  test('of what only leads to steps there is none', () => {
    for (const name of ['swap_free_nr', 'folio_free_swap', '__x64_sys_swapoff'])
      expect(labelOf({ event: 'call', in: name })).toBeUndefined()
    expect(observer.label('zswap_load_direct.xa_load', 64, 64)).toBeUndefined()
  })

  test('of what zswap does in its locks tell what was there before', () => {
    const IN_TREE = 256
    expect(labelOf({ event: 'tree', in: 'xa_erase', ret: 1 })).toBe('xa_erase = 1')
    expect(observer.label('zswap_load.xa_erase', IN_TREE + 64, 64)).toBe('xa_erase = 1')
    expect(observer.label('zswap_load.xa_erase', 64, 64)).toBe('xa_erase = 0')
    // Another entry is there than the one that is written back.
    expect(observer.label('zswap_writeback_given_up.xa_cmpxchg', IN_TREE + 65, IN_TREE + 65)).toBe('xa_cmpxchg = 0')
    expect(observer.label('zswap_store.list_lru_add', 64, 64)).toBe(labelOf({ event: 'lru', in: 'list_lru_add', ret: 1 }))
    expect(observer.label('put_swap_folio.__swap_entry_free_locked', IN_TREE + 64, 64)).toBe('put_swap_folio 64>64')
  })
})
