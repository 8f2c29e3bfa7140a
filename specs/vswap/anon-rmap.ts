/**
 * mm/rmap.c: where in its address space an anonymous folio is mapped, which is what a walk from the folio to its PTEs goes by.
 *
 * Where nobody moves pages it is not watched: it never changes, and costs no state.
 */
import { assert, type Id, nth, ordinal, type Ref } from '../../checker/index.js'
import type { Folio, State } from './state.js'

/**
 * if (!folio_test_anon(folio)) folio_add_new_anon_rmap(folio, vma, address, rmap_flags); else folio_add_anon_rmap_ptes(folio, page,
 * nr_pages, vma, address, rmap_flags), with __page_check_anon_rmap() in it. The caller holds the folio lock and the page table lock.
 */
export function folio_add_anon_rmap_ptes(s: State, folio: Folio, pte: Id<'pte'>): void {
  folio._mapcount += 1
  if (!s.anon_rmap.watched) return
  assert(
    folio.index === 0 || folio.index === ordinal(pte),
    'VM_BUG_ON_PAGE(page_pgoff(folio, page) != linear_page_index(vma, address), page)',
  )
  folio.index = ordinal(pte)
}

/** rmap_walk(folio, &rwc): the first PTE that a walk looks at; 0 where nobody has mapped the folio. */
export function first_of_rmap_walk(s: State, folio: Folio): Ref<'pte'> {
  const first = s.pte.ids[0] ?? 0
  if (!s.anon_rmap.watched || first === 0) return first
  return folio.index === 0 ? 0 : nth(s.pte.ids, first, folio.index - 1)
}

/** The PTE after it, in another address space of the anon_vma. A page that may be moved is in one alone. */
export function next_of_rmap_walk(s: State, pte: Id<'pte'>): Ref<'pte'> {
  return s.anon_rmap.watched ? 0 : nth(s.pte.ids, pte, 1)
}
