/** mm/swapfile.c: physical slots, and the references to their device (v6.14 with patches 4, 5 and 10). */
import { assert, type Id, type Ref } from '../../checker/index.js'
import { atomic_dec, atomic_inc } from '../kernel/atomic.js'
import { NoDoubleFree, NoUseAfterFree } from '../kernel/memory.js'
import { percpu_ref_put, percpu_ref_tryget_live } from '../kernel/percpu-ref.js'
import { guard, type State } from './state.js'

/** Stands where the C reads swap_map, cluster_info, bdev or swap_file of the device. */
export function touch_device(s: State): void {
  assert(!s.device.watched || s.device.life === 'live', 'use after free: the swap device', NoUseAfterFree)
}

/**
 * swap_slot_alloc(1, &slot, 0); 0 where there is none. One step: a device off the list, or without a live reference, is passed over;
 * cluster_alloc_range() looks at SWP_WRITEOK again with ci->lock held, and wait_for_allocation() takes each ci->lock after it was cleared. So
 * whatever was found before, the slot is taken while SWP_WRITEOK is set, and the rest commutes.
 */
export function swap_slot_alloc(s: State): Ref<'slot'> {
  const slot = s.swap_map.ids.find((id) => s.swap_map[id] === '0')
  if (slot === undefined || !takesNewSlots(s)) return 0
  touch_device(s)
  s.swap_map[slot] = 'SWAP_MAP_ALLOCATED'
  if (s.device.watched) atomic_inc(s.device, 'inuse_pages')
  return slot
}

function takesNewSlots({ device }: State): boolean {
  if (!device.watched) return true
  if (!device.users.live) return false
  return (device.avail && device.SWP_WRITEOK) || !guard('refuse a device that is not SWP_WRITEOK')
}

/** swap_slot_free_nr(slot, 1): VM_BUG_ON(*map != usage); *map = 0; … swap_usage_sub(si, nr_entries); one step under ci->lock. */
export function swap_slot_free_nr(s: State, slot: Id<'slot'>): void {
  touch_device(s)
  assert(s.swap_map[slot] === 'SWAP_MAP_ALLOCATED', 'VM_BUG_ON(*map != usage)', NoDoubleFree)
  if (!guard('free the physical slot with the virtual one')) return
  s.swap_map[slot] = '0'
  if (s.device.watched && guard('lower inuse_pages with the slot')) atomic_dec(s.device, 'inuse_pages')
}

/** if (!ci->count) free_cluster(si, ci); unlock_cluster(ci); what swap_slot_free_nr() does when inuse_pages is lowered already. */
export function unlock_cluster(s: State): void {
  touch_device(s)
}

/** swap_slot_tryget_swap_info(slot): the slot, where its device is alive and is now held; else 0. One percpu_ref_tryget_live(). */
export function swap_slot_tryget_swap_info(s: State, slot: Ref<'slot'>): Ref<'slot'> {
  return slot !== 0 && s.device.watched && !percpu_ref_tryget_live(s.device.users) ? 0 : slot
}

/** unlock_swapoff(entry, si): if (si) swap_slot_put_swap_info(si); one percpu_ref_put(). */
export function unlock_swapoff(s: State, si: Ref<'slot'>): void {
  if (si !== 0 && s.device.watched) percpu_ref_put(s.device.users)
}

/** swap_slot_cache_enabled: swapoff switches it off. */
export function swap_slot_cache_enabled({ device }: State): boolean {
  return !device.watched || device.swap_slot_cache_enabled
}
