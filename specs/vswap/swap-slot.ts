/** mm/swapfile.c: physical slots, and the references to their device (v6.14 with patches 4, 5 and 10). */
import { assert, choose, type Id, known, nth, type Ref } from '../../checker/index.js'
import { atomic_add, atomic_sub } from '../kernel/atomic.js'
import { NoDoubleFree, NoUseAfterFree } from '../kernel/memory.js'
import { percpu_ref_put, percpu_ref_tryget_live } from '../kernel/percpu-ref.js'
import { guard, type State } from './state.js'
import { cluster_is_usable, free_cluster, schedule_discard } from './swap-cluster.js'

/** swp_slot_type(slot): its device; that of slot 0 is the first. */
export function swp_slot_type(s: State, slot: Ref<'slot'>): Id<'device'> {
  const type = slot === 0 ? 0 : s.swp_slot_type[slot]
  return known(type === 0 ? (s.swap_info.ids[0] ?? 0) : type)
}

/** swp_slot_offset(slot): which it is on its device, from 1. */
export function swp_slot_offset(s: State, slot: Id<'slot'>): number {
  const type = swp_slot_type(s, slot)
  return s.swap_map.ids.filter((id) => id <= slot && swp_slot_type(s, id) === type).length
}

/** si->flags & SWP_SYNCHRONOUS_IO of the device that a slot is on. */
export function is_synchronous(s: State, slot: Ref<'slot'>): boolean {
  return s.SWP_SYNCHRONOUS_IO && swp_slot_type(s, slot) === s.swap_info.ids[0]
}

/** Stands where the C reads swap_map, cluster_info, bdev or swap_file of the device that a slot is on. */
export function touch_device(s: State, slot: Ref<'slot'>): void {
  assert_device_live(s, swp_slot_type(s, slot))
}

/** The same, by the device. */
export function assert_device_live({ device, swap_info }: State, type: Id<'device'>): void {
  assert(!device.watched || swap_info[type].life === 'live', 'use after free: the swap device', NoUseAfterFree)
}

/**
 * swap_slot_alloc(1, &slot, order), for `nr` slots in a row; 0 where there are none. One step: a device off the list, or without a live reference, is passed over;
 * cluster_alloc_range() looks at SWP_WRITEOK again with ci->lock held, and wait_for_allocation() takes each ci->lock after it was cleared. So
 * whatever was found before, the slot is taken while SWP_WRITEOK is set, and the rest commutes. Of several devices any may be taken: those
 * of one priority come in turn, and one that was full when it was looked at has room by now.
 */
export function swap_slot_alloc(s: State, nr: number): Ref<'slot'> {
  const slots = s.swap_info.ids.flatMap((type) =>
    takesNewSlots(s, type) ? s.swap_map.ids.filter((id) => slotsOf(s, id, nr).every((each) => isFreeOn(s, type, each))).slice(0, 1) : [],
  )
  if (slots.length === 0) return 0
  const slot = slots.length === 1 ? known(slots[0] ?? 0) : choose(slots)
  touch_device(s, slot)
  for (const each of slotsOf(s, slot, nr)) s.swap_map[known(each)] = 'SWAP_MAP_ALLOCATED'
  if (s.device.watched) atomic_add(s.swap_info[swp_slot_type(s, slot)], 'inuse_pages', nr)
  return slot
}

function slotsOf(s: State, slot: Id<'slot'>, nr: number): Ref<'slot'>[] {
  return Array.from({ length: nr }, (_, i) => slot_nth(s, slot, i))
}

/** slot.val + n; 0 for no slot, and beyond the end of its device. */
export function slot_nth(s: State, slot: Ref<'slot'>, n: number): Ref<'slot'> {
  const at = slot === 0 ? 0 : nth(s.swap_map.ids, slot, n)
  return at !== 0 && swp_slot_type(s, at) === swp_slot_type(s, slot) ? at : 0
}

function takesNewSlots(s: State, type: Id<'device'>): boolean {
  if (!s.device.watched) return true
  const { avail, SWP_WRITEOK, users } = s.swap_info[type]
  if (!users.live) return false
  return (avail && SWP_WRITEOK) || !guard('refuse a device that is not SWP_WRITEOK')
}

/** cluster_scan_range(): count = READ_ONCE(map[offset]); if (!count) continue; … return false; */
function isFreeOn(s: State, type: Id<'device'>, slot: Ref<'slot'>): boolean {
  if (slot === 0 || swp_slot_type(s, slot) !== type) return false
  if (s.swap_map[slot] !== 'SWAP_MAP_BAD') return s.swap_map[slot] === '0'
  return cluster_is_usable(s, type) ? !guard('pass over a bad slot') : !guard('keep off a cluster that is being discarded')
}

function slotsOn(s: State, type: Id<'device'>): readonly Id<'slot'>[] {
  return s.swap_map.ids.filter((id) => swp_slot_type(s, id) === type)
}

/**
 * swap_slot_free_nr(slot, nr): VM_BUG_ON(*map != usage); *map = 0; … swap_usage_sub(si, nr_entries); if (!ci->count) free_cluster(si, ci); one step under ci->lock. Who
 * reads without it sees no difference between a slot that is bad and one that is free, and schedule_work() comes in the next.
 */
export function swap_slot_free_nr(s: State, slot: Id<'slot'>, nr: number): void {
  touch_device(s, slot)
  const isFreed = guard('free the physical slot with the virtual one')
  for (const each of slotsOf(s, slot, nr)) {
    assert(s.swap_map[known(each)] === 'SWAP_MAP_ALLOCATED', 'VM_BUG_ON(*map != usage)', NoDoubleFree)
    if (isFreed) s.swap_map[known(each)] = '0'
  }
  if (!isFreed) return
  const type = swp_slot_type(s, slot)
  if (s.device.watched && guard('lower inuse_pages with the slot')) atomic_sub(s.swap_info[type], 'inuse_pages', nr)
  if (s.device.SWP_PAGE_DISCARD) free_cluster(s, type, slotsOn(s, type))
}

/** schedule_work(&si->discard_work), in free_cluster(); unlock_cluster(ci); what swap_slot_free_nr() does when inuse_pages is lowered already. */
export function unlock_cluster(s: State, slot: Ref<'slot'>): void {
  touch_device(s, slot)
  schedule_discard(s, swp_slot_type(s, slot))
}

/** swap_slot_tryget_swap_info(slot): the slot, where its device is alive and is now held; else 0. One percpu_ref_tryget_live(). */
export function swap_slot_tryget_swap_info(s: State, slot: Ref<'slot'>): Ref<'slot'> {
  return slot !== 0 && s.device.watched && !percpu_ref_tryget_live(s.swap_info[swp_slot_type(s, slot)].users) ? 0 : slot
}

/** unlock_swapoff(entry, si): if (si) swap_slot_put_swap_info(si); one percpu_ref_put(). */
export function unlock_swapoff(s: State, si: Ref<'slot'>): void {
  if (si !== 0 && s.device.watched) percpu_ref_put(s.swap_info[swp_slot_type(s, si)].users)
}

/** swap_slot_cache_enabled: swapoff switches it off. */
export function swap_slot_cache_enabled({ device }: State): boolean {
  return !device.watched || device.swap_slot_cache_enabled
}
