/**
 * mm/memory.c: do_swap_page() (v6.14 with patches 4 to 15), for a folio of one page.
 *
 * Left out: swapin_readahead() beyond the faulting entry, mlock in should_try_to_free_swap(), KSM's copy,
 * hwpoison, and the retry of FAULT_FLAG_ALLOW_RETRY (a fault that gives up is taken again by
 * whoever touches the page, as here).
 */
import { assert, blocked, bool, call, type Id, int, known, ref, ret, sleep, tail } from '../../checker/index.js'
import { EEXIST } from '../kernel/errno.js'
import { folio_lock, folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { live, NoUseAfterFree } from '../kernel/memory.js'
import { folio_add_anon_rmap_ptes } from './anon-rmap.js'
import { vswap_can_swapin_thp, vswap_disk_backed } from './check-backing.js'
import { filemap_get_folio } from './filemap.js'
import { folio_alloc, folio_put, held } from './folio.js'
import { mem_cgroup_swapin_charge_folio } from './memcg-charge.js'
import { pte_lock, pte_unlock } from './page-table-lock.js'
import { read_swap_cache_async } from './read-swap-cache.js'
import { do_sigbus } from './sigbus.js'
import { swp_entry_to_swp_slot } from './slot-lookup.js'
import { isUnstable, stable_state, vswap_get_device } from './stable-writes.js'
import { Entry, type Folio, Folios, guard, Pte, procedure, Slot } from './state.js'
import { swap_read_folio } from './swap-read-folio.js'
import { swap_free_nr, swapcache_clear, swapcache_prepare, swp_swapcount } from './swap-refs.js'
import { is_synchronous, swap_slot_tryget_swap_info, unlock_swapoff } from './swap-slot.js'
import { folio_free_swap } from './swap-state.js'

/** The fault on a PTE that holds a swap entry. It may return without having mapped anything; the access is then tried again. */
export const do_swap_page = procedure(
  'do_swap_page',
  {
    args: { pte: Pte, write: bool },
    locals: {
      /** vmf->orig_pte */
      entry: ref(Entry),
      orig_exclusive: bool,
      /** The device that trylock_swapoff() found, by its slot: NULL where there was none. */
      si: ref(Slot),
      disk_backed: bool,
      swapin_able: bool,
      folio: ref(Folios),
      swapcache: bool,
      swap_count: int(0, 15),
      err: int(-EEXIST, 0),
      need_clear_cache: bool,
      exclusive: bool,
      stable_si: ref(Slot),
      stable: stable_state,
    },
    calls: [
      swp_entry_to_swp_slot,
      vswap_disk_backed,
      vswap_can_swapin_thp,
      swap_read_folio,
      filemap_get_folio,
      swp_swapcount,
      swapcache_prepare,
      read_swap_cache_async,
      swap_free_nr,
      folio_free_swap,
      swapcache_clear,
    ],
  },
  {
    /** vmf->orig_pte = ptep_get_lockless(vmf->pte); entry = pte_to_swp_entry(vmf->orig_pte); */
    orig_pte(s, me) {
      const pte = s.pte[me.pte]
      if (pte.kind !== 'swap') return ret()
      me.entry = pte.entry
      me.orig_exclusive = pte.exclusive
      return 'trylock_swapoff'
    },
    /** swapoff_locked = trylock_swapoff(entry, &si): swp_slot_t slot = swp_entry_to_swp_slot(entry); */
    trylock_swapoff(_, me) {
      return call(swp_entry_to_swp_slot, { entry: known(me.entry) }, 'vswap_disk_backed', 'si')
    },
    /** if (vswap_disk_backed(entry, 1)) */
    vswap_disk_backed(_, me) {
      return call(vswap_disk_backed, { entry: known(me.entry), nr: 1 }, 'swap_cache_get_folio', 'disk_backed')
    },
    /**
     * *si = swap_slot_tryget_swap_info(slot), NULL for slot 0; else *si = NULL; … folio = swap_cache_get_folio(entry, vma,
     * vmf->address); swapcache = folio;
     */
    swap_cache_get_folio(s, me) {
      me.si = me.disk_backed ? swap_slot_tryget_swap_info(s, me.si) : 0
      me.disk_backed = false
      me.swapcache = true
      return call(filemap_get_folio, { entry: known(me.entry) }, 'synchronous_io', 'folio')
    },
    /** if (!folio) { if (data_race(si->flags & SWP_SYNCHRONOUS_IO) && __swap_count(entry) == 1) { */
    synchronous_io(s, me) {
      if (me.folio !== 0) return 'folio_lock'
      const { si } = me
      if (!s.device.watched && !s.SWP_STABLE_WRITES) me.si = 0
      if (si === 0) {
        assert(guard('test si before si->flags'), 'NULL pointer dereference: si->flags', NoUseAfterFree)
        return 'swapin_readahead'
      }
      return is_synchronous(s, si) ? call(swp_swapcount, { entry: known(me.entry) }, 'alloc_swap_folio', 'swap_count') : 'swapin_readahead'
    },
    /** folio = alloc_swap_folio(vmf), with mem_cgroup_swapin_charge_folio(), which looks the entry up; __folio_set_locked(folio); */
    alloc_swap_folio(s, me) {
      const count = me.swap_count
      me.swap_count = 0
      if (count !== 1) return 'swapin_readahead'
      me.swapcache = false
      me.folio = folio_alloc(s)
      if (me.folio === 0) return 'out'
      mem_cgroup_swapin_charge_folio(s, me.folio, known(me.entry))
      assert(folio_trylock(s.folio[me.folio], me.self), 'a new folio is unlocked')
      return 'swapcache_prepare'
    },
    /** if (swapcache_prepare(entry, nr_pages)) */
    swapcache_prepare(_, me) {
      if (!guard('pin the entry before a direct read')) return 'swap_read_folio'
      return call(swapcache_prepare, { entry: known(me.entry), nr: 1 }, 'prepared', 'err')
    },
    /** { add_wait_queue(…); schedule_timeout_uninterruptible(1); … goto out_page; } need_clear_cache = true; the wait ends by itself */
    prepared(_, me) {
      const { err } = me
      me.err = 0
      if (err !== 0) return guard('sleep before the fault is taken again') ? sleep('out_page') : 'out_page'
      me.need_clear_cache = true
      return call(vswap_can_swapin_thp, { entry: known(me.entry), nr: 1 }, 'recheck', 'swapin_able')
    },
    /**
     * if (IS_ENABLED(CONFIG_VIRTUAL_SWAP) && !vswap_can_swapin_thp(entry, nr_pages)) { …; goto out_page; } for one page, too. Not in the RFC: the
     * same where vswap_get_device(entry) is not SWP_SYNCHRONOUS_IO; with the pin, what backs the entry stays
     */
    recheck(s, me) {
      const { swapin_able } = me
      me.swapin_able = false
      const { type, slot } = live(s.desc, s.vswap_map[known(me.entry)])
      const isElsewhere =
        type === 'VSWAP_SWAPFILE' && !is_synchronous(s, slot) && guard('look at the device again once the entry is pinned')
      return swapin_able && !isElsewhere ? 'swap_read_folio' : 'out_page'
    },
    /** folio_add_lru(folio); folio->swap = entry; swap_read_folio(folio, NULL); folio->private = NULL; */
    swap_read_folio(s, me) {
      held(s, me.folio).lru = true
      return call(swap_read_folio, { folio: known(me.folio), entry: known(me.entry) }, 'folio_lock')
    },
    /** folio = swapin_readahead(entry, GFP_HIGHUSER_MOVABLE, vmf); swapcache = folio; */
    swapin_readahead(_, me) {
      return call(read_swap_cache_async, { entry: known(me.entry) }, 'folio_lock', 'folio')
    },
    /** if (!folio) … goto unlock; ret |= folio_lock_or_retry(folio, vmf); */
    folio_lock(s, me) {
      if (me.folio === 0) return 'out'
      if (!guard('lock the folio in do_swap_page')) return 'check_swapcache'
      return folio_lock(held(s, me.folio), me.self) ? 'check_swapcache' : blocked
    },
    /** if (swapcache) if (unlikely(!folio_test_swapcache(folio) || page_swap_entry(page).val != entry.val)) goto out_page; */
    check_swapcache(s, me) {
      const folio = held(s, me.folio)
      const moved = !folio.swapcache || folio.swap !== me.entry
      return me.swapcache && moved && guard('look at the folio again once do_swap_page has locked it') ? 'out_page' : 'pte_offset_map_lock'
    },
    /** vmf->pte = pte_offset_map_lock(vma->vm_mm, vmf->pmd, vmf->address, &vmf->ptl); */
    pte_offset_map_lock(s, me) {
      return pte_lock(s, me.pte, me.self, 'page table lock in do_swap_page') ? 'pte_same' : blocked
    },
    /**
     * if (unlikely(!vmf->pte || !pte_same(ptep_get(vmf->pte), vmf->orig_pte))) goto out_nomap; under the page table lock. if
     * (unlikely(!folio_test_uptodate(folio))) { ret = VM_FAULT_SIGBUS; goto out_nomap; } under the folio lock, which the read had
     */
    pte_same(s, me) {
      const pte = s.pte[me.pte]
      const same = pte.kind === 'swap' && pte.entry === me.entry && pte.exclusive === me.orig_exclusive
      if (!same && guard('pte_same under the page table lock')) return 'out_nomap'
      if (!held(s, me.folio).uptodate && guard('look whether the page was read in do_swap_page')) {
        do_sigbus(s, me.self)
        return 'out_nomap'
      }
      me.exclusive = !me.swapcache || me.orig_exclusive
      return 'swap_free_nr'
    },
    /**
     * exclusive = pte_swp_exclusive(vmf->orig_pte); … else if (exclusive && folio_test_writeback(folio)) { stable_si =
     * vswap_get_device(entry); if (stable_si && data_race(stable_si->flags & SWP_STABLE_WRITES)) exclusive = false; if (stable_si)
     * swap_slot_put_swap_info(stable_si); } an access at a time, where a device has the flag; elsewhere it decides nothing. Then
     * swap_free_nr(entry, nr_pages);
     */
    swap_free_nr(s, me) {
      if (me.stable === 'none' && isUnstable(s, held(s, me.folio), me)) {
        me.stable = 'slot'
        if (guard('look the device up again once the folio is locked'))
          return call(swp_entry_to_swp_slot, { entry: known(me.entry) }, 'swap_free_nr', 'stable_si')
        me.stable_si = me.si
      }
      const isLooking = me.stable === 'slot' || me.stable === 'held'
      if (isLooking && vswap_get_device(s, me)) return 'swap_free_nr'
      return call(swap_free_nr, { entry: known(me.entry), nr: 1 }, 'should_try_to_free_swap')
    },
    /**
     * if (should_try_to_free_swap(folio, vma, vmf->flags)) folio_free_swap(folio); mem_cgroup_swap_full(folio) || … (fault_flags &
     * FAULT_FLAG_WRITE) && … folio_ref_count(folio) == (1 + folio_nr_pages(folio))
     */
    should_try_to_free_swap(s, me) {
      const folio = held(s, me.folio)
      const wanted = s.mem_cgroup_swap_full || (me.write && folio._refcount === 2)
      if (!folio.swapcache || !wanted) return 'folio_ref_count'
      return call(folio_free_swap, { folio: known(me.folio) }, 'folio_ref_count')
    },
    /** if (exclusive || folio_ref_count(folio) == 1) */
    folio_ref_count(s, me) {
      me.exclusive ||= held(s, me.folio)._refcount === 1
      return 'folio_add_anon_rmap_ptes'
    },
    /**
     * { pte = pte_mkwrite(pte, vma); rmap_flags |= RMAP_EXCLUSIVE; } … folio_add_anon_rmap_ptes(folio, page, nr_pages, vma, address,
     * rmap_flags);
     */
    folio_add_anon_rmap_ptes(s, me) {
      const folio = held(s, me.folio)
      folio_add_anon_rmap_ptes(s, folio, me.pte)
      folio.anon = true
      folio.anon_exclusive = me.exclusive
      return 'set_ptes'
    },
    /** set_ptes(vma->vm_mm, address, ptep, pte, nr_pages); under the page table lock; the caller's reference becomes the PTE's */
    set_ptes(s, me) {
      const pte = s.pte[me.pte]
      if (pte.kind === 'swap' && pte.entry !== 0) s.in_flight[pte.entry] += 1
      pte.kind = 'present'
      pte.folio = me.folio
      pte.entry = 0
      pte.exclusive = false
      pte.writable = me.exclusive
      return 'folio_unlock'
    },
    /** folio_unlock(folio); */
    folio_unlock(s, me) {
      unlock(held(s, me.folio), me.self)
      return 'pte_unmap_unlock'
    },
    /** pte_unmap_unlock(vmf->pte, vmf->ptl); */
    pte_unmap_unlock(s, me) {
      pte_unlock(s, me.pte, me.self, 'page table lock in do_swap_page')
      me.folio = 0
      return 'out'
    },
    /** out_nomap: pte_unmap_unlock(vmf->pte, vmf->ptl); */
    out_nomap(s, me) {
      pte_unlock(s, me.pte, me.self, 'page table lock in do_swap_page')
      return 'out_page'
    },
    /** out_page: folio_unlock(folio); */
    out_page(s, me) {
      unlock(held(s, me.folio), me.self)
      return 'out_release'
    },
    /** out_release: folio_put(folio); */
    out_release(s, me) {
      folio_put(s, me.folio)
      me.folio = 0
      return 'out'
    },
    /** out: if (need_clear_cache) { swapcache_clear(si, entry, nr_pages); wake_up(&swapcache_wq); } unlock_swapoff(entry, si); */
    out(s, me) {
      if (me.need_clear_cache) {
        if (me.si === 0) return tail(swapcache_clear, { entry: known(me.entry), nr: 1 })
        me.need_clear_cache = false
        return call(swapcache_clear, { entry: known(me.entry), nr: 1 }, 'out')
      }
      unlock_swapoff(s, me.si)
      return ret()
    },
  },
)

/** A folio that was read past the swap cache is locked since it was allocated. */
function unlock(folio: Folio, self: Id<'thread'>): void {
  if (guard('lock the folio in do_swap_page') || folio.locked_by === self) folio_unlock(folio, self)
}
