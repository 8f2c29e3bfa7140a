/** mm/memory.c: copy_pte_range(), fork's copy of one PTE. mmap_lock is held for writing: nobody faults on the parent's PTE, and nobody sees the child's. */
import { blocked, call, known, ret } from '../../checker/index.js'
import { folio_get } from '../kernel/folio-ref.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { held, page_folio } from './folio.js'
import { Pte, procedure } from './state.js'
import { swap_duplicate } from './swap-duplicate.js'

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
    /**
     * if (unlikely(!pte_present(ptent))) copy_nonpresent_pte(): swap_duplicate(entry); else copy_present_ptes(): folio_get(folio);
     * folio_try_dup_anon_rmap_pte(folio, page, dst_vma, src_vma); both locks are held
     */
    copy(s, me) {
      const { kind, entry, folio } = s.pte[me.src_pte]
      if (kind === 'swap') return call(swap_duplicate, { entry: known(entry) }, 'set_pte_at')
      if (kind === 'none') return 'unlock_src'
      const page = held(s, page_folio(s, folio))
      folio_get(page)
      page._mapcount += 1
      held(s, folio).anon_exclusive = false
      return 'set_pte_at'
    },
    /** if (pte_swp_exclusive(orig_pte)) set_pte_at(src_mm, addr, src_pte, pte_swp_clear_exclusive(pte)); or wrprotect_ptes(src_mm, addr, src_pte, nr); set_pte_at(dst_mm, addr, dst_pte, pte); */
    set_pte_at(s, me) {
      const src = s.pte[me.src_pte]
      if (src.entry !== 0) s.in_flight[src.entry] -= 1
      src.exclusive = false
      src.writable = false
      const { kind, folio, entry, dirty, stored } = src
      Object.assign(s.pte[me.dst_pte], { kind, folio, entry, dirty, stored })
      s.page_memcg[me.dst_pte] = s.page_memcg[me.src_pte]
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
