/** Why steps cannot fire in a small scenario: reasons that several scenarios share. */
import type { Process } from '../../checker/index.js'
import type { Design } from './pair.js'

/** Steps of a move where the right to it is had in the other way. */
const steps = {
  lock: ['folio_alloc', 'add_to_swap_cache', 'swap_read_folio', 'folio_put_unused', 'folio_unlock', 'folio_put'],
  cache: ['set_moving'],
}

const movers = ['demote', 'promote', 'kmigrated']

/** What the design of a scenario leaves out. */
export function otherDesign(design: Design, run: readonly Process[]): Readonly<Record<string, readonly string[]>> {
  if (design === 'alone') return {}
  const names = run.map(({ name }) => name).filter((name) => movers.includes(name))
  return {
    'the right to move is had in the other way': names.flatMap((name) => steps[design].map((step) => `${name}/swap_tier_move.${step}`)),
  }
}

/** Of the moves of a scenario. */
export const roomForAll = { 'there is a slot for every page that is to be moved': ['swap_tier_move.put_back'] }

export const waitsForRoom = { 'kmigrated waits for a slot before it moves a page': ['kmigrated/swap_tier_move.put_back'] }

export const looksAgain = { 'kmigrated looks again until nothing is left behind': ['kmigrated.done'] }

/** Where the right to move is had by a folio, and nobody else brings one. */
export const noOtherFolio = { 'nobody else puts a folio into the swap cache meanwhile': ['swap_tier_move.folio_put_unused'] }

export const foundInCache = {
  'a page that has been moved is in the swap cache': [
    ...steps.lock.map((step) => `promote/swap_tier_move.${step}`),
    'promote/swap_tier_move.swap_slots_alloc',
    'promote/swap_tier_move.submit_bio_wait',
    'promote/swap_tier_move.set_backing',
  ],
}

export const noFolioOfMove = { 'nobody else brings the page in': ['fault/read_swap_cache.folio_put'] }

export const aloneOnPte = {
  'nobody else faults on this PTE': ['do_swap_page.out_nomap', 'do_swap_page.out_page', 'do_swap_page.folio_put'],
}

const copying = ['do_wp_page.*', 'fault/free_swap_cache.*', 'fault/folio_free_swap.*']

export const noWrite = { 'a page that is read is not copied': copying }

export const neverCopied = { 'a page that is written to is nobody else’s as it comes in': copying }

export const noLostCopy = { 'nobody changes the PTE while its page is copied': ['do_wp_page.folio_put_copy'] }

/** Of a scenario that begins with the page out, whose zap has a PTE of its own. */
export const zapOfSwapped = {
  'the PTE that is zapped is never brought in': [
    'zap_pte_range.zap_present_ptes',
    'zap_pte_range.folio_remove_rmap_ptes',
    'zap_pte_range.folio_test_swapcache',
    'zap_pte_range.folio_put',
  ],
}

export const notInCacheAsItGoes = {
  'no folio of the page that is zapped is in the swap cache': ['try_to_reclaim_swap.*', 'zap/free_swap_cache.*', 'zap/folio_free_swap.*'],
}

export const forkOfSwapped = { 'the page that is forked is out': ['copy_pte_range.copy_present_ptes'] }

export const childStays = { 'the child has the page still, where it is copied': ['fault/folio_free_swap.folio_put'] }

export const notMapped = { 'nobody has mapped the page': ['try_to_unmap.*', 'reclaim/swap_duplicate.add'] }

export const notWritten = { 'the page is clean, or stays': ['shrink_folio_list.written', 'swap_writepage.*'] }

export const keepsNothing = { 'nobody keeps reclaim from the page': ['shrink_folio_list.keep_locked', 'shrink_folio_list.keep'] }

export const noChange = { 'the configuration stays as it is': ['swap_writepage.swap_slot_free'] }

export const changedBefore = { 'the configuration has changed before the page goes out': ['swap_writepage.swap_slot_free'] }

export const changeFirst = { 'nobody else brings the page in as the tier is emptied': ['swap_tiers_now/read_swap_cache.folio_put'] }

export const changeFindsFolio = {
  'what lies where it should not is in the swap cache of who has moved it': [
    'swap_tiers_now/read_swap_cache.folio_alloc',
    'swap_tiers_now/read_swap_cache.add_to_swap_cache',
    'swap_tiers_now/read_swap_cache.swap_read_folio',
    'swap_tiers_now/read_swap_cache.folio_unlock',
    'swap_tiers_now/read_swap_cache.folio_put',
  ],
}
