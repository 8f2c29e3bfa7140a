/**
 * mm/memory.c: do_swap_page() with folios of more than one page (v6.14 with patches 4 to 15).
 *
 * `do-swap-page.ts` is the same for a process that has them only in the swap cache and takes one page of them. Left out as there; and
 * SWP_STABLE_WRITES.
 */
import { assert, blocked, bool, call, int, known, nth, ordinal, type Ref, ref, ret, sleep } from '../../checker/index.js'
import { EEXIST } from '../kernel/errno.js'
import { folio_lock, folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { folio_ref_add } from '../kernel/folio-ref.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { align_down, alloc_swap_folio } from './alloc-swap-folio.js'
import { vswap_can_swapin_thp, vswap_disk_backed } from './check-backing.js'
import { filemap_get_folio } from './filemap.js'
import { folio_nr_pages, folio_page, folio_put, held, page_swap_entry } from './folio.js'
import { pte_lockptr, pte_nth } from './page-table.js'
import { read_swap_cache_async } from './read-swap-cache.js'
import { do_sigbus } from './sigbus.js'
import { swp_entry_to_swp_slot } from './slot-lookup.js'
import { Entry, Folios, guard, Nr, Pte, procedure, Slot, type State } from './state.js'
import { swap_move } from './swap-move.js'
import { pte_same, starts_batch, swap_pte_batch } from './swap-pte-batch.js'
import { swap_read_folio } from './swap-read-folio.js'
import { swap_free_nr, swapcache_clear, swapcache_prepare, swp_swapcount } from './swap-refs.js'
import { is_synchronous, swap_slot_tryget_swap_info, unlock_swapoff } from './swap-slot.js'
import { folio_free_swap } from './swap-state.js'

/** The fault on a PTE of a table with others; `order_nr` is how many pages the folio has that is tried. */
export const thp_do_swap_page = procedure(
  'do_swap_page',
  {
    args: { pte: Pte, write: bool, order_nr: Nr },
    locals: {
      /** vmf->orig_pte */
      orig_entry: ref(Entry),
      orig_exclusive: bool,
      si: ref(Slot),
      disk_backed: bool,
      swapin_able: bool,
      swap_count: int(0, 15),
      folio: ref(Folios),
      swapcache: bool,
      entry: ref(Entry),
      nr_pages: Nr,
      err: int(-EEXIST, 0),
      need_clear_cache: bool,
      /** folio_ptep, and the entry that folio_pte should hold. */
      ptep: ref(Pte),
      first: ref(Entry),
      batch: Nr,
      exclusive: bool,
      n: Nr,
    },
    calls: [
      swp_entry_to_swp_slot,
      vswap_disk_backed,
      vswap_can_swapin_thp,
      alloc_swap_folio,
      swap_read_folio,
      filemap_get_folio,
      swp_swapcount,
      swapcache_prepare,
      read_swap_cache_async,
      swap_move,
      swap_pte_batch,
      swap_free_nr,
      folio_free_swap,
      swapcache_clear,
    ],
  },
  {
    /** vmf->orig_pte = ptep_get_lockless(vmf->pte); entry = pte_to_swp_entry(vmf->orig_pte); orig_entry = entry; */
    orig_pte(s, me) {
      const pte = s.pte[me.pte]
      if (pte.kind !== 'swap') return ret()
      me.orig_entry = pte.entry
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
    /** *si = swap_slot_tryget_swap_info(slot); else *si = NULL; … folio = swap_cache_get_folio(entry, vma, vmf->address); */
    swap_cache_get_folio(s, me) {
      me.si = me.disk_backed ? swap_slot_tryget_swap_info(s, me.si) : 0
      me.disk_backed = false
      me.swapcache = true
      return call(filemap_get_folio, { entry: known(me.entry) }, 'synchronous_io', 'folio')
    },
    /** if (!folio) { if (si && data_race(si->flags & SWP_SYNCHRONOUS_IO) && __swap_count(entry) == 1) { */
    synchronous_io(s, me) {
      if (me.folio !== 0) return 'folio_lock'
      const { si } = me
      if (!s.device.watched) me.si = 0
      if (si === 0 || !is_synchronous(s, si)) return 'swapin_readahead'
      return call(swp_swapcount, { entry: known(me.entry) }, 'alloc_swap_folio', 'swap_count')
    },
    /** folio = alloc_swap_folio(vmf); */
    alloc_swap_folio(_, me) {
      const { swap_count } = me
      me.swap_count = 0
      if (swap_count !== 1) return 'swapin_readahead'
      me.swapcache = false
      const args = { pte: me.pte, entry: known(me.entry), isExclusive: me.orig_exclusive, nr: me.order_nr }
      return call(alloc_swap_folio, args, 'swapcache_prepare', 'folio')
    },
    /**
     * if (folio) { __folio_set_locked(folio); … nr_pages = folio_nr_pages(folio); if (folio_test_large(folio)) entry.val =
     * ALIGN_DOWN(entry.val, nr_pages); if (swapcache_prepare(entry, nr_pages)) nobody else has the folio yet
     */
    swapcache_prepare(s, me) {
      if (me.folio === 0) return 'out'
      assert(folio_trylock(s.folio[me.folio], me.self), 'a new folio is unlocked')
      me.nr_pages = folio_nr_pages(s, me.folio)
      me.entry = nth(s.vswap_map.ids, known(me.entry), -(ordinal(known(me.entry)) % me.nr_pages))
      const nr = guard('pin every entry of the range') ? me.nr_pages : 1
      return call(swapcache_prepare, { entry: known(me.entry), nr }, 'prepared', 'err')
    },
    /** { …; goto out_page; } need_clear_cache = true; the wait ends by itself */
    prepared(_, me) {
      const { err } = me
      me.err = 0
      if (err !== 0) return guard('sleep before the fault is taken again') ? sleep('out_page') : 'out_page'
      me.need_clear_cache = true
      return call(vswap_can_swapin_thp, { entry: known(me.entry), nr: me.nr_pages }, 'recheck', 'swapin_able')
    },
    /** if (IS_ENABLED(CONFIG_VIRTUAL_SWAP) && !vswap_can_swapin_thp(entry, nr_pages)) { …; goto out_page; } */
    recheck(_, me) {
      const { swapin_able } = me
      me.swapin_able = false
      return swapin_able || !guard('look at the backing of the range again once it is pinned') ? 'swap_read_folio' : 'out_page'
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
    /** if (!folio) … goto unlock; page = folio_file_page(folio, swp_offset(entry)); ret |= folio_lock_or_retry(folio, vmf); */
    folio_lock(s, me) {
      if (me.folio === 0) return 'out'
      return folio_lock(held(s, me.folio), me.self) ? 'check_swapcache' : blocked
    },
    /** if (swapcache) if (unlikely(!folio_test_swapcache(folio) || page_swap_entry(page).val != entry.val)) goto out_page; */
    check_swapcache(s, me) {
      if (!me.swapcache) return 'pte_offset_map_lock'
      const moved = !held(s, me.folio).swapcache || page_swap_entry(s, file_page(s, me)) !== me.orig_entry
      return moved ? 'out_page' : 'pte_offset_map_lock'
    },
    /** vmf->pte = pte_offset_map_lock(vma->vm_mm, vmf->pmd, vmf->address, &vmf->ptl); */
    pte_offset_map_lock(s, me) {
      return spin_lock(pte_lockptr(s, me.pte), me.self) ? 'pte_same' : blocked
    },
    /**
     * if (unlikely(!vmf->pte || !pte_same(ptep_get(vmf->pte), vmf->orig_pte))) goto out_nomap; if (unlikely(!folio_test_uptodate(folio))) { ret
     * = VM_FAULT_SIGBUS; goto out_nomap; } for a large folio: pte_move_swp_offset(vmf->orig_pte, -idx); under the page table lock
     */
    pte_same(s, me) {
      if (!pte_same(s, me.pte, me.orig_entry, me.orig_exclusive)) return 'out_nomap'
      if (!held(s, me.folio).uptodate && guard('look whether the page was read in do_swap_page')) {
        do_sigbus(s, me.self)
        return 'out_nomap'
      }
      const nr = folio_nr_pages(s, me.folio)
      me.nr_pages = me.swapcache ? 1 : nr
      me.ptep = me.pte
      if (nr === 1) return 'check_folio'
      const idx = me.swapcache
        ? ordinal(file_page(s, me)) - ordinal(known(me.folio))
        : ordinal(me.pte) - ordinal(known(align_down(s, me.pte, nr)))
      me.ptep = pte_nth(s, me.pte, -idx)
      if (me.ptep === 0) return 'swap_pte_batch'
      return call(swap_move, { entry: known(me.orig_entry), delta: -idx }, 'folio_pte', 'first')
    },
    /** folio_pte = ptep_get(folio_ptep); if (!pte_same(folio_pte, …) || swap_pte_batch(folio_ptep, nr, folio_pte) != nr) */
    folio_pte(s, me) {
      const max_nr = folio_nr_pages(s, me.folio)
      if (!starts_batch(s, me.ptep, me.first, me.orig_exclusive)) return 'swap_pte_batch'
      const args = { start_ptep: known(me.ptep), max_nr, entry: known(me.first), isExclusive: me.orig_exclusive }
      return call(swap_pte_batch, args, 'swap_pte_batch', 'batch')
    },
    /** goto out_nomap; for a folio past the swap cache; else goto check_folio; with the one page; or the whole folio: entry = folio->swap; */
    swap_pte_batch(s, me) {
      const nr = folio_nr_pages(s, me.folio)
      const isWhole = me.batch === nr
      me.batch = 0
      me.first = 0
      if (!me.swapcache)
        return isWhole || !guard('look at every PTE of the range again under the page table lock') ? 'check_folio' : 'out_nomap'
      if (me.ptep !== 0 && (isWhole || !guard('map a whole folio only where the PTEs hold all its entries'))) {
        me.nr_pages = nr
        me.entry = held(s, me.folio).swap
      } else me.ptep = me.pte
      return 'check_folio'
    },
    /** BUG_ON(folio_test_anon(folio) && PageAnonExclusive(page)); exclusive = pte_swp_exclusive(vmf->orig_pte); if (folio != swapcache) exclusive = true; */
    check_folio(s, me) {
      const page = first_page(s, me)
      assert(!(held(s, me.folio).anon && held(s, page).anon_exclusive), 'BUG_ON(folio_test_anon(folio) && PageAnonExclusive(page))')
      me.exclusive = !me.swapcache || me.orig_exclusive
      return call(swap_free_nr, { entry: known(me.entry), nr: me.nr_pages }, 'should_try_to_free_swap')
    },
    /** if (should_try_to_free_swap(folio, vma, vmf->flags)) folio_free_swap(folio); */
    should_try_to_free_swap(s, me) {
      const folio = held(s, me.folio)
      const wanted = s.mem_cgroup_swap_full || (me.write && folio._refcount === 1 + folio_nr_pages(s, me.folio))
      if (!folio.swapcache || !wanted) return 'folio_ref_count'
      return call(folio_free_swap, { folio: known(me.folio) }, 'folio_ref_count')
    },
    /** if (exclusive || folio_ref_count(folio) == 1) … folio_ref_add(folio, nr_pages - 1); */
    folio_ref_count(s, me) {
      const folio = held(s, me.folio)
      me.exclusive ||= folio._refcount === 1
      folio_ref_add(folio, me.nr_pages - 1)
      return 'folio_add_anon_rmap_ptes'
    },
    /** folio_add_anon_rmap_ptes(folio, page, nr_pages, vma, address, rmap_flags); or folio_add_new_anon_rmap(folio, vma, address, rmap_flags); */
    folio_add_anon_rmap_ptes(s, me) {
      const folio = held(s, me.folio)
      assert(
        folio.anon || !(folio_nr_pages(s, me.folio) > 1 && folio.swapcache),
        'VM_WARN_ON_ONCE(folio_test_large(folio) && folio_test_swapcache(folio))',
      )
      folio._mapcount += me.nr_pages
      folio.anon = true
      for (let n = 0; n < me.nr_pages; n++) s.folio[folio_page(s, first_page(s, me), n)].anon_exclusive = me.exclusive
      return 'set_ptes'
    },
    /** set_ptes(vma->vm_mm, address, ptep, pte, nr_pages); the hardware may find one set and the next not */
    set_ptes(s, me) {
      const pte = s.pte[known(pte_nth(s, me.ptep, me.n))]
      if (pte.kind === 'swap' && pte.entry !== 0) s.in_flight[pte.entry] += 1
      pte.kind = 'present'
      pte.folio = folio_page(s, first_page(s, me), me.n)
      pte.entry = 0
      pte.exclusive = false
      pte.writable = me.exclusive
      me.n++
      return me.n < me.nr_pages ? 'set_ptes' : 'folio_unlock'
    },
    /** folio_unlock(folio); */
    folio_unlock(s, me) {
      folio_unlock(held(s, me.folio), me.self)
      return 'pte_unmap_unlock'
    },
    /** pte_unmap_unlock(vmf->pte, vmf->ptl); */
    pte_unmap_unlock(s, me) {
      spin_unlock(pte_lockptr(s, me.pte), me.self)
      return 'out'
    },
    /** out_nomap: pte_unmap_unlock(vmf->pte, vmf->ptl); */
    out_nomap(s, me) {
      spin_unlock(pte_lockptr(s, me.pte), me.self)
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
      return 'out'
    },
    /** out: if (need_clear_cache) { swapcache_clear(si, entry, nr_pages); …wake_up(&swapcache_wq); } */
    out(_, me) {
      me.folio = 0
      me.ptep = 0
      if (!me.need_clear_cache) return 'unlock_swapoff'
      const nr = guard('pin every entry of the range') ? me.nr_pages : 1
      return call(swapcache_clear, { entry: known(me.entry), nr }, 'unlock_swapoff')
    },
    /** if (swapoff_locked) unlock_swapoff(orig_entry, si); */
    unlock_swapoff(s, me) {
      unlock_swapoff(s, me.si)
      return ret()
    },
  },
)

interface Fault {
  readonly folio: Ref<'folio'>
  readonly orig_entry: Ref<'entry'>
  readonly nr_pages: number
  readonly swapcache: boolean
}

/** page = folio_file_page(folio, swp_offset(entry)); */
function file_page(s: State, { folio, orig_entry }: Fault) {
  return folio_page(s, folio, ordinal(known(orig_entry)) % folio_nr_pages(s, folio))
}

/** The first page that is mapped: `page`, or &folio->page for a whole folio. */
function first_page(s: State, me: Fault) {
  return me.nr_pages === 1 ? file_page(s, me) : known(me.folio)
}
