/** mm/shmem.c: the slots of mapping->i_pages, each access of which is one step, under xa_lock or RCU; and the device behind them. */
import { assert, type Id, known, nth, ordinal, type Ref } from '../../checker/index.js'
import { NoUseAfterFree } from '../kernel/memory.js'
import { invariant, type State } from './state.js'

export function file(s: State): State['shmem_file'][Id<'shmem_file'>] {
  return s.shmem_file[known(s.shmem_file.ids[0] ?? 0)]
}

/** The slot that a sibling belongs to, or the slot itself: what xas_load() comes to. */
export function canonical(s: State, index: Id<'shmem_index'>): Id<'shmem_index'> {
  return s.shmem_index[index].slot === 'sibling' ? known(nth(s.shmem_index.ids, index, -1)) : index
}

/** 1 << xa_get_order(&mapping->i_pages, index) */
export function nr_slots(s: State, index: Id<'shmem_index'>): number {
  const next = nth(s.shmem_index.ids, canonical(s, index), 1)
  return next !== 0 && s.shmem_index[next].slot === 'sibling' ? 2 : 1
}

/** `nr` entries, or slots, in a row. */
export function range(s: State, first: Id<'shmem_index'>, nr: number): readonly Id<'shmem_index'>[] {
  return s.shmem_index.ids.slice(ordinal(first) - 1, ordinal(first) - 1 + nr)
}

/** shmem_confirm_swap(mapping, index, swap): the slot still holds the value. */
export function shmem_confirm_swap(s: State, index: Id<'shmem_index'>, swap: Ref<'shmem_index'>): boolean {
  const at = canonical(s, index)
  return s.shmem_index[at].slot === 'value' && at === swap
}

/** Stands where the C reads si->swap_file, or si->swap_map. */
export function touch_swap_file(s: State): void {
  assert(file(s).si_life === 'live', 'use after free: si->swap_file', NoUseAfterFree)
}

export const ShmemEntryCounted = invariant(
  'ShmemEntryCounted',
  'A swap entry in i_pages has its count in swap_map, for each of the slots that it is over.',
  (s) => s.shmem_index.ids.every((id) => !['value', 'sibling'].includes(s.shmem_index[id].slot) || s.shmem_index[id].SWAP_MAP_SHMEM),
)
