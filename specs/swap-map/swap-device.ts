/** mm/swapfile.c: references to a swap device, and what stands on them. */
import { assert, type Id, known, type Ref } from '../../checker/index.js'
import { NoUseAfterFree } from '../kernel/memory.js'
import { percpu_ref_put, percpu_ref_tryget_live } from '../kernel/percpu-ref.js'
import type { State } from './state.js'

/** swp_type(entry) */
export function swp_type(s: State, entry: Id<'entry'>): Id<'device'> {
  const type = s.swp_type[entry]
  return known(type === 0 ? (s.swap_info.ids[0] ?? 0) : type)
}

/** swp_swap_info(entry) */
export function swp_swap_info(s: State, entry: Id<'entry'>): State['swap_info'][Id<'device'>] {
  return s.swap_info[swp_type(s, entry)]
}

/** Stands where the C reads si->swap_map, cluster_info, bdev or swap_file of the device that an entry is on. */
export function touch_device(s: State, entry: Id<'entry'>): void {
  assert(!s.device.watched || swp_swap_info(s, entry).life === 'live', 'use after free: the swap device', NoUseAfterFree)
}

/** The same of swap_address_space(entry), the tree of the swap cache, which goes with the device. */
export function touch_swapper_space(s: State, entry: Id<'entry'>): void {
  if (!s.device.static_swapper_spaces) touch_device(s, entry)
}

/** get_swap_device(entry): whether its device is alive, and is now held. One percpu_ref_tryget_live(). */
export function get_swap_device(s: State, entry: Id<'entry'>): boolean {
  return !s.device.watched || percpu_ref_tryget_live(swp_swap_info(s, entry).users)
}

/** put_swap_device(si), of the device that an entry is on. One percpu_ref_put(). */
export function put_swap_device(s: State, entry: Ref<'entry'>): void {
  if (s.device.watched) percpu_ref_put(swp_swap_info(s, known(entry)).users)
}
