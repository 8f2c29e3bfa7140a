/**
 * A page of a tmpfs file whose swap entries are in a vector of its own, info->i_direct, and not in the page cache (v2.6.38): the page, its slot, and the bytes of swap_map
 * as they were. Only scenarios of that have one.
 */
import { array, bool, domain, int, record } from '../../../checker/index.js'
import { spinlock_t } from '../../kernel/spinlock.js'

/** A file of one page. */
export const Tmpfs = domain('tmpfs', 0)

/** Fields of the state, by their names. */
export const tmpfs_fields = {
  tmpfs: array(
    Tmpfs,
    record({
      /** info->lock */
      lock: spinlock_t,
      /** index < info->next_index: the file is not truncated. */
      has_page: bool,
      /** *shmem_swp_entry(info, index, NULL): the vector holds the slot. */
      swp_entry: bool,
      /** PG_locked, with who holds it. */
      page_lock: spinlock_t,
      /** The page is in the page cache of the file, or in the swap cache for the slot. */
      pagecache: bool,
      swapcache: bool,
      /** The byte of the slot. */
      swap_map: int(0, 255),
      SWP_WRITEOK: bool,
    }),
  ),
}

export const tmpfs_protections = ['swap_shmem_alloc under info->lock'] as const
