/** Why steps cannot fire in a scenario with a memcg: reasons that several scenarios share. */

/** The slot of `release_backing()`, of a process. */
const slotReleased = (kind: string) => [
  `${kind}/release_backing.xa_erase`,
  `${kind}/release_backing.swap_slot_tryget_swap_info`,
  `${kind}/release_backing.swap_slot_free_nr`,
  `${kind}/release_backing.swap_slot_put_swap_info`,
]

/** Of pages whose memcg has a swap.max of 0. */
export const noSlotToRelease = (...kinds: readonly string[]) => ({
  'no entry ever has a slot': kinds.flatMap(slotReleased),
})

export const reclaimIsRefused = {
  'the charge of the slot is refused, so nothing is written': [
    'reclaim/vswap_alloc_swap_slot.write_lock',
    'reclaim/swap_writepage.written',
    'reclaim/__swap_writepage.*',
    'end_swap_bio_write',
  ],
}

export const staysInSwapCache = {
  'a page that is refused a slot is dirty, and reclaim does not remove it from the swap cache': [
    'shrink_folio_list.page_success_trylock',
    'shrink_folio_list.page_success_locked',
    'shrink_folio_list.__remove_mapping',
    'shrink_folio_list.__delete_from_swap_cache',
    'shrink_folio_list.put_swap_folio',
    'shrink_folio_list.free_it',
  ],
}

export const shrinkerIsRefused = {
  'the charge of the slot is refused, so the shrinker leaves the zswap entry as it is': [
    'zswap_writeback_entry.zswap_decompress',
    'zswap_writeback_entry.zswap_entry_free',
    'zswap_writeback_entry.folio_mark_uptodate',
    'zswap shrinker/vswap_alloc_swap_slot.write_lock',
    'zswap shrinker/__swap_writepage.*',
    'end_swap_bio_write',
    'end_swap_bio_read',
  ],
}

export const keptByPte = { 'a PTE holds the entry to the end': ['rcu_do_batch'] }

/** Of a page of a file. */
export const neverRemoved = {
  'a page that is refused a slot is dirty, and one that was truncated is nowhere': [
    'shrink_folio_list.page_success_trylock',
    'shrink_folio_list.page_success_locked',
    'shrink_folio_list.__delete_from_swap_cache',
    'shrink_folio_list.put_swap_folio',
    'shrink_folio_list.free_it',
  ],
}
