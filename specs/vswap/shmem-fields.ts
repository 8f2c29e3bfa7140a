/** What of shmem a scenario may take out, and the fields of the state that only shmem has. */
import { bool, int } from '../../checker/index.js'
import { spinlock_t } from '../kernel/spinlock.js'

/** Fields of the state, by their names. */
export const shmem_fields = {
  shmem_swaplist_mutex: spinlock_t,
  /** add_to_swap_cache() may find no memory for a node of the xarray; constant in a scenario. */
  no_xarray_node: bool,
  /** i_size_read(inode) of the file, in pages; 0 where nobody makes it shorter, and all of it is within. */
  i_size: int(0, 4),
}

export const shmem_protections = [
  'test si before si->flags in shmem_swapin_folio',
  'replace the entry in the mapping only where it is the one expected',
  'xa_cmpxchg_irq in shmem_free_swap',
  'pin the entry before a direct read of a shmem page',
  'look whether the folio is still that of the entry, in shmem_swapin_folio',
  'wait for writeback before a shmem folio leaves the swap cache',
  'dirty the shmem folio that has left the swap cache',
  'look at folio->mapping again in shmem_get_folio_gfp',
  'look at folio->mapping again in shmem_undo_range',
  'count the reference of the mapping before it is there',
  'put the entry that was not added to the swap cache',
  'skip an entry that a folio backs',
  'skip a shmem page that a folio backs',
  'xa_cmpxchg_irq in shmem_set_folio_swapin_error',
  'look for pages of a large shmem entry in the swap cache',
  'look at the backing of a large shmem entry',
  'put the unlocked folio of a large entry that has changed',
  'find the whole range of a large folio in the mapping',
  'look at the entry again before it is split',
  'keep xa_lock while a large entry is split',
  'look at the order under xa_lock in shmem_free_swap',
  'bring in a large entry that is cut in part',
  'split no entry whose large folio is in the swap cache',
  'freeze the folio of a file before it is split',
  'poison the whole range of a folio that was not read',
] as const
