/** mm/memory.c: fork of one PTE, copy_pte_range() with copy_nonpresent_pte() and copy_present_ptes() (v6.14 with patch 10). */
import { blocked, call, ret } from '../../checker/index.js'
import { folio_get } from '../kernel/folio-ref.js'
import { held, page_folio } from './folio.js'
import { pte_lock, pte_unlock } from './page-table-lock.js'
import { guard, type PageTableEntry, Pte, procedure } from './state.js'
import { swap_duplicate } from './swap-refs.js'

/** The child's PTE must be empty. */
export const copy_pte_range = procedure(
  'copy_pte_range',
  { args: { src_pte: Pte, dst_pte: Pte }, calls: [swap_duplicate] },
  {
    /** dst_pte = pte_alloc_map_lock(dst_mm, dst_pmd, addr, &dst_ptl); */
    pte_alloc_map_lock(s, me) {
      return pte_lock(s, me.dst_pte, me.self, 'page table locks in copy_pte_range') ? 'spin_lock_nested' : blocked
    },
    /** spin_lock_nested(src_ptl, SINGLE_DEPTH_NESTING); */
    spin_lock_nested(s, me) {
      return pte_lock(s, me.src_pte, me.self, 'page table locks in copy_pte_range') ? 'copy' : blocked
    },
    /**
     * if (pte_none(ptent)) continue; if (unlikely(!pte_present(ptent))) copy_nonpresent_pte() else copy_present_ptes(); both locks
     * are held
     */
    copy(s, me) {
      const src = s.pte[me.src_pte]
      if (src.kind === 'swap' && src.entry !== 0) return call(swap_duplicate, { entry: src.entry }, 'copy_nonpresent_pte')
      if (src.kind === 'migration') return 'copy_nonpresent_pte'
      return src.kind === 'present' ? 'folio_get' : 'unlock_src'
    },
    /**
     * copy_nonpresent_pte(): if (pte_swp_exclusive(orig_pte)) set_pte_at(src_mm, addr, src_pte, pte_swp_clear_exclusive(pte)); or, of a migration
     * entry, if (!is_readable_migration_entry(entry)) set_pte_at(src_mm, addr, src_pte, …make_readable_migration_entry(…));
     */
    copy_nonpresent_pte(s, me) {
      share_nonpresent_pte(s.pte[me.src_pte])
      return 'set_pte_at'
    },
    /** set_pte_at(dst_mm, addr, dst_pte, pte); */
    set_pte_at(s, me) {
      const src = s.pte[me.src_pte]
      if (src.entry !== 0) s.in_flight[src.entry] -= 1
      copy_pte(src, s.pte[me.dst_pte])
      return 'unlock_src'
    },
    /** copy_present_ptes(): folio_get(folio); */
    folio_get(s, me) {
      folio_get(held(s, page_folio(s, s.pte[me.src_pte].folio)))
      return 'folio_try_dup_anon_rmap_pte'
    },
    /** folio_try_dup_anon_rmap_pte(folio, page, dst_vma, src_vma) */
    folio_try_dup_anon_rmap_pte(s, me) {
      const page = s.pte[me.src_pte].folio
      held(s, page_folio(s, page))._mapcount += 1
      held(s, page).anon_exclusive = false
      return 'wrprotect_ptes'
    },
    /** wrprotect_ptes(src_mm, addr, src_pte, nr); */
    wrprotect_ptes(s, me) {
      s.pte[me.src_pte].writable = false
      return 'set_ptes'
    },
    /** set_ptes(dst_vma->vm_mm, addr, dst_pte, pte, nr); */
    set_ptes(s, me) {
      copy_pte(s.pte[me.src_pte], s.pte[me.dst_pte])
      return 'unlock_src'
    },
    /** spin_unlock(src_ptl); */
    unlock_src(s, me) {
      pte_unlock(s, me.src_pte, me.self, 'page table locks in copy_pte_range')
      return 'unlock_dst'
    },
    /** pte_unmap_unlock(orig_dst_pte, dst_ptl); */
    unlock_dst(s, me) {
      pte_unlock(s, me.dst_pte, me.self, 'page table locks in copy_pte_range')
      return ret()
    },
  },
)

/** pte_swp_clear_exclusive(pte), or make_readable_migration_entry(…): the page has two owners from now on. */
export function share_nonpresent_pte(pte: PageTableEntry): void {
  if (pte.kind === 'migration' && !guard('make a migration entry readable that is copied')) return
  pte.exclusive = false
  if (pte.kind === 'migration') pte.writable = false
}

/** The child sees what the parent saw, read-only. */
export function copy_pte(src: PageTableEntry, dst: PageTableEntry): void {
  dst.kind = src.kind
  dst.folio = src.folio
  dst.entry = src.entry
  dst.dirty = src.dirty
  dst.stored = src.stored
}
