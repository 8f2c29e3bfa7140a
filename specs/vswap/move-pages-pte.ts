/**
 * mm/userfaultfd.c: move_pages_pte() of a swap entry, with move_swap_pte() in it (v6.14 with patch 4). The mmap_lock is held for reading.
 *
 * Left out: the move of a page that is present, which never looks at a swap entry; the page tables themselves (pmd_same()), and the mode
 * UFFDIO_MOVE_MODE_ALLOW_SRC_HOLES. Whoever gets -EAGAIN would try again, as a second move does here.
 */
import { blocked, bool, call, type Id, known, ordinal, type Ref, ref, ret } from '../../checker/index.js'
import { folio_lock, folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { spin_is_locked, spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { xa_load } from '../kernel/xarray.js'
import { vswap_disk_backed } from './check-backing.js'
import { clear_pte } from './clear-pte.js'
import { filemap_get_folio } from './filemap.js'
import { folio_put, held } from './folio.js'
import { swp_entry_to_swp_slot } from './slot-lookup.js'
import { Entry, Folios, guard, type PageTableEntry, Pte, procedure, Slot } from './state.js'
import { swap_slot_tryget_swap_info, unlock_swapoff } from './swap-slot.js'

export const move_pages_pte = procedure(
  'move_pages_pte',
  {
    args: { dst_pte: Pte, src_pte: Pte },
    locals: {
      /** orig_src_pte, and src_folio_pte once there is a src_folio: an entry that is held exclusively. */
      entry: ref(Entry),
      si: ref(Slot),
      disk_backed: bool,
      src_folio: ref(Folios),
    },
    calls: [swp_entry_to_swp_slot, vswap_disk_backed, filemap_get_folio],
  },
  {
    /** retry: spin_lock(dst_ptl); orig_dst_pte = ptep_get(dst_pte); spin_unlock(dst_ptl); if (!pte_none(orig_dst_pte)) err = -EEXIST; */
    orig_dst_pte(s, me) {
      const pte = s.pte[me.dst_pte]
      if (spin_is_locked(pte.ptl)) return blocked
      return pte.kind === 'none' ? 'orig_src_pte' : 'out'
    },
    /**
     * spin_lock(src_ptl); orig_src_pte = ptep_get(src_pte); spin_unlock(src_ptl); if (pte_none(orig_src_pte)) err = -ENOENT; if
     * (src_folio && unlikely(!pte_same(src_folio_pte, orig_src_pte))) err = -EAGAIN; … if (!pte_swp_exclusive(orig_src_pte)) err = -EBUSY;
     */
    orig_src_pte(s, me) {
      const pte = s.pte[me.src_pte]
      if (spin_is_locked(pte.ptl)) return blocked
      const same = me.src_folio === 0 || pte.entry === me.entry
      if (pte.kind !== 'swap' || !same || !pte.exclusive) return 'out'
      me.entry = pte.entry
      return 'trylock_swapoff'
    },
    /** swapoff_locked = trylock_swapoff(entry, &si): swp_slot_t slot = swp_entry_to_swp_slot(entry); it does not fail, and si may be NULL */
    trylock_swapoff(_, me) {
      return call(swp_entry_to_swp_slot, { entry: known(me.entry) }, 'vswap_disk_backed', 'si')
    },
    /** if (vswap_disk_backed(entry, 1)) */
    vswap_disk_backed(_, me) {
      return call(vswap_disk_backed, { entry: known(me.entry), nr: 1 }, 'filemap_get_folio', 'disk_backed')
    },
    /**
     * *si = swap_slot_tryget_swap_info(slot); else *si = NULL; … if (!src_folio) folio = filemap_get_folio(swap_address_space(entry),
     * swap_cache_index(entry));
     */
    filemap_get_folio(s, me) {
      me.si = me.disk_backed ? swap_slot_tryget_swap_info(s, me.si) : 0
      me.disk_backed = false
      if (!s.device.watched) me.si = 0
      if (me.src_folio !== 0) return 'move_swap_pte'
      return call(filemap_get_folio, { entry: known(me.entry) }, 'folio_trylock', 'src_folio')
    },
    /** if (!IS_ERR_OR_NULL(folio)) { … src_folio = folio; src_folio_pte = orig_src_pte; if (!folio_trylock(src_folio)) { */
    folio_trylock(s, me) {
      if (me.src_folio === 0 || !guard('lock the folio before it is moved')) return 'move_swap_pte'
      return folio_trylock(held(s, me.src_folio), me.self) ? 'move_swap_pte' : 'unlock_swapoff'
    },
    /** unlock_swapoff(entry, si); si = NULL; */
    unlock_swapoff(s, me) {
      unlock_swapoff(s, me.si)
      me.si = 0
      return 'folio_lock'
    },
    /** folio_lock(src_folio); goto retry; } } */
    folio_lock(s, me) {
      return folio_lock(held(s, me.src_folio), me.self) ? 'orig_dst_pte' : blocked
    },
    /**
     * move_swap_pte(): with the protection, if (src_folio && unlikely(!folio_test_swapcache(src_folio) || entry.val !=
     * src_folio->swap.val)) return -EAGAIN; both stay while the folio is locked
     */
    move_swap_pte(s, me) {
      if (me.src_folio === 0) return 'spin_lock'
      const { swapcache, swap } = held(s, me.src_folio)
      const moved = !swapcache || swap !== me.entry
      return moved && guard('look whether the folio is still the one of the entry') ? 'out' : 'spin_lock'
    },
    /** double_pt_lock(dst_ptl, src_ptl): spin_lock(ptl1); the one with the lower address */
    spin_lock(s, me) {
      return spin_lock(s.pte[lower(me)].ptl, me.self) ? 'spin_lock_nested' : blocked
    },
    /** spin_lock_nested(ptl2, SINGLE_DEPTH_NESTING); */
    spin_lock_nested(s, me) {
      return spin_lock(s.pte[higher(me)].ptl, me.self) ? 'is_pte_pages_stable' : blocked
    },
    /** if (!is_pte_pages_stable(dst_pte, src_pte, orig_dst_pte, orig_src_pte, dst_pmd, dst_pmdval)) err = -EAGAIN; both locks are held */
    is_pte_pages_stable(s, me) {
      const dst = s.pte[me.dst_pte]
      const src = s.pte[me.src_pte]
      const stable = dst.kind === 'none' && src.kind === 'swap' && src.entry === me.entry && src.exclusive
      if (!stable && guard('look at both PTEs again under the page table locks')) return 'double_pt_unlock'
      return me.src_folio === 0 ? 'SWAP_HAS_CACHE' : 'folio_move_anon_rmap'
    },
    /** if (src_folio) { folio_move_anon_rmap(src_folio, dst_vma); src_folio->index = linear_page_index(dst_vma, dst_addr); } */
    folio_move_anon_rmap(s, me) {
      held(s, me.src_folio).index = ordinal(me.dst_pte)
      return 'ptep_get_and_clear'
    },
    /**
     * With the protection, else if (the swap cache has a folio for the entry) return -EAGAIN; mainline looks at SWAP_HAS_CACHE in
     * si->swap_map for that, which a virtual slot does not have
     */
    SWAP_HAS_CACHE(s, me) {
      const isCached = xa_load(s.swapper_space, known(me.entry)) !== 0
      return isCached && guard('look into the swap cache again under the page table locks') ? 'double_pt_unlock' : 'ptep_get_and_clear'
    },
    /** orig_src_pte = ptep_get_and_clear(mm, src_addr, src_pte); */
    ptep_get_and_clear(s, me) {
      const src = s.pte[me.src_pte]
      s.pte[me.dst_pte].stored = src.stored
      if (src.kind === 'swap' && src.entry !== 0) s.in_flight[src.entry] += 1
      clear_pte(src)
      return 'set_pte_at'
    },
    /** set_pte_at(mm, dst_addr, dst_pte, orig_src_pte); */
    set_pte_at(s, me) {
      const dst = s.pte[me.dst_pte]
      s.in_flight[known(me.entry)] -= 1
      setSwapPte(dst, known(me.entry))
      return 'double_pt_unlock'
    },
    /** double_pt_unlock(dst_ptl, src_ptl): spin_unlock(ptl1); */
    double_pt_unlock(s, me) {
      spin_unlock(s.pte[lower(me)].ptl, me.self)
      return 'spin_unlock'
    },
    /** if (ptl1 != ptl2) spin_unlock(ptl2); */
    spin_unlock(s, me) {
      spin_unlock(s.pte[higher(me)].ptl, me.self)
      return 'out'
    },
    /** out: if (src_folio) { folio_unlock(src_folio); */
    out(s, me) {
      if (me.src_folio === 0) return 'out_unlock_swapoff'
      if (guard('lock the folio before it is moved')) folio_unlock(held(s, me.src_folio), me.self)
      return 'folio_put'
    },
    /** folio_put(src_folio); } */
    folio_put(s, me) {
      folio_put(s, me.src_folio)
      return 'out_unlock_swapoff'
    },
    /** if (swapoff_locked) unlock_swapoff(entry, si); */
    out_unlock_swapoff(s, me) {
      unlock_swapoff(s, me.si)
      return ret()
    },
  },
)

interface Ptes {
  readonly dst_pte: Id<'pte'>
  readonly src_pte: Id<'pte'>
}

function lower({ dst_pte, src_pte }: Ptes): Id<'pte'> {
  return ordinal(dst_pte) < ordinal(src_pte) ? dst_pte : src_pte
}

function higher({ dst_pte, src_pte }: Ptes): Id<'pte'> {
  return ordinal(dst_pte) < ordinal(src_pte) ? src_pte : dst_pte
}

function setSwapPte(pte: PageTableEntry, entry: Ref<'entry'>): void {
  pte.kind = 'swap'
  pte.entry = entry
  pte.exclusive = true
}
