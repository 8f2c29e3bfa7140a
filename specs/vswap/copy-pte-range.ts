/** mm/memory.c: fork of one PTE, copy_pte_range() with copy_nonpresent_pte() and copy_present_ptes() (v6.14 with patch 10). */
import { blocked, call, ret } from '../../checker/index.js'
import { folio_get } from '../kernel/folio-ref.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { held } from './folio.js'
import { type PageTableEntry, Pte, procedure } from './state.js'
import { swap_duplicate } from './swap-refs.js'

/** The child's PTE must be empty. */
export const copy_pte_range = procedure(
  'copy_pte_range',
  { args: { src_pte: Pte, dst_pte: Pte }, calls: [swap_duplicate] },
  {
    /** dst_pte = pte_alloc_map_lock(dst_mm, dst_pmd, addr, &dst_ptl); */
    pte_alloc_map_lock(s, me) {
      return spin_lock(s.pte[me.dst_pte].ptl, me.self) ? 'spin_lock_nested' : blocked
    },
    /** spin_lock_nested(src_ptl, SINGLE_DEPTH_NESTING); */
    spin_lock_nested(s, me) {
      return spin_lock(s.pte[me.src_pte].ptl, me.self) ? 'copy' : blocked
    },
    /** if (pte_none(ptent)) continue; if (unlikely(!pte_present(ptent))) copy_nonpresent_pte() else copy_present_ptes(); both locks are held */
    copy(s, me) {
      const src = s.pte[me.src_pte]
      if (src.kind === 'swap' && src.entry !== 0) return call(swap_duplicate, { entry: src.entry }, 'copy_nonpresent_pte')
      return src.kind === 'present' ? 'copy_present_ptes' : 'unlock_src'
    },
    /** if (pte_swp_exclusive(orig_pte)) set_pte_at(src_mm, addr, src_pte, pte_swp_clear_exclusive(pte)); set_pte_at(dst_mm, addr, dst_pte, pte); */
    copy_nonpresent_pte(s, me) {
      const src = s.pte[me.src_pte]
      src.exclusive = false
      if (src.entry !== 0) s.in_flight[src.entry] -= 1
      copy_pte(src, s.pte[me.dst_pte])
      return 'unlock_src'
    },
    /** folio_get(folio); folio_try_dup_anon_rmap_pte(…); wrprotect_ptes(src_mm, addr, src_pte, nr); set_ptes(dst_mm, addr, dst_pte, pte, nr); */
    copy_present_ptes(s, me) {
      const src = s.pte[me.src_pte]
      const folio = held(s, src.folio)
      folio_get(folio)
      folio._mapcount += 1
      folio.anon_exclusive = false
      src.writable = false
      copy_pte(src, s.pte[me.dst_pte])
      return 'unlock_src'
    },
    /** spin_unlock(src_ptl); */
    unlock_src(s, me) {
      spin_unlock(s.pte[me.src_pte].ptl, me.self)
      return 'unlock_dst'
    },
    /** pte_unmap_unlock(orig_dst_pte, dst_ptl); */
    unlock_dst(s, me) {
      spin_unlock(s.pte[me.dst_pte].ptl, me.self)
      return ret()
    },
  },
)

/** The child sees what the parent saw, read-only. */
function copy_pte(src: PageTableEntry, dst: PageTableEntry): void {
  dst.kind = src.kind
  dst.folio = src.folio
  dst.entry = src.entry
  dst.dirty = src.dirty
  dst.stored = src.stored
}
