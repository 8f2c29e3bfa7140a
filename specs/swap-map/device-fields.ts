/**
 * include/linux/swap.h: struct swap_info_struct, the swap devices.
 *
 * Where nobody switches one off or on, or fills one up, they are not watched: nothing of this changes then, and it costs no state.
 */
import { array, bool, type Domain, domain, int, record, ref } from '../../checker/index.js'
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
      /** si->flags & SWP_WRITEOK */
      SWP_WRITEOK: bool,
      /** On swap_avail_heads. */
      avail: bool,
      users: percpu_ref(3),
      inuse_pages: int(0, 3),
    }),
  ),
  /** swp_type(entry), where that is not the first device; constant in a scenario. */
  swp_type: array(Entry, ref(Device)),
  /** si->flags & SWP_SYNCHRONOUS_IO, of every device; constant in a scenario. */
  SWP_SYNCHRONOUS_IO: bool,
  device: record({
    /** Somebody switches a device off or on, or it may be full; constant in a scenario. */
    watched: bool,
  }),
})
