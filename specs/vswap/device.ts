/**
 * include/linux/swap.h: struct swap_info_struct, the swap devices that swapoff takes away; and what only swapoff looks at.
 *
 * Where nobody takes them away they are not watched: nothing of this ever changes, and it costs no state. `SWP_SYNCHRONOUS_IO` is a field of
 * its own, as it never changes.
 */
import { array, bool, type Domain, domain, int, oneOf, record, ref, Thread } from '../../checker/index.js'
import { life } from '../kernel/memory.js'
import { percpu_ref } from '../kernel/percpu-ref.js'

/** Swap devices. Not symmetric: the first has the header that is read for slot 0, and alone may be synchronous. */
export const Device = domain('device', 1)

/** Fields of the state, for the domain of physical slots. */
export const device_fields = <S extends string>(Slot: Domain<S>) => ({
  /** swap_info[type] */
  swap_info: array(
    Device,
    record({
      /** What it points to: swap_map, cluster_info, the block device. swapoff frees it; the structure itself stays. Ghost. */
      life,
      /** si->flags & SWP_WRITEOK */
      SWP_WRITEOK: bool,
      /** On swap_avail_heads. */
      avail: bool,
      users: percpu_ref(3),
      /** Without SWAP_USAGE_OFFLIST_BIT: swap_usage_in_pages(si). */
      inuse_pages: int(0, 4),
      /**
       * Its slots are one cluster. Ours, of what the C has in ci->flags, on si->discard_clusters and in si->discard_work: free_cluster() has marked the slots of an
       * 'emptied' one, those of one that is 'scheduled' are to be discarded, and of a 'discarded' one have been.
       */
      cluster: oneOf('usable', 'emptied', 'scheduled', 'discarded'),
    }),
  ),
  /** swap_header->info.badpages: the medium keeps nothing there. Ghost, constant in a scenario. */
  badpages: array(Slot, bool),
  /** swp_slot_type(slot), where that is not the first device; constant in a scenario. */
  swp_slot_type: array(Slot, ref(Device)),
  device: record({
    /** Somebody may take a device away; constant in a scenario. */
    watched: bool,
    /** A global of mm/swap_slots.c; false while swapoff walks. */
    swap_slot_cache_enabled: bool,
    /** The thread inside try_to_unuse(), which holds swap_slots_cache_enable_mutex. What follows is that thread's. */
    unuser: ref(Thread),
    /** signal_pending(current) */
    signal_pending: bool,
    /** Its last look for a page found none. Ghost. */
    no_memory: bool,
    /** A read from it has failed. Ghost. */
    read_failed: bool,
    /** si->flags & SWP_FS_OPS: reads go through the filesystem, and may wait in a plug; constant in a scenario. */
    SWP_FS_OPS: bool,
    /** si->flags & SWP_PAGE_DISCARD: the device is told of each cluster that is empty again; constant in a scenario. */
    SWP_PAGE_DISCARD: bool,
    /** What its `splug` points to: a swap_iocb that takes reads, or one that was submitted and is not its own any more. */
    splug: oneOf('NULL', 'plugged', 'submitted'),
    /** It has walked over all slots of this device, and waits for the rest. Ghost. */
    waiting: ref(Device),
  }),
})

/** What of swapoff a scenario may take out. */
export const swapoff_protections = [
  'refuse a device that is not SWP_WRITEOK',
  'lower inuse_pages with the slot',
  'take the folio lock in swapoff',
  'look at folio->swap again in swapoff',
  'wait for writeback in swapoff',
  'look at the backing again in vswap_swapoff',
  'look at the device again in vswap_swapoff',
  'look at the device again once the entry is pinned',
  'erase the reverse map in vswap_swapoff',
  'mark the folio dirty in vswap_swapoff',
  'walk the slots again while any is in use',
  'tell an entry that goes away from a lack of memory',
  'forget the plug that was submitted',
  'submit the read before folio_lock in swapoff',
  'look whether the page was read in swapoff',
  'wait for inuse_pages',
  'put the device back where swapoff fails',
  'wait for the users of the device',
  'hold the device whose slots are read ahead',
  'pass over a bad slot',
  'pass over a bad slot in try_to_unuse',
  'count the bad slots of a cluster',
  'keep off a cluster that is being discarded',
  'flush the discards of the device in swapoff',
] as const
