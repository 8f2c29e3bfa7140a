/** A write to a page that is mapped read-only: it is copied, unless nobody else has it. */
import { blocked, call, known, ref, ret } from '../../checker/index.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { folio_alloc, folio_put, held } from './folio.js'
import { free_swap_cache } from './free-swap-cache.js'
import { Folios, guard, Pte, procedure } from './state.js'

export const do_wp_page = procedure(
  'do_wp_page',
  { args: { pte: Pte }, locals: { old: ref(Folios), copy: ref(Folios) }, calls: [free_swap_cache] },
  {
    /** vmf->pte = pte_offset_map_lock(…); if (wp_can_reuse_anon_folio(folio, vma)) wp_page_reuse(vmf, folio); else folio_get(folio); pte_unmap_unlock(…): one reference says that nobody else has it; page_move_anon_rmap(); one critical section */
    reuse_or_get(s, me) {
      const pte = s.pte[me.pte]
      if (pte.ptl.owner !== 0) return blocked
      if (pte.kind !== 'present' || pte.writable) return ret()
      const folio = held(s, pte.folio)
      if (folio._refcount === 1) {
        pte.writable = true
        folio.mapping = pte.object
        return ret()
      }
      folio._refcount += 1
      me.old = pte.folio
      return 'wp_page_copy'
    },
    /** wp_page_copy(): new_folio = folio_prealloc(…); __wp_page_copy_user(…); nobody writes to a page that is mapped read-only */
    wp_page_copy(s, me) {
      me.copy = folio_alloc(s)
      if (me.copy === 0) return 'folio_put_old'
      Object.assign(held(s, me.copy), { uptodate: true, data: held(s, me.old).data })
      return 'pte_offset_map_lock'
    },
    pte_offset_map_lock(s, me) {
      return spin_lock(s.pte[me.pte].ptl, me.self) ? 'pte_same' : blocked
    },
    /** if (pte_same(ptep_get(vmf->pte), vmf->orig_pte)) { ptep_clear_flush(…); folio_add_new_anon_rmap(new_folio, …); folio_add_lru_vma(new_folio, vma); set_pte_at(…); folio_remove_rmap_pte(old_folio, …); } under the page table lock */
    pte_same(s, me) {
      const pte = s.pte[me.pte]
      if (pte.folio !== me.old || pte.writable) return 'out'
      const old = held(s, me.old)
      const mapping = guard('give a copy to the object of its writer') ? pte.object : old.mapping
      Object.assign(held(s, me.copy), { _mapcount: 1, lru: true, mapping })
      Object.assign(pte, { folio: me.copy, writable: true, dirty: true })
      old._mapcount -= 1
      old._refcount -= 1
      me.copy = 0
      return 'out'
    },
    /** pte_unmap_unlock(vmf->pte, vmf->ptl); */
    out(s, me) {
      spin_unlock(s.pte[me.pte].ptl, me.self)
      return me.copy === 0 ? 'free_swap_cache' : 'folio_put_copy'
    },
    /** if (page_copied) free_swap_cache(old_folio): if (it is in a page cache && !folio_mapped(folio)) … */
    free_swap_cache(s, me) {
      const { cached, _mapcount } = held(s, me.old)
      return cached && _mapcount === 0 ? call(free_swap_cache, { folio: known(me.old) }, 'folio_put_old') : 'folio_put_old'
    },
    folio_put_copy(s, me) {
      folio_put(s, me.copy)
      return 'folio_put_old'
    },
    folio_put_old(s, me) {
      folio_put(s, me.old)
      return ret()
    },
  },
)
