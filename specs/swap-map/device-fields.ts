/**
 * include/linux/swap.h: struct swap_info_struct, the swap devices.
 *
 * Where nobody switches one off or on they are not watched: nothing of this changes then, and it costs no state.
 */
import { array, bool, type Domain, domain, int, record, ref, set, Thread } from '../../checker/index.js'
import { life } from '../kernel/memory.js'
import { percpu_ref } from '../kernel/percpu-ref.js'

/** Swap devices, by `swp_type(entry)`. */
export const Device = domain('device', 1)

/** Fields of the state, for the domain of swap entries. */
export const device_fields = <E extends string>(Entry: Domain<E>) => ({
  /** swap_info[type] */
  swap_info: array(
    Device,
    record({
      /** What it points to: swap_map, cluster_info, the swap file. swapoff frees it; the structure itself stays. Ghost. */
      life,
      /** si->percpu_cluster is there. */
      percpu_cluster: bool,
      /** si->flags & SWP_USED: swapon may not take the structure. */
      SWP_USED: bool,
      /** si->flags & SWP_WRITEOK */
      SWP_WRITEOK: bool,
      /** On swap_avail_heads: SWAP_USAGE_OFFLIST_BIT of si->inuse_pages is not set. */
      avail: bool,
      /** si->prio: slots are taken from the devices of the highest first; constant in a scenario. */
      prio: int(0, 1),
      users: percpu_ref(3),
      inuse_pages: int(0, 3),
    }),
  ),
  /** swp_type(entry), where that is not the first device; constant in a scenario. */
  swp_type: array(Entry, ref(Device)),
  /** si->flags & SWP_SYNCHRONOUS_IO, of every device; constant in a scenario. */
  SWP_SYNCHRONOUS_IO: bool,
  device: record({
    /** Somebody switches a device off or on; constant in a scenario. */
    watched: bool,
    /** swapper_spaces[] are a static array, as before 4.11, and never freed; constant in a scenario. */
    static_swapper_spaces: bool,
    /** Those that swapoff's synchronize_rcu() waits for: whoever held a spin lock then. */
    rcu_waits_for: set(Thread),
  }),
})

/** What of devices a scenario may take out. */
export const device_protections = [
  'hold the device of an entry that is faulted on',
  'hold the device across a direct read',
  'hold the device until the swap cache is looked at',
  'hold the device of an entry that is read ahead',
  'leave the avail list with SWP_WRITEOK',
  'look at SWP_WRITEOK again once the cluster is locked',
  'drop the swap cache in swapoff of a folio that nothing holds alone',
  'clear SWP_USED last',
] as const
