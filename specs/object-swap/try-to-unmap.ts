/** Takes a page that is in the page cache of its object out of all page tables. The caller holds the folio lock. */
import { blocked, known, nth, ref, ret } from '../../checker/index.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { folio_put, held } from './folio.js'
import { Folios, Pte, procedure } from './state.js'
import { swap_duplicate } from './swap-count.js'

export const try_to_unmap = procedure(
  'try_to_unmap',
  { args: { folio: Folios }, locals: { pte: ref(Pte) } },
  {
    /** rmap_walk(folio, &rwc); while (page_vma_mapped_walk(&pvmw)): takes the page table lock where the PTE maps the folio */
    page_vma_mapped_walk(s, me) {
      if (me.pte === 0) me.pte = known(s.pte.ids[0] ?? 0)
      if (s.pte[me.pte].folio !== me.folio) return 'next'
      return spin_lock(s.pte[me.pte].ptl, me.self) ? 'ptep_clear_flush' : blocked
    },
    /** pteval = ptep_clear_flush(vma, address, pvmw.pte); if (pte_dirty(pteval)) folio_mark_dirty(folio); if (folio_test_anon(folio)) swap_duplicate(…); */
    ptep_clear_flush(s, me) {
      const pte = s.pte[known(me.pte)]
      if (pte.folio !== me.folio) return 'unlock'
      const folio = held(s, me.folio)
      if (pte.dirty) folio.dirty = true
      Object.assign(pte, { kind: 'none', folio: 0, writable: false, dirty: false })
      const object = known(folio.mapping)
      if (s.object[object].is === 'inode') return 'folio_remove_rmap_pte'
      swap_duplicate(s, object)
      return 'set_pte_at'
    },
    /** set_pte_at(mm, address, pvmw.pte, swp_pte): that the page is out; it does not say where */
    set_pte_at(s, me) {
      const swapped = known(held(s, me.folio).mapping)
      s.in_flight[swapped] -= 1
      Object.assign(s.pte[known(me.pte)], { kind: 'swap', swapped })
      return 'folio_remove_rmap_pte'
    },
    folio_remove_rmap_pte(s, me) {
      held(s, me.folio)._mapcount -= 1
      return 'folio_put'
    },
    folio_put(s, me) {
      folio_put(s, me.folio)
      return 'unlock'
    },
    unlock(s, me) {
      spin_unlock(s.pte[known(me.pte)].ptl, me.self)
      return 'next'
    },
    next(s, me) {
      me.pte = nth(s.pte.ids, known(me.pte), 1)
      return me.pte === 0 ? ret() : 'page_vma_mapped_walk'
    },
  },
)
