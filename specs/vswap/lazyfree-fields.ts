/** What there is where pages may be given up (MADV_FREE), and what of that a scenario may take out. Elsewhere nothing of this changes. */
import { array, bool, type Domain, type IntField } from '../../checker/index.js'

/** Fields of the state, for the domains of folios and PTEs and the contents of a page. */
export const lazyfree_fields = <F extends string, P extends string>(Folios: Domain<F>, Pte: Domain<P>, Data: IntField) => ({
  /** folio_test_anon(folio) && !folio_test_swapbacked(folio) */
  lazyfree: array(Folios, bool),
  /** What the page held when its owner last said that it may be given up; 0 if never. Ghost. */
  may_go: array(Pte, Data),
})

export const lazyfree_protections = [
  'look at the dirty bit of the PTE before a page is given up',
  'take the folio off the LRU list before it may be given up',
  'look whether the folio is mapped once before it may be given up',
  'free the swap of a folio before it may be given up',
] as const
