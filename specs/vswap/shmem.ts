/**
 * mm/shmem.c: a page of a shmem mapping as a second kind of holder of an entry (v6.14 with patches 4 and 10), one page.
 *
 * Its slot in mapping->i_pages is a record of the array of PTEs: 'swap' is a value, 'present' is a folio in the page cache. Each access to it is
 * one step under xa_lock or RCU.
 *
 * Left out: what maps the folio, shmem_writepage() and the truncation of a folio, shmem_replace_folio(), large folios and the split of
 * large entries, I/O errors, shmem_unuse().
 */
import { assert, blocked, bool, call, int, known, ref, ret } from '../../checker/index.js'
import { EEXIST } from '../kernel/errno.js'
import { folio_lock, folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { folio_ref_add } from '../kernel/folio-ref.js'
import { NoUseAfterFree } from '../kernel/memory.js'
import { clear_pte } from './clear-pte.js'
import { filemap_get_folio } from './filemap.js'
import { folio_alloc, folio_put, held } from './folio.js'
import { free_swap_and_cache_nr } from './free-swap-and-cache.js'
import { read_swap_cache_async } from './read-swap-cache.js'
import { swp_entry_to_swp_slot } from './slot-lookup.js'
import { Entry, Folios, guard, Pte, procedure, Slot } from './state.js'
import { swap_free_nr, swapcache_clear, swapcache_prepare } from './swap-refs.js'
import { swap_slot_tryget_swap_info, touch_device, unlock_swapoff } from './swap-slot.js'
import { __delete_from_swap_cache } from './swap-state.js'

/** shmem_get_folio_gfp() of a page that is swapped out, with shmem_swapin_folio() and shmem_swap_alloc_folio() in it. */
export const shmem_swapin_folio = procedure(
  'shmem_swapin_folio',
  {
    args: { index: Pte },
    locals: { swap: ref(Entry), si: ref(Slot), slot: ref(Slot), folio: ref(Folios), skip_swapcache: bool, err: int(-EEXIST, 0) },
    calls: [swp_entry_to_swp_slot, filemap_get_folio, swapcache_prepare, read_swap_cache_async, swapcache_clear, swap_free_nr],
  },
  {
    /** repeat: folio = filemap_get_entry(inode->i_mapping, index); if (xa_is_value(folio)) { … swap = radix_to_swp_entry(*foliop); */
    filemap_get_entry(s, me) {
      const page = s.pte[me.index]
      me.swap = page.kind === 'swap' ? page.entry : 0
      return me.swap === 0 ? ret() : 'trylock_swapoff'
    },
    /** if (!trylock_swapoff(swap, &si)) … it does not fail */
    trylock_swapoff(_, me) {
      return call(swp_entry_to_swp_slot, { entry: known(me.swap) }, 'swap_cache_get_folio', 'si')
    },
    /** folio = swap_cache_get_folio(swap, NULL, 0); */
    swap_cache_get_folio(s, me) {
      me.si = swap_slot_tryget_swap_info(s, me.si)
      return call(filemap_get_folio, { entry: known(me.swap) }, 'synchronous_io', 'folio')
    },
    /** if (!folio) { if (!fallback_order0 && data_race(si->flags & SWP_SYNCHRONOUS_IO)) */
    synchronous_io(s, me) {
      const { si } = me
      if (!s.device.watched) me.si = 0
      if (me.folio !== 0) return 'folio_lock'
      assert(si !== 0 || guard('test si before si->flags in shmem_swapin_folio'), 'NULL pointer dereference: si->flags', NoUseAfterFree)
      return si !== 0 && s.SWP_SYNCHRONOUS_IO ? 'shmem_alloc_folio' : 'shmem_swapin_cluster'
    },
    /** { folio = shmem_swap_alloc_folio(inode, vma, index, swap, order, gfp): new = shmem_alloc_folio(gfp, order, info, index); */
    shmem_alloc_folio(s, me) {
      me.folio = folio_alloc(s)
      if (me.folio === 0) return 'shmem_swapin_cluster'
      return call(swapcache_prepare, { entry: known(me.swap) }, 'prepared', 'err')
    },
    /** if (swapcache_prepare(entry, nr_pages)) { folio_put(new); return ERR_PTR(-EEXIST); } */
    prepared(s, me) {
      const { err } = me
      me.err = 0
      if (err === 0) return 'swap_read_folio'
      folio_put(s, me.folio)
      me.folio = 0
      return 'unlock_swapoff_to_repeat'
    },
    /** __folio_set_locked(new); new->swap = entry; folio_add_lru(new); swap_read_folio(new, NULL): … skip_swapcache = true; goto alloced; */
    swap_read_folio(s, me) {
      const folio = held(s, me.folio)
      assert(folio_trylock(folio, me.self), 'a new folio is unlocked')
      folio.swap = known(me.swap)
      folio.lru = true
      me.skip_swapcache = true
      return call(swp_entry_to_swp_slot, { entry: known(me.swap) }, 'submit_bio_wait', 'slot')
    },
    /** submit_bio_wait(&bio); __end_swap_bio_read(&bio): folio_mark_uptodate(folio); folio_unlock(folio); } */
    submit_bio_wait(s, me) {
      const folio = held(s, me.folio)
      touch_device(s, me.slot)
      folio.data = me.slot === 0 ? 0 : s.medium[me.slot]
      me.slot = 0
      folio.uptodate = true
      folio_unlock(folio, me.self)
      return 'folio_lock'
    },
    /** folio = shmem_swapin_cluster(swap, gfp, info, index); } */
    shmem_swapin_cluster(_, me) {
      return call(read_swap_cache_async, { entry: known(me.swap) }, 'folio_lock', 'folio')
    },
    /** if (!folio) { error = -ENOMEM; goto failed; } alloced: folio_lock(folio); failed: if (!shmem_confirm_swap(…)) error = -EEXIST; */
    folio_lock(s, me) {
      if (me.folio === 0) {
        const page = s.pte[me.index]
        const confirmed = page.kind === 'swap' && page.entry === me.swap
        return confirmed ? 'unlock_swapoff' : 'unlock_swapoff_to_repeat'
      }
      return folio_lock(held(s, me.folio), me.self) ? 'shmem_confirm_swap' : blocked
    },
    /**
     * if ((!skip_swapcache && !folio_test_swapcache(folio)) || folio->swap.val != swap.val || !shmem_confirm_swap(mapping, index, swap)) goto
     * unlock; all but the last stay while the folio is locked
     */
    shmem_confirm_swap(s, me) {
      const folio = held(s, me.folio)
      const page = s.pte[me.index]
      const moved = (!me.skip_swapcache && !folio.swapcache) || folio.swap !== me.swap
      if (moved) return 'unlock'
      return page.kind === 'swap' && page.entry === me.swap ? 'folio_wait_writeback' : 'unlock'
    },
    /** folio_wait_writeback(folio); */
    folio_wait_writeback(s, me) {
      return held(s, me.folio).writeback ? blocked : 'shmem_add_to_page_cache'
    },
    /** shmem_add_to_page_cache(folio, mapping, index, swp_to_radix_entry(swap), gfp); fails where the mapping holds something else */
    shmem_add_to_page_cache(s, me) {
      const page = s.pte[me.index]
      const expected = page.kind === 'swap' && page.entry === me.swap
      if (!expected && guard('replace the entry in the mapping only where it is the one expected')) return 'unlock'
      const folio = held(s, me.folio)
      folio_ref_add(folio, 1)
      folio.pagecache = true
      s.in_flight[known(me.swap)] += 1
      page.kind = 'present'
      page.folio = me.folio
      page.entry = 0
      return 'delete_from_swap_cache'
    },
    /** if (skip_swapcache) { folio->swap.val = 0; swapcache_clear(si, swap, nr_pages); } else delete_from_swap_cache(folio); */
    delete_from_swap_cache(s, me) {
      const swap = known(me.swap)
      const folio = held(s, me.folio)
      if (!me.skip_swapcache) __delete_from_swap_cache(s, known(me.folio), swap, me.self)
      folio.swap = 0
      return call(swapcache_clear, { entry: swap }, 'folio_mark_dirty')
    },
    /** folio_ref_sub(folio, nr_pages), the end of delete_from_swap_cache(); folio_mark_dirty(folio); */
    folio_mark_dirty(s, me) {
      if (!me.skip_swapcache) folio_put(s, me.folio)
      held(s, me.folio).dirty = true
      return 'swap_free_nr'
    },
    /** swap_free_nr(swap, nr_pages); */
    swap_free_nr(_, me) {
      return call(swap_free_nr, { entry: known(me.swap) }, 'folio_unlock')
    },
    /** … and in the caller folio_unlock(folio); */
    folio_unlock(s, me) {
      folio_unlock(held(s, me.folio), me.self)
      return 'folio_put'
    },
    /** folio_put(folio); */
    folio_put(s, me) {
      folio_put(s, me.folio)
      return 'unlock_swapoff'
    },
    /** unlock_swapoff(swap, si); return 0; or -ENOMEM */
    unlock_swapoff(s, me) {
      unlock_swapoff(s, me.si)
      return ret()
    },
    /** unlock: if (skip_swapcache) swapcache_clear(si, swap, folio_nr_pages(folio)); */
    unlock(_, me) {
      if (!me.skip_swapcache) return 'unlock_folio'
      return call(swapcache_clear, { entry: known(me.swap) }, 'unlock_folio')
    },
    /** if (folio) { folio_unlock(folio); */
    unlock_folio(s, me) {
      me.skip_swapcache = false
      folio_unlock(held(s, me.folio), me.self)
      return 'unlock_folio_put'
    },
    /** folio_put(folio); } */
    unlock_folio_put(s, me) {
      folio_put(s, me.folio)
      me.folio = 0
      return 'unlock_swapoff_to_repeat'
    },
    /** unlock_swapoff(swap, si); return -EEXIST; … if (error == -EEXIST) goto repeat; */
    unlock_swapoff_to_repeat(s, me) {
      unlock_swapoff(s, me.si)
      me.si = 0
      return 'filemap_get_entry'
    },
  },
)

/** shmem_undo_range() of a page that is swapped out, with shmem_free_swap() in it. */
export const shmem_free_swap = procedure(
  'shmem_free_swap',
  { args: { index: Pte }, locals: { radswap: ref(Entry) }, calls: [free_swap_and_cache_nr] },
  {
    /** find_get_entries(mapping, &index, end - 1, &fbatch, indices): radswap */
    find_get_entries(s, me) {
      const page = s.pte[me.index]
      me.radswap = page.kind === 'swap' ? page.entry : 0
      return me.radswap === 0 ? ret() : 'xa_cmpxchg_irq'
    },
    /** old = xa_cmpxchg_irq(&mapping->i_pages, index, radswap, NULL, 0); if (old != radswap) return 0; */
    xa_cmpxchg_irq(s, me) {
      const page = s.pte[me.index]
      const same = page.kind === 'swap' && page.entry === me.radswap
      if (!same && guard('xa_cmpxchg_irq in shmem_free_swap')) return ret()
      clear_pte(page)
      s.in_flight[known(me.radswap)] += 1
      return 'free_swap_and_cache_nr'
    },
    /** free_swap_and_cache_nr(radix_to_swp_entry(radswap), 1 << order); */
    free_swap_and_cache_nr(_, me) {
      return call(free_swap_and_cache_nr, { entry: known(me.radswap) }, 'done')
    },
    done() {
      return ret()
    },
  },
)
