/**
 * mm/memory.c: do_swap_page(), of a folio of one page.
 *
 * Left out: swapin_readahead() beyond the faulting entry, KSM, hwpoison, devices that need stable pages, and FAULT_FLAG_ALLOW_RETRY (a
 * fault that gives up is taken again by whoever touches the page, as here).
 */
import { assert, blocked, bool, call, int, known, ref, ret, sleep } from '../../checker/index.js'
import { EEXIST } from '../kernel/errno.js'
import { folio_lock, folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { folio_add_anon_rmap_ptes } from './anon-rmap.js'
import { filemap_get_folio } from './filemap.js'
import { folio_alloc, folio_put, held } from './folio.js'
import { has_memsw_to_uncharge, mem_cgroup_swapin_charge_folio, mem_cgroup_uncharge_swap } from './memcg.js'
import { swap_read_folio } from './page-io.js'
import { read_swap_cache_async } from './read-swap-cache.js'
import { Entry, Folios, guard, Pte, procedure } from './state.js'
import { get_swap_device, put_swap_device, touch_device } from './swap-device.js'
import { swapcache_prepare } from './swap-duplicate.js'
import { swap_free_nr, swapcache_clear } from './swap-entry-free.js'
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
      /** The device is held. */
      si: bool,
      folio: ref(Folios),
      swapcache: bool,
      err: int(-EEXIST, 0),
      need_clear_cache: bool,
      exclusive: bool,
    },
    calls: [filemap_get_folio, swapcache_prepare, swap_read_folio, read_swap_cache_async, swap_free_nr, folio_free_swap, swapcache_clear],
  },
  {
    /** vmf->orig_pte = ptep_get_lockless(vmf->pte); entry = pte_to_swp_entry(vmf->orig_pte); */
    orig_pte(s, me) {
      const pte = s.pte[me.pte]
      if (pte.kind !== 'swap') return ret()
      me.entry = pte.entry
      me.orig_exclusive = pte.exclusive
      return 'get_swap_device'
    },
    /** si = get_swap_device(entry); if (unlikely(!si)) goto out; */
    get_swap_device(s, me) {
      if (!guard('hold the device of an entry that is faulted on')) return 'swap_cache_get_folio'
      me.si = get_swap_device(s, known(me.entry))
      return me.si ? 'swap_cache_get_folio' : ret()
    },
    /** folio = swap_cache_get_folio(entry, vma, vmf->address); swapcache = folio; */
    swap_cache_get_folio(_, me) {
      me.swapcache = true
      return call(filemap_get_folio, { entry: known(me.entry) }, 'synchronous_io', 'folio')
    },
    /**
     * if (!folio) { if (data_race(si->flags & SWP_SYNCHRONOUS_IO) && __swap_count(entry) == 1) a read of si->swap_map without ci->lock; without the
     * protection, as before 5.14, the lookup and __swap_count() hold the device for themselves, and nobody does from here on
     */
    synchronous_io(s, me) {
      if (me.folio !== 0) return 'folio_lock'
      const entry = known(me.entry)
      if (s.SWP_SYNCHRONOUS_IO) touch_device(s, entry)
      const isDirect = s.SWP_SYNCHRONOUS_IO && s.swap_map[entry].count === 1
      if (me.si && !guard('hold the device across a direct read')) {
        put_swap_device(s, entry)
        me.si = false
      }
      return isDirect ? 'alloc_swap_folio' : 'swapin_readahead'
    },
    /** folio = alloc_swap_folio(vmf); __folio_set_locked(folio); */
    alloc_swap_folio(s, me) {
      me.swapcache = false
      me.folio = folio_alloc(s)
      if (me.folio === 0) return 'out'
      if (!guard('charge a folio once its entry is pinned') || !guard('pin the entry before a direct read'))
        mem_cgroup_swapin_charge_folio(s, me.folio, known(me.entry), s.mm_memcg[me.pte])
      assert(folio_trylock(s.folio[me.folio], me.self), 'a new folio is unlocked')
      return 'swapcache_prepare'
    },
    /** if (swapcache_prepare(entry, nr_pages)) since v6.8 */
    swapcache_prepare(s, me) {
      if (s.zswap_refcounted || !guard('pin the entry before a direct read')) return 'swap_read_folio'
      return call(swapcache_prepare, { entry: known(me.entry) }, 'prepared', 'err')
    },
    /**
     * { add_wait_queue(…); schedule_timeout_uninterruptible(1); … goto out_page; } need_clear_cache = true; the wait ends by itself; then
     * mem_cgroup_swapin_charge_folio(folio, vma->vm_mm, GFP_KERNEL, entry), which is in alloc_swap_folio() without the protection, as in v6.14
     */
    prepared(s, me) {
      const { err } = me
      me.err = 0
      if (err !== 0) return sleep('out_page')
      if (guard('charge a folio once its entry is pinned'))
        mem_cgroup_swapin_charge_folio(s, known(me.folio), known(me.entry), s.mm_memcg[me.pte])
      me.need_clear_cache = true
      const isUncharged = has_memsw_to_uncharge(s) && !guard('leave its charge to an entry that is read past the swap cache')
      return isUncharged ? 'mem_cgroup_swapin_uncharge_swap' : 'swap_read_folio'
    },
    /** Without the protection, as in v6.14: mem_cgroup_swapin_uncharge_swap(entry, nr_pages): if (do_memsw_account()) mem_cgroup_uncharge_swap(entry, nr_pages); SWAP_HAS_CACHE is set */
    mem_cgroup_swapin_uncharge_swap(s, me) {
      mem_cgroup_uncharge_swap(s, known(me.entry))
      return 'swap_read_folio'
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
      return folio_lock(held(s, me.folio), me.self) ? 'check_swapcache' : blocked
    },
    /** if (swapcache) if (unlikely(!folio_test_swapcache(folio) || page_swap_entry(page).val != entry.val)) goto out_page; */
    check_swapcache(s, me) {
      const folio = held(s, me.folio)
      const isMoved = folio.swap !== me.entry && guard('look at folio->swap again once do_swap_page has locked the folio')
      return me.swapcache && (!folio.swapcache || isMoved) ? 'out_page' : 'pte_offset_map_lock'
    },
    /** vmf->pte = pte_offset_map_lock(vma->vm_mm, vmf->pmd, vmf->address, &vmf->ptl); */
    pte_offset_map_lock(s, me) {
      return spin_lock(s.pte[me.pte].ptl, me.self) ? 'pte_same' : blocked
    },
    /** if (unlikely(!vmf->pte || !pte_same(ptep_get(vmf->pte), vmf->orig_pte))) goto out_nomap; under the page table lock */
    pte_same(s, me) {
      const pte = s.pte[me.pte]
      if (pte.kind !== 'swap' || pte.entry !== me.entry || pte.exclusive !== me.orig_exclusive) return 'out_nomap'
      me.exclusive = !me.swapcache || me.orig_exclusive
      return 'swap_free_nr'
    },
    /** swap_free_nr(entry, nr_pages); */
    swap_free_nr(_, me) {
      return call(swap_free_nr, { entry: known(me.entry), nr: 1 }, 'should_try_to_free_swap')
    },
    /**
     * if (should_try_to_free_swap(folio, vma, vmf->flags)) folio_free_swap(folio); mem_cgroup_swap_full(folio) || … (fault_flags &
     * FAULT_FLAG_WRITE) && … folio_ref_count(folio) == (1 + folio_nr_pages(folio))
     */
    should_try_to_free_swap(s, me) {
      const folio = held(s, me.folio)
      const isWanted = s.mem_cgroup_swap_full || (me.write && folio._refcount === 2)
      if (!folio.swapcache || !isWanted) return 'folio_add_anon_rmap_ptes'
      return call(folio_free_swap, { folio: known(me.folio) }, 'folio_add_anon_rmap_ptes')
    },
    /**
     * if (exclusive || folio_ref_count(folio) == 1) { pte = pte_mkwrite(pte, vma); rmap_flags |= RMAP_EXCLUSIVE; } …
     * folio_add_anon_rmap_ptes(folio, page, nr_pages, vma, address, rmap_flags);
     */
    folio_add_anon_rmap_ptes(s, me) {
      const folio = held(s, me.folio)
      me.exclusive ||= folio._refcount === 1
      folio_add_anon_rmap_ptes(s, folio, me.pte)
      folio.anon_exclusive = me.exclusive
      return 'set_ptes'
    },
    /** set_ptes(vma->vm_mm, address, ptep, pte, nr_pages); under the page table lock; the caller's reference becomes the PTE's */
    set_ptes(s, me) {
      const pte = s.pte[me.pte]
      s.in_flight[known(me.entry)] += 1
      pte.kind = 'present'
      pte.folio = me.folio
      pte.entry = 0
      pte.exclusive = false
      pte.writable = me.exclusive
      return 'folio_unlock'
    },
    /** folio_unlock(folio); */
    folio_unlock(s, me) {
      folio_unlock(held(s, me.folio), me.self)
      return 'pte_unmap_unlock'
    },
    /** pte_unmap_unlock(vmf->pte, vmf->ptl); */
    pte_unmap_unlock(s, me) {
      spin_unlock(s.pte[me.pte].ptl, me.self)
      me.folio = 0
      return 'out'
    },
    /** out_nomap: pte_unmap_unlock(vmf->pte, vmf->ptl); */
    out_nomap(s, me) {
      spin_unlock(s.pte[me.pte].ptl, me.self)
      return 'out_page'
    },
    /** out_page: folio_unlock(folio); */
    out_page(s, me) {
      folio_unlock(held(s, me.folio), me.self)
      return 'out_release'
    },
    /** out_release: folio_put(folio); */
    out_release(s, me) {
      folio_put(s, me.folio)
      me.folio = 0
      return 'out'
    },
    /** out: if (need_clear_cache) swapcache_clear(si, entry, nr_pages); wake_up(&swapcache_wq) is of who waits anyway */
    out(_, me) {
      if (!me.need_clear_cache) return 'put_swap_device'
      me.need_clear_cache = false
      return call(swapcache_clear, { entry: known(me.entry), nr: 1 }, 'put_swap_device')
    },
    /** if (si) put_swap_device(si); */
    put_swap_device(s, me) {
      if (me.si) put_swap_device(s, me.entry)
      return ret()
    },
  },
)
