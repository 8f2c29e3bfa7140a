/**
 * A shmem file of up to two pages that are out: the slots of its i_pages, and of the device the bytes of swap_map and the swap cache. Only scenarios of shmem
 * have one.
 *
 * Entry n holds the page of slot n: nothing of the file goes out again here, so that no entry is used for another page. A count is SWAP_MAP_SHMEM or nothing.
 */
import { array, bool, domain, oneOf, record } from '../../checker/index.js'
import { life } from '../kernel/memory.js'
import { percpu_ref } from '../kernel/percpu-ref.js'
import { spinlock_t } from '../kernel/spinlock.js'

/** The file, and the swap device. */
export const ShmemFile = domain('shmem_file', 0)
/** Slots of mapping->i_pages; and the entries that hold their pages. */
export const ShmemIndex = domain('shmem_index', 0)

/** Fields of the state, by their names. */
export const shmem_fields = {
  shmem_file: array(
    ShmemFile,
    record({
      /** si->swap_file, si->swap_map and what else swapoff frees. Ghost. */
      si_life: life,
      users: percpu_ref(2),
      /** si->flags & SWP_SYNCHRONOUS_IO; constant in a scenario. */
      SWP_SYNCHRONOUS_IO: bool,
      /** The medium has lost the pages; constant in a scenario. */
      unreadable: bool,
    }),
  ),
  shmem_index: array(
    ShmemIndex,
    record({
      /** 'value' is a swap entry, of one slot or with a 'sibling' behind it; 'error' is a swapin error entry. */
      slot: oneOf('none', 'value', 'sibling', 'folio', 'error'),
      /** swap_map[]: SWAP_MAP_SHMEM, and SWAP_HAS_CACHE. */
      SWAP_MAP_SHMEM: bool,
      SWAP_HAS_CACHE: bool,
      /** A folio of one page is in the swap cache for the entry, and its lock. */
      swapcache: bool,
      folio_lock: spinlock_t,
    }),
  ),
}

export const shmem_protections = [
  'hold the swap device in shmem_swapin_folio',
  'put a swapin error in place of a page that cannot be read',
  'sleep before a shmem entry that is pinned is looked up again',
  'read page by page where a page of a large entry is in the swap cache',
  'look at the order of an entry under xa_lock in shmem_free_swap',
] as const
