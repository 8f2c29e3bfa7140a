/** Protections that no property misses when they are taken out, each with the reason why: what `swapcheck mutate` calls survivors. */
import type { protections } from './state.js'

export const survivors: Readonly<Partial<Record<(typeof protections)[number], string>>> = {
  'look for writeback once the folio is locked again':
    'who has made the folio dirty since, or writes it, has a reference to it or has mapped it, and __remove_mapping() counts the references again',
  'look at the dirty bit once the reference count is frozen':
    'a folio that nobody maps is made dirty through a reference alone, as get_user_pages() takes one; nobody here does',
  'look for other references before pageout':
    '__remove_mapping() counts them again: this one saves a write for a folio that cannot be freed',
  'pass over a bad slot in try_to_unuse':
    'the reverse map has no entry for a bad slot, so swapoff goes on to the next: it saves the look. v6.14 without virtual swap needs it to tell -ENOMEM',
  'end a batch of PTEs where the backing changes':
    'the counts of a batch are dropped one by one, and vswap_free() releases what backs each entry; a large swap-in asks vswap_can_swapin_thp() once it is pinned',
  'rcu_read_lock in swap_duplicate':
    'the caller holds the folio lock, or the page table lock over a PTE with the entry: a reference to it stays',
}
