/**
 * mm/swapfile.c: the cluster of physical slots of a device (v6.14), as far as it is seen: its slots may be bad, and are discarded together once none is in use.
 *
 * Left out: the lists and orders of clusters, as `swap_slot_alloc()` takes any slots that are free; and the discard that an allocation does itself which finds no
 * slot: it does what the work does, which may do it just before.
 */
import type { Id } from '../../checker/index.js'
import { guard, type State } from './state.js'

/** cluster_is_usable(ci, order): ci->flags is not CLUSTER_FLAG_DISCARD. Its slots are bad, too, so each of the two marks is enough. */
export function cluster_is_usable({ swap_info }: State, type: Id<'device'>): boolean {
  return swap_info[type].cluster === 'usable'
}

/**
 * if (!ci->count) free_cluster(si, ci): where SWP_WRITEOK is set, swap_cluster_schedule_discard(): memset(si->swap_map + idx * SWAPFILE_CLUSTER, SWAP_MAP_BAD,
 * SWAPFILE_CLUSTER); move_cluster(…, CLUSTER_FLAG_DISCARD); inc_cluster_info_page() has counted the bad slots. Under ci->lock.
 */
export function free_cluster(s: State, type: Id<'device'>, slots: readonly Id<'slot'>[]): void {
  const isCounted = guard('count the bad slots of a cluster')
  const isEmpty = slots.every((slot) => s.swap_map[slot] === '0' || (s.swap_map[slot] === 'SWAP_MAP_BAD' && !isCounted))
  if (!isEmpty || (s.device.watched && !s.swap_info[type].SWP_WRITEOK)) return
  for (const slot of slots) s.swap_map[slot] = 'SWAP_MAP_BAD'
  s.swap_info[type].cluster = 'emptied'
}

/** schedule_work(&si->discard_work); */
export function schedule_discard({ swap_info }: State, type: Id<'device'>): void {
  if (swap_info[type].cluster === 'emptied') swap_info[type].cluster = 'scheduled'
}

/** flush_work(&p->discard_work) goes on. */
export function discard_is_flushed({ swap_info }: State, type: Id<'device'>): boolean {
  return swap_info[type].cluster === 'usable' || swap_info[type].cluster === 'emptied'
}
