/** Slots of the swap device. */
import { assert, known, type Ref } from '../../checker/index.js'
import { NoDoubleFree, NoUseAfterFree } from '../kernel/memory.js'
import { guard, type State } from './state.js'

/** Under si->lock, one step; 0 when the device has none, or is being taken away. */
export function swap_slot_alloc(s: State): Ref<'slot'> {
  if (!s.SWP_WRITEOK && guard('allocate slots only while the device is on')) return 0
  const slot = s.swap_map.ids.find((id) => s.swap_map[id] === 'free') ?? 0
  if (slot !== 0) s.swap_map[slot] = 'allocated'
  return slot
}

/** Under si->lock, one step. */
export function swap_slot_free(s: State, slot: Ref<'slot'>): void {
  assert(s.swap_map[known(slot)] === 'allocated', 'a slot is freed that is free', NoDoubleFree)
  s.swap_map[known(slot)] = 'free'
  s.medium[known(slot)] = 0
}

/** submit_bio_wait() */
export function swap_rw_page(s: State): void {
  assert(!s.torn_down, 'I/O to a device that swapoff has given back', NoUseAfterFree)
}
