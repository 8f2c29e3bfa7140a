/**
 * mm/memory.c: do_wp_page() of an anonymous page: the write to a page that is mapped read-only reuses it or copies it.
 *
 * Left out: KSM, the zero page, large folios, uffd-wp and unsharing, the reference of a per-CPU LRU batch.
 */
import { blocked, bool, call, known, ref, ret } from '../../checker/index.js'
import { folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { folio_get } from '../kernel/folio-ref.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { folio_add_anon_rmap_ptes } from './anon-rmap.js'
import { folio_alloc, folio_put, held } from './folio.js'
import { free_swap_cache } from './free-swap-cache.js'
import { charge_memcg } from './memcg.js'
import { Folios, Pte, procedure } from './state.js'
import { folio_free_swap } from './swap-state.js'

/** wp_can_reuse_anon_folio(folio, vma), under the page table lock: has nobody else this folio? */
const wp_can_reuse_anon_folio = procedure(
  'wp_can_reuse_anon_folio',
  { args: { folio: Folios }, locals: { reuse: bool }, calls: [folio_free_swap], returns: bool },
  {
    /** if (folio_ref_count(folio) > 1 + folio_test_swapcache(folio)) return false; a hint: both may change before the folio is locked */
    early_checks(s, me) {
      const folio = held(s, me.folio)
      return folio._refcount > (folio.swapcache ? 2 : 1) ? ret(false) : 'folio_trylock'
    },
    /** if (!folio_trylock(folio)) return false; if (folio_test_swapcache(folio)) folio_free_swap(folio); */
    folio_trylock(s, me) {
      const folio = held(s, me.folio)
      if (!folio_trylock(folio, me.self)) return ret(false)
      return folio.swapcache ? call(folio_free_swap, { folio: me.folio }, 'folio_ref_count') : 'folio_ref_count'
    },
    /** if (folio_ref_count(folio) != 1) … return false; folio_move_anon_rmap(folio, vma); */
    folio_ref_count(s, me) {
      me.reuse = held(s, me.folio)._refcount === 1
      return 'folio_unlock'
    },
    /** folio_unlock(folio); return true; */
    folio_unlock(s, me) {
      folio_unlock(held(s, me.folio), me.self)
      return ret(me.reuse)
    },
  },
)

/** wp_page_copy(vmf): the caller has a reference to the old folio, which is given back here. */
const wp_page_copy = procedure(
  'wp_page_copy',
  { args: { pte: Pte, old_folio: Folios }, locals: { new_folio: ref(Folios), page_copied: bool }, calls: [free_swap_cache] },
  {
    /** new_folio = folio_prealloc(mm, vma, vmf->address, pfn_is_zero); … __wp_page_copy_user(&new_folio->page, vmf->page, vmf); nobody else has it */
    __wp_page_copy_user(s, me) {
      me.new_folio = folio_alloc(s)
      if (me.new_folio === 0) return 'folio_put'
      charge_memcg(s, me.new_folio, s.mm_memcg[me.pte])
      s.page_memcg[me.pte] = s.mm_memcg[me.pte]
      Object.assign(s.folio[me.new_folio], { data: held(s, me.old_folio).data, uptodate: true })
      return 'pte_offset_map_lock'
    },
    /** vmf->pte = pte_offset_map_lock(mm, vmf->pmd, vmf->address, &vmf->ptl); */
    pte_offset_map_lock(s, me) {
      return spin_lock(s.pte[me.pte].ptl, me.self) ? 'pte_same' : blocked
    },
    /** if (likely(vmf->pte && pte_same(ptep_get(vmf->pte), vmf->orig_pte))) under the page table lock */
    pte_same(s, me) {
      const { kind, folio, writable } = s.pte[me.pte]
      me.page_copied = kind === 'present' && folio === me.old_folio && !writable
      return me.page_copied ? 'set_pte_at' : 'pte_unmap_unlock'
    },
    /**
     * ptep_clear_flush(vma, vmf->address, vmf->pte); folio_add_new_anon_rmap(new_folio, …); folio_add_lru_vma(new_folio, vma); set_pte_at(mm,
     * vmf->address, vmf->pte, entry); folio_remove_rmap_pte(old_folio, vmf->page, vma); new_folio = old_folio; under the page table lock
     */
    set_pte_at(s, me) {
      const folio = held(s, me.new_folio)
      folio_add_anon_rmap_ptes(s, folio, me.pte)
      folio.anon_exclusive = true
      folio.lru = true
      Object.assign(s.pte[me.pte], { folio: me.new_folio, writable: true, dirty: true })
      held(s, me.old_folio)._mapcount -= 1
      me.new_folio = me.old_folio
      return 'pte_unmap_unlock'
    },
    /** pte_unmap_unlock(vmf->pte, vmf->ptl); */
    pte_unmap_unlock(s, me) {
      spin_unlock(s.pte[me.pte].ptl, me.self)
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
      folio_put(s, me.old_folio)
      return ret()
    },
  },
)

/** handle_pte_fault() of a write to a present page, and do_wp_page(vmf) where it may not be written to. */
export const do_wp_page = procedure(
  'do_wp_page',
  { args: { pte: Pte }, locals: { folio: ref(Folios), reuse: bool }, calls: [wp_can_reuse_anon_folio, wp_page_copy] },
  {
    /** spin_lock(vmf->ptl); */
    spin_lock(s, me) {
      return spin_lock(s.pte[me.pte].ptl, me.self) ? 'PageAnonExclusive' : blocked
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
    /** { SetPageAnonExclusive(vmf->page); … wp_page_reuse(vmf, folio): ptep_set_access_flags(…); return 0; } folio_get(folio); */
    wp_page_reuse(s, me) {
      if (me.reuse) {
        held(s, me.folio).anon_exclusive = true
        s.pte[me.pte].writable = true
      } else folio_get(held(s, me.folio))
      return 'pte_unmap_unlock'
    },
    /** pte_unmap_unlock(vmf->pte, vmf->ptl); return wp_page_copy(vmf); */
    pte_unmap_unlock(s, me) {
      spin_unlock(s.pte[me.pte].ptl, me.self)
      if (me.folio === 0 || me.reuse) return ret()
      return call(wp_page_copy, { pte: me.pte, old_folio: known(me.folio) }, 'done')
    },
    done() {
      return ret()
    },
  },
)
