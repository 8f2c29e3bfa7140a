/** Why steps cannot fire in a small scenario: reasons that several scenarios share. */

export const anonymous = { 'the page is anonymous': ['fault/shmem_fault.*'] }

export const apartFault = {
  'the looks and the erase are in one critical section': ['fault/find_object.look_for_block', 'fault/swap_free.erase'],
}

export const inPageCache = { 'the page of a fault is in the page cache as its count goes': ['fault/swap_free.swap_free_block'] }

export const noLostCopy = { 'nobody changes the PTE while its page is copied': ['fault/do_wp_page.folio_put_copy'] }

export const aloneOnPte = {
  'nobody else changes the PTE': ['fault/do_swap_page.out_nomap', 'fault/do_swap_page.out_page', 'fault/do_swap_page.folio_put'],
}

export const apartZap = { 'the looks and the erase are in one critical section': ['zap/find_object.look_for_block', 'zap/swap_free.erase'] }

export const zapOfSwapped = {
  'the PTE that is zapped is never brought in': [
    'zap/zap_pte_range.zap_present_ptes',
    'zap/zap_pte_range.folio_remove_rmap_ptes',
    'zap/zap_pte_range.folio_test_cached',
  ],
}

export const noHitOfFault = {
  'nobody else looks for the page while it is in the page cache': ['fault/read_object.folio_try_get', 'fault/read_object.recheck'],
}

export const zapWithoutPage = {
  'nobody brings the page in': [
    'zap/zap_pte_range.xa_load',
    'zap/zap_pte_range.folio_try_get',
    'zap/zap_pte_range.recheck',
    'zap/zap_pte_range.folio_put',
    'zap/free_swap_cache.*',
    'zap/delete_from_object.*',
  ],
}

export const apartFork = { 'the looks are in one critical section': ['fork/find_object.look_for_block'] }

export const forkOfSwapped = { 'the page is out as it is forked': ['fork/copy_pte_range.copy_present_ptes'] }

export const noReclaimEvict = { 'there is nothing of fscache': ['reclaim/swap_alloc_block.again', 'reclaim/fscache_evict.*'] }

export const roomToReclaim = { 'there is a block': ['reclaim/swap_alloc_block.evict'] }

export const keptByReclaim = { 'the page is needed as it leaves the page cache': ['reclaim/shrink_folio_list.swap_free_block'] }

export const notCopied = { 'the page is not copied': ['fault/do_wp_page.*', 'fault/free_swap_cache.*', 'fault/delete_from_object.*'] }

export const noSwapoffEvict = { 'there is nothing of fscache': ['swapoff/swapoff.set_writeok', 'swapoff/fscache_evict.*'] }

export const noHitOfSwapoff = {
  'nobody else looks for the page while it is in the page cache': ['swapoff/read_object.folio_try_get', 'swapoff/read_object.recheck'],
}

export const ofShmem = {
  'the page is shmem’s': [
    'fault/do_swap_page.*',
    'fault/find_object.*',
    'fault/swap_free.*',
    'fault/do_wp_page.*',
    'fault/free_swap_cache.*',
    'fault/delete_from_object.*',
  ],
}

export const apartTruncate = { 'the look and the erase are in one critical section': ['truncate/shmem_truncate_range.erase'] }

export const roomToRead = {
  'there is a block': ['netfs_read/swap_alloc_block.evict', 'netfs_read/swap_alloc_block.again', 'netfs_read/fscache_evict.*'],
}

export const onlyNamed = {
  'there is nothing but a file': [
    'swapoff/swapoff.folio_lock',
    'swapoff/swapoff.erase_block',
    'swapoff/swapoff.swap_free_block',
    'swapoff/swapoff.folio_unlock',
    'swapoff/swapoff.folio_put',
    'swapoff/read_object.*',
  ],
}

export const byWalk = {
  'the volume keeps its number': ['restore_volume/fscache_invalidate.write_number', 'restore_volume/fscache_invalidate.use_number'],
}

export const byNumber = {
  'nothing is walked': [
    'restore_volume/fscache_invalidate.begin',
    'restore_volume/fscache_invalidate.walk',
    'restore_volume/fscache_invalidate.wait',
    'restore_volume/fscache_invalidate.erase_record',
    'restore_volume/fscache_invalidate.swap_free_block',
    'restore_volume/fscache_invalidate.next',
  ],
}

export const roomForReaders = {
  'there is a block': ['readers/swap_alloc_block.evict', 'readers/swap_alloc_block.again', 'readers/fscache_evict.*'],
}

export const roomAfterPowerLoss = {
  'there is a block': ['power/swap_alloc_block.evict', 'power/swap_alloc_block.again', 'power/fscache_evict.*'],
}

type Reasons = Readonly<Record<string, readonly string[]>>

/** Several together: what two of them give the same reason for is for that reason. */
export function reasons(...all: readonly Reasons[]): Reasons {
  const merged: Record<string, readonly string[]> = {}
  for (const [reason, steps] of all.flatMap((some) => Object.entries(some))) merged[reason] = [...(merged[reason] ?? []), ...steps]
  return merged
}
