/**
 * mm/memory.c: do_wp_page() of an anonymous page (v6.14): the write to a page that is mapped read-only reuses it or copies it.
 *
 * Left out: KSM, the zero page, large folios, uffd-wp and unsharing, the reference of a per-CPU LRU batch.
 */
import { blocked, bool, call, int, known, ref, ret, tail } from '../../checker/index.js'
import { folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { folio_get } from '../kernel/folio-ref.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { folio_add_anon_rmap_ptes } from './anon-rmap.js'
import { folio_alloc, folio_put, held } from './folio.js'
import { free_swap_cache } from './free-swap-cache.js'
import { pte_lockptr } from './page-table.js'
import { Folios, guard, Pte, procedure } from './state.js'
import { folio_free_swap } from './swap-state.js'

/** wp_can_reuse_anon_folio(folio, vma), under the page table lock: has nobody else this folio? */
export const wp_can_reuse_anon_folio = procedure(
  'wp_can_reuse_anon_folio',
  { args: { folio: Folios }, locals: { ref_count: int(0, 7), reuse: bool }, calls: [folio_free_swap], returns: bool },
  {
    /** if (folio_ref_count(folio) > 3) return false; … if (folio_ref_count(folio) > … one read does for both: what the first refuses, the second would */
    folio_ref_count(s, me) {
      me.ref_count = held(s, me.folio)._refcount
      return 'early_checks'
    },
    /** 1 + folio_test_swapcache(folio)) return false; without the folio lock, another access */
    early_checks(s, me) {
      const allowed = held(s, me.folio).swapcache ? 2 : 1
      const { ref_count } = me
      me.ref_count = 0
      return ref_count > allowed ? ret(false) : 'folio_trylock'
    },
    /** if (!folio_trylock(folio)) return false; */
    folio_trylock(s, me) {
      if (!guard('lock the folio before it is reused')) return 'folio_test_swapcache'
      return folio_trylock(held(s, me.folio), me.self) ? 'folio_test_swapcache' : ret(false)
    },
    /** if (folio_test_swapcache(folio)) folio_free_swap(folio); */
    folio_test_swapcache(s, me) {
      return held(s, me.folio).swapcache ? call(folio_free_swap, { folio: me.folio }, 'recheck') : 'recheck'
    },
    /** if (folio_ref_count(folio) != 1) … return false; folio_move_anon_rmap(folio, vma); */
    recheck(s, me) {
      me.reuse = held(s, me.folio)._refcount === 1 || !guard('count the references to the folio again once it is locked')
      return guard('lock the folio before it is reused') ? 'folio_unlock' : ret(me.reuse)
    },
    /** folio_unlock(folio); return true; */
    folio_unlock(s, me) {
      folio_unlock(held(s, me.folio), me.self)
      return ret(me.reuse)
    },
  },
)

/** wp_page_copy(vmf): the caller has a reference to the old folio, which is given back here. */
export const wp_page_copy = procedure(
  'wp_page_copy',
  { args: { pte: Pte, old_folio: Folios }, locals: { new_folio: ref(Folios), page_copied: bool }, calls: [free_swap_cache] },
  {
    /** new_folio = folio_prealloc(mm, vma, vmf->address, pfn_is_zero); if (!new_folio) goto oom; oom: folio_put(old_folio); */
    folio_prealloc(s, me) {
      me.new_folio = folio_alloc(s)
      return me.new_folio === 0 ? 'folio_put' : '__wp_page_copy_user'
    },
    /** __wp_page_copy_user(&new_folio->page, vmf->page, vmf); __folio_mark_uptodate(new_folio); */
    __wp_page_copy_user(s, me) {
      const folio = held(s, me.new_folio)
      folio.data = held(s, me.old_folio).data
      folio.uptodate = true
      return 'pte_offset_map_lock'
    },
    /** vmf->pte = pte_offset_map_lock(mm, vmf->pmd, vmf->address, &vmf->ptl); */
    pte_offset_map_lock(s, me) {
      return spin_lock(pte_lockptr(s, me.pte), me.self) ? 'pte_same' : blocked
    },
    /** if (likely(vmf->pte && pte_same(ptep_get(vmf->pte), vmf->orig_pte))) under the page table lock */
    pte_same(s, me) {
      const { kind, folio, writable } = s.pte[me.pte]
      me.page_copied = (kind === 'present' && folio === me.old_folio && !writable) || !guard('pte_same in wp_page_copy')
      return me.page_copied ? 'ptep_clear_flush' : 'pte_unmap_unlock'
    },
    /** ptep_clear_flush(vma, vmf->address, vmf->pte); folio_add_new_anon_rmap(new_folio, vma, vmf->address, RMAP_EXCLUSIVE); */
    ptep_clear_flush(s, me) {
      const folio = held(s, me.new_folio)
      folio.anon = true
      const pte = s.pte[me.pte]
      pte.kind = 'none'
      pte.folio = 0
      folio_add_anon_rmap_ptes(s, folio, me.pte)
      folio.anon_exclusive = true
      return 'set_pte_at'
    },
    /** folio_add_lru_vma(new_folio, vma); set_pte_at(mm, vmf->address, vmf->pte, entry); the new folio's reference is the PTE's */
    set_pte_at(s, me) {
      const pte = s.pte[me.pte]
      held(s, me.new_folio).lru = true
      pte.kind = 'present'
      pte.folio = me.new_folio
      pte.writable = true
      pte.dirty = true
      return 'folio_remove_rmap_pte'
    },
    /** folio_remove_rmap_pte(old_folio, vmf->page, vma); new_folio = old_folio; */
    folio_remove_rmap_pte(s, me) {
      held(s, me.old_folio)._mapcount -= 1
      me.new_folio = me.old_folio
      return 'pte_unmap_unlock'
    },
    /** pte_unmap_unlock(vmf->pte, vmf->ptl); */
    pte_unmap_unlock(s, me) {
      spin_unlock(pte_lockptr(s, me.pte), me.self)
      return 'folio_put_refs'
    },
    /** if (new_folio) folio_put_refs(new_folio, 1); the PTE's reference to the old folio, or the new folio that is of no use */
    folio_put_refs(s, me) {
      folio_put(s, me.new_folio)
      me.new_folio = 0
      return me.page_copied ? 'free_swap_cache' : 'folio_put'
    },
    /** if (page_copied) free_swap_cache(old_folio); */
    free_swap_cache(_, me) {
      return call(free_swap_cache, { folio: me.old_folio }, 'folio_put')
    },
    /** folio_put(old_folio); */
    folio_put(s, me) {
      if (guard('hold the old folio while it is copied')) folio_put(s, me.old_folio)
      return ret()
    },
  },
)

/** handle_pte_fault() of a write to a present page, and do_wp_page(vmf) where it may not be written to. */
export const do_wp_page = procedure(
  'do_wp_page',
  {
    args: { pte: Pte },
    locals: { folio: ref(Folios), reuse: bool },
    calls: [wp_can_reuse_anon_folio, wp_page_copy],
  },
  {
    /** spin_lock(vmf->ptl); */
    spin_lock(s, me) {
      return spin_lock(pte_lockptr(s, me.pte), me.self) ? 'PageAnonExclusive' : blocked
    },
    /**
     * if (unlikely(!pte_same(ptep_get(vmf->pte), entry))) goto unlock; if (!pte_write(entry)) return do_wp_page(vmf); folio =
     * page_folio(vmf->page); if (… (PageAnonExclusive(vmf->page) || wp_can_reuse_anon_folio(folio, vma)))
     */
    PageAnonExclusive(s, me) {
      const pte = s.pte[me.pte]
      if (pte.kind !== 'present' || pte.writable) return 'pte_unmap_unlock'
      me.folio = pte.folio
      if (!held(s, me.folio).anon_exclusive) return call(wp_can_reuse_anon_folio, { folio: known(me.folio) }, 'wp_page_reuse', 'reuse')
      me.reuse = true
      return 'wp_page_reuse'
    },
    /** { SetPageAnonExclusive(vmf->page); … wp_page_reuse(vmf, folio): ptep_set_access_flags(vma, vmf->address, vmf->pte, entry, 1) */
    wp_page_reuse(s, me) {
      if (!me.reuse) return 'folio_get'
      held(s, me.folio).anon_exclusive = true
      s.pte[me.pte].writable = true
      s.pte[me.pte].dirty = true
      return 'pte_unmap_unlock'
    },
    /** folio_get(folio); */
    folio_get(s, me) {
      if (guard('hold the old folio while it is copied')) folio_get(held(s, me.folio))
      return 'pte_unmap_unlock_to_copy'
    },
    /** pte_unmap_unlock(vmf->pte, vmf->ptl); return wp_page_copy(vmf); */
    pte_unmap_unlock_to_copy(s, me) {
      spin_unlock(pte_lockptr(s, me.pte), me.self)
      return tail(wp_page_copy, { pte: me.pte, old_folio: known(me.folio) })
    },
    /** pte_unmap_unlock(vmf->pte, vmf->ptl); return 0; } */
    pte_unmap_unlock(s, me) {
      spin_unlock(pte_lockptr(s, me.pte), me.self)
      return ret()
    },
  },
)
