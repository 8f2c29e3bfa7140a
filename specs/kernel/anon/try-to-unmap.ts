/** Takes a folio that is in the swap cache out of all page tables. The caller holds the folio lock. */
import { blocked, bool, call, int, known, nth, ref, ret } from '../../../checker/index.js'
import { ENOMEM } from '../errno.js'
import { spin_lock, spin_unlock } from '../spinlock.js'
import { Folios, Pte, procedure } from './fields.js'
import { folio_put, held } from './folio.js'
import type { SwapDuplicate } from './swap.js'

/** try_to_unmap(); where a count is refused, the folio stays mapped. */
export const tryToUnmap = (swap_duplicate: SwapDuplicate) =>
  procedure(
    'try_to_unmap',
    {
      args: { folio: Folios },
      locals: { pte: ref(Pte), writable: bool, err: int(-ENOMEM, 0) },
      calls: [swap_duplicate],
    },
    {
      /** rmap_walk(folio, &rwc); while (page_vma_mapped_walk(&pvmw)): takes the page table lock where the PTE maps the folio */
      page_vma_mapped_walk(s, me) {
        if (me.pte === 0) me.pte = known(s.pte.ids[0] ?? 0)
        if (s.pte[me.pte].folio !== me.folio) return 'next'
        return spin_lock(s.pte[me.pte].ptl, me.self) ? 'ptep_clear_flush' : blocked
      },
      /** pteval = ptep_clear_flush(vma, address, pvmw.pte); if (pte_dirty(pteval)) folio_mark_dirty(folio); if (swap_duplicate(entry) < 0) */
      ptep_clear_flush(s, me) {
        const pte = s.pte[known(me.pte)]
        if (pte.folio !== me.folio) return 'unlock'
        const folio = held(s, me.folio)
        if (pte.dirty) folio.dirty = true
        me.writable = pte.writable
        Object.assign(pte, { kind: 'none', folio: 0, writable: false, dirty: false })
        return call(swap_duplicate, { entry: known(folio.entry) }, 'set_pte_at', 'err')
      },
      /** { set_pte_at(mm, address, pvmw.pte, pteval); ret = false; …; } set_pte_at(mm, address, pvmw.pte, swp_pte); */
      set_pte_at(s, me) {
        const pte = s.pte[known(me.pte)]
        if (me.err !== 0) {
          Object.assign(pte, { kind: 'present', folio: me.folio, writable: me.writable })
          return 'unlock'
        }
        const { entry } = held(s, me.folio)
        s.in_flight[known(entry)] -= 1
        Object.assign(pte, { kind: 'swap', entry })
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
        if (me.err !== 0) return ret()
        me.writable = false
        return 'next'
      },
      next(s, me) {
        me.pte = nth(s.pte.ids, known(me.pte), 1)
        return me.pte === 0 ? ret() : 'page_vma_mapped_walk'
      },
    },
  )
