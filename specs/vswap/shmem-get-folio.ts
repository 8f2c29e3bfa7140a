/**
 * mm/shmem.c: shmem_get_folio_gfp() with shmem_swapin_folio() and shmem_swap_alloc_folio() in it (v6.14 with patches 4, 10 and 12), one page.
 *
 * Left out: a new page for a hole, what maps the folio, large folios and the split of large entries.
 */
import { assert, blocked, bool, call, int, known, ref, ret, sleep } from '../../checker/index.js'
import { EEXIST, EIO, ENOMEM } from '../kernel/errno.js'
import { folio_lock, folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { folio_try_get } from '../kernel/folio-ref.js'
import { NoUseAfterFree } from '../kernel/memory.js'
import { vswap_folio_backed } from './check-backing.js'
import { filemap_get_folio } from './filemap.js'
import { folio_alloc, folio_put, held } from './folio.js'
import { mem_cgroup_swapin_charge_folio } from './memcg-charge.js'
import { read_swap_cache_async } from './read-swap-cache.js'
import { is_in_mapping, shmem_add_to_page_cache, shmem_confirm_swap } from './shmem-mapping.js'
import { shmem_replace_folio } from './shmem-replace-folio.js'
import { shmem_set_folio_swapin_error } from './shmem-swapin-error.js'
import { swp_entry_to_swp_slot } from './slot-lookup.js'
import { Entry, Folios, guard, Pte, procedure, Slot } from './state.js'
import { swap_read_folio } from './swap-read-folio.js'
import { swap_free_nr, swapcache_clear, swapcache_prepare } from './swap-refs.js'
import { is_synchronous, swap_slot_tryget_swap_info, unlock_swapoff } from './swap-slot.js'
import { __delete_from_swap_cache } from './swap-state.js'

/** The folio in the page cache, locked, with a reference; 0 for a hole, or on an error. */
export const shmem_get_folio_gfp = procedure(
  'shmem_get_folio_gfp',
  {
    args: { index: Pte },
    locals: {
      swap: ref(Entry),
      si: ref(Slot),
      folio: ref(Folios),
      new: ref(Folios),
      skip_swapcache: bool,
      folio_backed: bool,
      error: int(-EEXIST, 0),
    },
    calls: [
      swp_entry_to_swp_slot,
      filemap_get_folio,
      swapcache_prepare,
      vswap_folio_backed,
      swap_read_folio,
      read_swap_cache_async,
      swapcache_clear,
      swap_free_nr,
      shmem_set_folio_swapin_error,
      shmem_replace_folio,
    ],
    returns: ref(Folios),
  },
  {
    /** repeat: folio = filemap_get_entry(inode->i_mapping, index); if (xa_is_value(folio)) { … swap = radix_to_swp_entry(*foliop); */
    filemap_get_entry(s, me) {
      const page = s.pte[me.index]
      me.folio = page.folio
      me.swap = page.kind === 'swap' ? page.entry : 0
      if (me.swap !== 0) return 'trylock_swapoff'
      return me.folio === 0 ? ret(0) : 'folio_try_get'
    },
    /** in filemap_get_entry(): if (!folio_try_get(folio)) goto repeat; */
    folio_try_get(s, me) {
      return folio_try_get(s.folio[known(me.folio)]) ? 'xas_reload' : 'filemap_get_entry'
    },
    /** if (unlikely(folio != xas_reload(&xas))) { folio_put(folio); goto repeat; } */
    xas_reload(s, me) {
      if (s.pte[me.index].folio === me.folio) return 'folio_lock_page_cache'
      folio_put(s, me.folio)
      return 'filemap_get_entry'
    },
    /** folio_lock(folio); */
    folio_lock_page_cache(s, me) {
      return folio_lock(held(s, me.folio), me.self) ? 'has_been_truncated' : blocked
    },
    /** if (unlikely(folio->mapping != inode->i_mapping)) { …; goto repeat; } … goto out; */
    has_been_truncated(s, me) {
      if (is_in_mapping(s, me.folio) || !guard('look at folio->mapping again in shmem_get_folio_gfp')) return ret(me.folio)
      me.error = -EEXIST
      return 'unlock_folio'
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
    /** if (!folio) { if (!fallback_order0 && si && data_race(si->flags & SWP_SYNCHRONOUS_IO)) */
    synchronous_io(s, me) {
      const { si } = me
      if (!s.device.watched) me.si = 0
      if (me.folio !== 0) return 'folio_lock'
      assert(si !== 0 || guard('test si before si->flags in shmem_swapin_folio'), 'NULL pointer dereference: si->flags', NoUseAfterFree)
      return si !== 0 && is_synchronous(s, si) ? 'shmem_alloc_folio' : 'shmem_swapin_cluster'
    },
    /**
     * { folio = shmem_swap_alloc_folio(inode, vma, index, swap, order, gfp): new = shmem_alloc_folio(gfp, order, info, index);
     * mem_cgroup_swapin_charge_folio(new, …, gfp, entry), which looks the entry up; if (swapcache_prepare(entry, nr_pages))
     */
    shmem_alloc_folio(s, me) {
      me.folio = folio_alloc(s)
      if (me.folio === 0) return 'shmem_swapin_cluster'
      mem_cgroup_swapin_charge_folio(s, me.folio, known(me.swap))
      if (!guard('pin the entry before a direct read of a shmem page')) return 'swap_read_folio'
      return call(swapcache_prepare, { entry: known(me.swap), nr: 1 }, 'prepared', 'error')
    },
    /**
     * if (swapcache_prepare(entry, nr_pages)) { folio_put(new); return ERR_PTR(-EEXIST); } Not in the RFC: schedule_timeout_uninterruptible(1); if (vswap_folio_backed(entry,
     * nr_pages)) { swapcache_clear(si, entry, nr_pages); folio_put(new); return ERR_PTR(-EEXIST); }
     */
    prepared(_, me) {
      if (me.error !== 0) return guard('sleep before a shmem page is looked up again') ? sleep('folio_put_new') : 'folio_put_new'
      if (!guard('skip a shmem page that a folio backs')) return 'swap_read_folio'
      return call(vswap_folio_backed, { entry: known(me.swap), nr: 1 }, 'folio_backed', 'folio_backed')
    },
    folio_backed(_, me) {
      if (!me.folio_backed) return 'swap_read_folio'
      return call(swapcache_clear, { entry: known(me.swap), nr: 1 }, 'folio_put_new')
    },
    /** … if (error == -EEXIST) goto failed; */
    folio_put_new(s, me) {
      me.error = -EEXIST
      me.folio_backed = false
      folio_put(s, me.folio)
      me.folio = 0
      return 'unlock_swapoff'
    },
    /** __folio_set_locked(new); new->swap = entry; folio_add_lru(new); swap_read_folio(new, NULL); … skip_swapcache = true; goto alloced; */
    swap_read_folio(s, me) {
      const folio = held(s, me.folio)
      assert(folio_trylock(folio, me.self), 'a new folio is unlocked')
      folio.swap = known(me.swap)
      folio.lru = true
      me.skip_swapcache = true
      return call(swap_read_folio, { folio: known(me.folio), entry: known(me.swap) }, 'folio_lock')
    },
    /** folio = shmem_swapin_cluster(swap, gfp, info, index); } */
    shmem_swapin_cluster(_, me) {
      return call(read_swap_cache_async, { entry: known(me.swap) }, 'folio_lock', 'folio')
    },
    /** if (!folio) { error = -ENOMEM; goto failed; } alloced: folio_lock(folio); */
    folio_lock(s, me) {
      if (me.folio !== 0) return folio_lock(held(s, me.folio), me.self) ? 'shmem_confirm_swap' : blocked
      me.error = -ENOMEM
      return 'failed'
    },
    /**
     * if ((!skip_swapcache && !folio_test_swapcache(folio)) || folio->swap.val != swap.val || !shmem_confirm_swap(mapping, index, swap)) {
     * error = -EEXIST; goto unlock; } if (!folio_test_uptodate(folio)) { error = -EIO; goto failed; } all but shmem_confirm_swap() stay while
     * the folio is locked
     */
    shmem_confirm_swap(s, me) {
      const folio = held(s, me.folio)
      const moved = (!me.skip_swapcache && !folio.swapcache) || folio.swap !== me.swap
      const isOther = moved && guard('look whether the folio is still that of the entry, in shmem_swapin_folio')
      me.error = isOther || !shmem_confirm_swap(s.pte[me.index], me.swap) ? -EEXIST : folio.uptodate ? 0 : -EIO
      if (me.error === -EEXIST) return 'unlock'
      return me.error === 0 ? 'folio_wait_writeback' : 'failed'
    },
    /** folio_wait_writeback(folio); it starts under the folio lock alone */
    folio_wait_writeback(s, me) {
      const isWritten = held(s, me.folio).writeback && guard('wait for writeback before a shmem folio leaves the swap cache')
      if (isWritten) return blocked
      return me.folio === s.wrong_zone ? 'shmem_replace_folio' : 'shmem_add_to_page_cache'
    },
    /** if (shmem_should_replace_folio(folio, gfp)) { error = shmem_replace_folio(&folio, gfp, info, index, vma); if (error) goto failed; } */
    shmem_replace_folio(_, me) {
      return call(shmem_replace_folio, { old: known(me.folio), entry: known(me.swap) }, 'replaced', 'new')
    },
    replaced(_, me) {
      if (me.new === 0) me.error = -ENOMEM
      else me.folio = me.new
      me.new = 0
      return me.error === 0 ? 'shmem_add_to_page_cache' : 'failed'
    },
    /** error = shmem_add_to_page_cache(folio, mapping, index, swp_to_radix_entry(swap), gfp); if (error) goto failed; -EEXIST */
    shmem_add_to_page_cache(s, me) {
      const expected = shmem_confirm_swap(s.pte[me.index], me.swap)
      if (!expected && guard('replace the entry in the mapping only where it is the one expected')) {
        me.error = -EEXIST
        return 'failed'
      }
      shmem_add_to_page_cache(s, me.folio, me.index)
      return 'delete_from_swap_cache'
    },
    /** if (skip_swapcache) { folio->swap.val = 0; swapcache_clear(si, swap, nr_pages); } else delete_from_swap_cache(folio); */
    delete_from_swap_cache(s, me) {
      const swap = known(me.swap)
      if (!me.skip_swapcache) __delete_from_swap_cache(s, known(me.folio), swap, me.self)
      held(s, me.folio).swap = 0
      if (me.skip_swapcache && !guard('pin the entry before a direct read of a shmem page')) return 'folio_mark_dirty'
      return call(swapcache_clear, { entry: swap, nr: 1 }, 'folio_mark_dirty')
    },
    /** folio_ref_sub(folio, nr_pages), the end of delete_from_swap_cache(); folio_mark_dirty(folio); */
    folio_mark_dirty(s, me) {
      if (!me.skip_swapcache) folio_put(s, me.folio)
      if (guard('dirty the shmem folio that has left the swap cache')) held(s, me.folio).dirty = true
      return 'swap_free_nr'
    },
    /** swap_free_nr(swap, nr_pages); */
    swap_free_nr(_, me) {
      return call(swap_free_nr, { entry: known(me.swap), nr: 1 }, 'unlock_swapoff')
    },
    /** failed: if (!shmem_confirm_swap(mapping, index, swap)) error = -EEXIST; if (error == -EIO) shmem_set_folio_swapin_error(…); */
    failed(s, me) {
      const { index, folio, swap, skip_swapcache } = me
      if (!shmem_confirm_swap(s.pte[index], swap)) me.error = -EEXIST
      if (me.error !== -EIO) return 'unlock'
      return call(shmem_set_folio_swapin_error, { index, folio: known(folio), swap: known(swap), skip_swapcache }, 'unlock')
    },
    /** unlock: if (skip_swapcache) swapcache_clear(si, swap, folio_nr_pages(folio)); */
    unlock(_, me) {
      const isPinned = me.skip_swapcache && guard('pin the entry before a direct read of a shmem page')
      return isPinned ? call(swapcache_clear, { entry: known(me.swap), nr: 1 }, 'unlock_folio') : 'unlock_folio'
    },
    /** if (folio) { folio_unlock(folio); */
    unlock_folio(s, me) {
      if (me.folio === 0) return 'unlock_swapoff'
      folio_unlock(held(s, me.folio), me.self)
      return 'folio_put'
    },
    /** folio_put(folio); } */
    folio_put(s, me) {
      folio_put(s, me.folio)
      me.folio = 0
      return 'unlock_swapoff'
    },
    /** unlock_swapoff(swap, si); return error; … if (error == -EEXIST) goto repeat; */
    unlock_swapoff(s, me) {
      unlock_swapoff(s, me.si)
      const { error } = me
      me.si = 0
      me.error = 0
      me.skip_swapcache = false
      return error === -EEXIST ? 'filemap_get_entry' : ret(me.folio)
    },
  },
)
