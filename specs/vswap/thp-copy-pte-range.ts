/**
 * mm/memory.c: copy_pte_range() of PTEs in a row, with copy_nonpresent_pte() and copy_present_ptes() (v6.14 with patch 10).
 *
 * Left out: pages that are pinned, -EIO of copy_nonpresent_pte() (swap_duplicate() never fails, as patch 10 says), -ENOMEM for a page table.
 */
import { blocked, bool, call, choose, type Id, known, ret } from '../../checker/index.js'
import { folio_ref_add } from '../kernel/folio-ref.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { copy_pte, share_nonpresent_pte } from './copy-pte-range.js'
import { held, page_folio } from './folio.js'
import { pte_lockptr, pte_nth } from './page-table.js'
import { Nr, type PageTableEntry, Pte, procedure, type State } from './state.js'
import { swap_duplicate } from './swap-refs.js'

/** Of `end` PTEs from `src_pte` on. Those of the child must be empty. */
export const thp_copy_pte_range = procedure(
  'copy_pte_range',
  { args: { src_pte: Pte, dst_pte: Pte, end: Nr }, locals: { n: Nr, nr: Nr, i: Nr, progress: bool }, calls: [swap_duplicate] },
  {
    /** again: progress = 0; dst_pte = pte_alloc_map_lock(dst_mm, dst_pmd, addr, &dst_ptl); */
    pte_alloc_map_lock(s, me) {
      return spin_lock(pte_lockptr(s, me.dst_pte), me.self) ? 'spin_lock_nested' : blocked
    },
    /** spin_lock_nested(src_ptl, SINGLE_DEPTH_NESTING); */
    spin_lock_nested(s, me) {
      return spin_lock(pte_lockptr(s, me.src_pte), me.self) ? 'copy' : blocked
    },
    /**
     * if (progress >= 32) { progress = 0; if (need_resched() || spin_needbreak(src_ptl) || spin_needbreak(dst_ptl)) break; } which may be so at any
     * PTE after the first; if (pte_none(ptent)) continue; if (unlikely(!pte_present(ptent))) copy_nonpresent_pte() else copy_present_ptes()
     */
    copy(s, me) {
      if (me.n >= me.end) return 'unlock_src'
      if (me.progress && choose([false, true])) {
        me.progress = false
        return 'unlock_src'
      }
      me.progress = me.n + 1 < me.end
      const { kind, entry } = src(s, me, 0)
      if (kind === 'swap' && entry !== 0) return call(swap_duplicate, { entry }, 'copy_nonpresent_pte')
      if (kind === 'migration') return 'copy_nonpresent_pte'
      if (kind === 'present') return 'folio_ref_add'
      me.n++
      return 'copy'
    },
    /**
     * copy_nonpresent_pte(): if (pte_swp_exclusive(orig_pte)) set_pte_at(src_mm, addr, src_pte, pte_swp_clear_exclusive(pte)); or, of a migration
     * entry, if (!is_readable_migration_entry(entry)) set_pte_at(src_mm, addr, src_pte, …make_readable_migration_entry(…));
     */
    copy_nonpresent_pte(s, me) {
      share_nonpresent_pte(src(s, me, 0))
      return 'set_pte_at'
    },
    /** set_pte_at(dst_mm, addr, dst_pte, pte); */
    set_pte_at(s, me) {
      const pte = src(s, me, 0)
      if (pte.entry !== 0) s.in_flight[pte.entry] -= 1
      copy_pte(pte, dst(s, me, 0))
      me.n++
      return 'copy'
    },
    /** copy_present_ptes(): nr = folio_pte_batch(folio, addr, src_pte, pte, max_nr, flags, &any_writable, NULL, NULL); folio_ref_add(folio, nr); */
    folio_ref_add(s, me) {
      me.nr = folio_pte_batch(s, me)
      folio_ref_add(held(s, page_folio(s, src(s, me, 0).folio)), me.nr)
      return 'folio_try_dup_anon_rmap_ptes'
    },
    /** folio_try_dup_anon_rmap_ptes(folio, page, nr, dst_vma, src_vma): both page table locks are held */
    folio_try_dup_anon_rmap_ptes(s, me) {
      held(s, page_folio(s, src(s, me, 0).folio))._mapcount += me.nr
      for (let n = 0; n < me.nr; n++) held(s, src(s, me, n).folio).anon_exclusive = false
      return 'wrprotect_ptes'
    },
    /** wrprotect_ptes(src_mm, addr, src_pte, nr); one after the other, as user space goes on writing */
    wrprotect_ptes(s, me) {
      src(s, me, me.i).writable = false
      me.i++
      if (me.i < me.nr) return 'wrprotect_ptes'
      me.i = 0
      return 'set_ptes'
    },
    /** set_ptes(dst_vma->vm_mm, addr, dst_pte, pte, nr); one after the other, for those who look without the lock */
    set_ptes(s, me) {
      copy_pte(src(s, me, me.i), dst(s, me, me.i))
      me.i++
      if (me.i < me.nr) return 'set_ptes'
      me.n += me.nr
      me.nr = 0
      me.i = 0
      return 'copy'
    },
    /** pte_unmap_unlock(orig_src_pte, src_ptl); */
    unlock_src(s, me) {
      spin_unlock(pte_lockptr(s, me.src_pte), me.self)
      return 'unlock_dst'
    },
    /** pte_unmap_unlock(orig_dst_pte, dst_ptl); cond_resched(); … if (addr != end) goto again; */
    unlock_dst(s, me) {
      spin_unlock(pte_lockptr(s, me.dst_pte), me.self)
      return me.n < me.end ? 'pte_alloc_map_lock' : ret()
    },
  },
)

interface Range {
  readonly src_pte: Id<'pte'>
  readonly dst_pte: Id<'pte'>
  readonly end: number
  readonly n: number
}

/** src_pte, so many further. */
function src(s: State, me: Range, offset: number): PageTableEntry {
  return s.pte[known(pte_nth(s, me.src_pte, me.n + offset))]
}

function dst(s: State, me: Range, offset: number): PageTableEntry {
  return s.pte[known(pte_nth(s, me.dst_pte, me.n + offset))]
}

/** folio_pte_batch(): how many PTEs in a row map pages in a row of one folio. */
function folio_pte_batch(s: State, me: Range): number {
  const folio = page_folio(s, src(s, me, 0).folio)
  let nr = 1
  while (me.n + nr < me.end && src(s, me, nr).kind === 'present' && page_folio(s, src(s, me, nr).folio) === folio) nr++
  return nr
}
