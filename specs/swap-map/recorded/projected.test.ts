/**
 * What specs/swap-map does with a slot is a behaviour of the slot by itself: the spec that recordings are held against is no stricter than the one with the
 * callers, and each of its steps is taken where a step of theirs is that it stands for.
 *
 * All runs of a scenario are followed, for each slot by itself. Large scenarios take longer, and are followed with SWAPCHECK_LARGE=1.
 */
import process from 'node:process'
import { expect, test } from 'vitest'
import { Automaton, followEveryRun } from '../../../checker/index.js'
import { scenarios } from '../scenarios/index.js'
import { asSlot } from './as-slot.js'
import { observer } from './observed.js'
import { standsFor } from './stands-for.js'

const isAll = process.env.SWAPCHECK_LARGE === '1'
const LARGE = 12_000

/** Those that lack a protection do what no kernel should. */
const followed = scenarios.filter(
  ({ expect: { verdict, distinct }, set }) => verdict === 'holds' && set !== 'nightly' && (isAll || distinct <= LARGE),
)
const automaton = new Automaton(observer as never)
const seen = new Set<string>()

test.each(followed)('$id is followed', (scenario) => {
  for (let slot = 0; slot < (scenario.bounds?.entry ?? 1); slot++) {
    const { steps, unfollowed } = followEveryRun(asSlot(scenario as never, slot), automaton)
    expect(unfollowed).toBeUndefined()
    for (const step of steps) seen.add(step)
  }
})

test('each store, and each change of the swap cache, was one that a step stands for', () => {
  const all = Object.entries(standsFor).flatMap(([step, of]) => of.map((concrete) => `${concrete}: ${step}`))
  // 6.12 calls zswap_invalidate() before the byte is 0, which as-slot.ts takes for one step.
  expect([...seen].filter((pair) => !all.includes(pair))).toEqual([
    'swap_entry_range_free.map: zswap_invalidate.call',
    'swap_entry_range_free.map: zswap_invalidate.xa_erase',
  ])
  const never = all.filter(
    (pair) => !seen.has(pair) && /WRITE_ONCE|__swap_entry_free_locked|_swap_cache$|xas_store|memset|\.map/.test(pair),
  )
  // No scenario has a file whose page goes out, or an add_to_swap_cache() that fails; those with counts that go on keep them apart from the slots.
  expect(never).toEqual([
    'swap_duplicate.swap_map: swap_duplicate_continued.WRITE_ONCE',
    '__swap_duplicate.WRITE_ONCE: swap_shmem_alloc.WRITE_ONCE',
    'swap_free.swap_map: cluster_swap_free_nr_continued.__swap_entry_free_locked',
    'swap_free.swap_map: free_swap_and_cache_nr_continued.__swap_entry_free_locked',
    'put_swap_folio.__swap_entry_free_locked: put_swap_folio.__swap_entry_free_locked',
  ])
})
