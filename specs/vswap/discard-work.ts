/** mm/swapfile.c: swap_discard_work() (v6.14): the device is told that the slots of a cluster hold nothing any more. */
import { blocked, bool, type Id, ret } from '../../checker/index.js'
import { Device } from './device.js'
import { procedure, type State } from './state.js'
import { assert_device_live, swp_slot_type } from './swap-slot.js'

/**
 * One run of the work, of the kworker, where a cluster is scheduled; none, of a device that is switched off before that. It `mayIdle` where nothing need ever be
 * scheduled.
 */
export const swap_discard_work = procedure(
  'swap_discard_work',
  { args: { type: Device, mayIdle: bool } },
  {
    /**
     * swap_do_scheduled_discard(si): ci = list_first_entry(&si->discard_clusters, …); list_del(&ci->list); under si->lock, and nobody else takes it off;
     * discard_swap_cluster(si, idx * SWAPFILE_CLUSTER, SWAPFILE_CLUSTER): what is read from there now is nobody's
     */
    discard_swap_cluster(s, me) {
      const si = s.swap_info[me.type]
      if (si.cluster !== 'scheduled') return me.mayIdle || isOver(s, me.type) ? ret() : blocked
      assert_device_live(s, me.type)
      for (const slot of s.medium.ids) if (swp_slot_type(s, slot) === me.type) s.medium[slot] = 0
      si.cluster = 'discarded'
      return 'free_cluster'
    },
    /** memset(si->swap_map + idx * SWAPFILE_CLUSTER, 0, SWAPFILE_CLUSTER); __free_cluster(si, ci); under ci->lock */
    free_cluster(s, me) {
      assert_device_live(s, me.type)
      for (const slot of s.swap_map.ids) if (swp_slot_type(s, slot) === me.type) s.swap_map[slot] = '0'
      s.swap_info[me.type].cluster = 'usable'
      return ret()
    },
  },
)

/** Nothing will be scheduled any more: swapoff has cleared SWP_WRITEOK, and no cluster was emptied before. */
function isOver({ device, swap_info }: State, type: Id<'device'>): boolean {
  const { cluster, SWP_WRITEOK } = swap_info[type]
  return device.watched && !SWP_WRITEOK && cluster === 'usable'
}
