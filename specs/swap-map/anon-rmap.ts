/**
 * mm/rmap.c: where in its address space an anonymous folio is mapped, which is what a walk from the folio to its PTEs goes by.
 *
 * Where nobody moves pages it is not watched: it never changes, and costs no state.
 */
import { assert, bool, type Id, int, ordinal, record } from '../../checker/index.js'
import type { Folio, State } from './state.js'
import { WarnNever } from './warn-never.js'

/** Field of the state, by its name. */
export const anon_rmap_fields = {
  anon_rmap: record({
    /** Somebody may move a page; constant in a scenario. */
    watched: bool,
  }),
}

/** Field of a folio, by its name. */
export const folio_index = {
  /** `folio->index`, the ordinal of the PTE; 0 where `folio->mapping` is NULL, as nobody has mapped it yet. */
  index: int(0, 4),
}

/** folio_add_new_anon_rmap() or folio_add_anon_rmap_ptes(), with __page_check_anon_rmap() in it, under the folio lock and the page table lock. */
export function folio_add_anon_rmap_ptes(s: State, folio: Folio, pte: Id<'pte'>): void {
  folio._mapcount += 1
  folio.anon = true
  if (!s.anon_rmap.watched) return
  const isExpected = folio.index === 0 || folio.index === ordinal(pte)
  assert(isExpected, 'VM_BUG_ON_PAGE(page_pgoff(folio, page) != linear_page_index(vma, address), page)', WarnNever)
  folio.index = ordinal(pte)
}

/** rmap_walk(folio, &rwc): may the PTE map the folio? Where nobody moves pages, any in the anon_vma; else the one that the index says. */
export function is_in_rmap(s: State, folio: Folio, pte: Id<'pte'>): boolean {
  return !s.anon_rmap.watched || folio.index === ordinal(pte)
}
