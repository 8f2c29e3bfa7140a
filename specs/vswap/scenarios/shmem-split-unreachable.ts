/** Why steps cannot fire in a scenario in which a large folio of shmem is split: reasons that several scenarios share. */
import { asynchronous, neverRead } from './large-shmem-unreachable.js'

type Reasons = Readonly<Record<string, readonly string[]>>

/** What is said of `shmem`, of a process that brings pages in likewise. */
const likewise = (kind: string, reasons: Reasons): Reasons =>
  Object.fromEntries(
    Object.entries(reasons).map(([reason, steps]) => [
      `${kind}: ${reason}`,
      steps.filter((step) => step.startsWith('shmem/')).map((step) => step.replace('shmem', kind)),
    ]),
  )
export const readByNobody = (kind: string) => likewise(kind, { ...neverRead, ...asynchronous })

/** Of who cuts a part of a file, which is in one large folio or entry at first. */
export const overBorder = (kind: string) => ({
  'in the first pass the folio goes over the border of the range': [`${kind}/shmem_undo_range.unlock`],
})
export const noLoadByCut = (kind: string) => ({
  'no folio takes the place of a zswap entry there': [`${kind}/vswap_store_folio.*`],
})
export const keptInPageCache = (kind: string) => ({
  'the folio at the border is not swapped out once it is in the page cache': [
    `${kind}/shmem_get_partial_folio.folio_unlock`,
    `${kind}/shmem_get_partial_folio.folio_put`,
  ],
})
export const droppedBySplit = {
  'a page beyond i_size is in a large folio with the one before, and the split takes it out of the page cache': [
    'truncate/truncate_inode_partial_folio.truncated',
    'truncate/truncate_inode_folio.*',
  ],
}
export const cutAtBorder = {
  'what is left for the second pass is a page alone': ['punch/shmem_undo_range.partial', 'punch/shmem_undo_range.shmem_get_folio'],
}
/** Of a page that is in memory, or brought in, when it is cut. */
export const cutInMemory = (kind: string) => ({
  'the second pass finds no entry that it may take': [
    `${kind}/shmem_undo_range.free_swap_and_cache_nr`,
    `${kind}/shmem_undo_range.freed`,
    `${kind}/free_swap_and_cache_nr.*`,
    `${kind}/vswap_swapcache_only.*`,
  ],
})
export const noEntryInSecondPass = { 'the second pass finds no entry': ['punch/shmem_undo_range.xa_cmpxchg_irq'] }
export const wholeInFile = (kind: string) => ({
  'no page of the file is beyond i_size': [`${kind}/split_huge_page_to_list_to_order.folio_put_refs`],
})
/** Of who splits a folio. */
export const notInSwapCache = (kind: string) => ({
  [`a page that ${kind} splits off does not go out before it is looked at for the last time`]: [
    `${kind}/free_swap_cache.folio_mapped`,
    `${kind}/free_swap_cache.folio_trylock`,
    `${kind}/free_swap_cache.folio_free_swap`,
    `${kind}/free_swap_cache.folio_unlock`,
  ],
})
export const entryHasNoFolio = {
  'a page that is cut out as an entry is not alone in the swap cache': [
    'truncate/free_swap_and_cache_nr.folio_free_swap',
    'truncate/free_swap_and_cache_nr.folio_unlock',
    'truncate/free_swap_and_cache_nr.folio_put',
  ],
}
export const firstToLook = (kind: string) => ({
  'nobody has put a page of the range into the swap cache': [
    `${kind}/filemap_get_folio.folio_try_get`,
    `${kind}/filemap_get_folio.xas_reload`,
  ],
})
export const notSynchronous = (kind: string) => ({
  'the device is not synchronous, so nothing is read past the swap cache there': [
    `${kind}/shmem_get_folio_gfp.shmem_alloc_folio`,
    `${kind}/shmem_get_folio_gfp.prepared`,
    `${kind}/shmem_get_folio_gfp.backing`,
    `${kind}/shmem_get_folio_gfp.swap_read_folio`,
    `${kind}/non_swapcache_batch.*`,
    `${kind}/vswap_can_swapin_thp.*`,
  ],
})
/** Of an entry that the mapping holds with another page of its folio. */
export const folioKeepsPin = (kind: string) => ({
  'the mapping holds another entry of the folio, or this one, when the pin is put': [`${kind}/swapcache_clear.rcu_read_unlock`],
})
/** Of who cuts a part of a file. */
export const freesNoFolio = (kind: string) => ({
  'a page that is cut or split off alone is not in the swap cache': [`${kind}/folio_free_swap.*`, `${kind}/folio_swapped.*`],
})
/** Of a file whose pages are each in a folio of its own, and in memory. */
export const alreadySplit = {
  'no folio or entry goes over a border, and the page is cut in the first pass unless it is going out': [
    'truncate/shmem_undo_range.folio_lock',
    'truncate/shmem_undo_range.partial',
    'truncate/shmem_undo_range.shmem_get_folio',
    'truncate/truncate_inode_partial_folio.folio_zero_range',
    'truncate/truncate_inode_partial_folio.split',
    'truncate/split_huge_page_to_list_to_order.*',
    'truncate/free_swap_cache.*',
  ],
}
/** Of a page that is swapped out beyond i_size. */
export const broughtInByNobody = {
  'a page beyond i_size is not brought in': [
    'truncate/shmem_get_folio_gfp.trylock_swapoff',
    'truncate/shmem_get_folio_gfp.swap_cache_get_folio',
    'truncate/shmem_get_folio_gfp.xa_get_order',
    'truncate/shmem_get_folio_gfp.synchronous_io',
    'truncate/shmem_get_folio_gfp.shmem_split_large_entry',
    'truncate/shmem_get_folio_gfp.split',
    'truncate/shmem_get_folio_gfp.shmem_swapin_cluster',
    'truncate/shmem_get_folio_gfp.folio_lock',
    'truncate/shmem_get_folio_gfp.shmem_confirm_swap',
    'truncate/shmem_get_folio_gfp.folio_order',
    'truncate/shmem_get_folio_gfp.folio_wait_writeback',
    'truncate/shmem_get_folio_gfp.shmem_add_to_page_cache',
    'truncate/shmem_get_folio_gfp.delete_from_swap_cache',
    'truncate/shmem_get_folio_gfp.folio_mark_dirty',
    'truncate/shmem_get_folio_gfp.swap_free_nr',
    'truncate/shmem_get_folio_gfp.unlock_swapoff',
    'truncate/shmem_split_large_entry.*',
    'truncate/swp_entry_to_swp_slot.*',
    'truncate/swap_free_nr.*',
  ],
}
export const cutWithItsNeighbour = {
  'the first page is cut while it is in one folio with the second': ['punch/truncate_inode_partial_folio.truncated'],
}
export const nobodyHasFolio = { 'nobody else has the folio': ['pageout/shrink_folio_list.keep_locked'] }
