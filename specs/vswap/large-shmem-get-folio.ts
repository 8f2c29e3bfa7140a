/**
 * mm/shmem.c: shmem_get_folio_gfp() of a file with large folios, with shmem_swapin_folio() and shmem_swap_alloc_folio() in it (v6.14 with patches 4,
 * 8, 10 and 12). `shmem-get-folio.ts` is the same for a file of one page.
 *
 * Left out as there. `zswap` that is off stands for zswap_never_enabled().
 */
import { assert, blocked, bool, call, type Id, int, known, ordinal, ref, ret } from '../../checker/index.js'
import { EEXIST, EIO, ENOMEM } from '../kernel/errno.js'
import { folio_lock, folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { folio_try_get } from '../kernel/folio-ref.js'
import { spin_is_locked } from '../kernel/spinlock.js'
import { vswap_can_swapin_thp, vswap_folio_backed } from './check-backing.js'
import { filemap_get_folio } from './filemap.js'
import { folio_alloc, folio_nr_pages, folio_put, held, swap_nth } from './folio.js'
import { mem_cgroup_swapin_charge_folio } from './memcg-charge.js'
import { canonical, nr_slots, round_down, xa_lock, xas_load } from './multi-index.js'
import { non_swapcache_batch } from './non-swapcache-batch.js'
import { read_swap_cache_async } from './read-swap-cache.js'
import { shmem_file_by } from './shmem-file.js'
import { is_in_mapping, shmem_add_to_page_cache, shmem_confirm_swap, slots_of } from './shmem-mapping.js'
import { shmem_replace_folio } from './shmem-replace-folio.js'
import { shmem_split_large_entry } from './shmem-split-large-entry.js'
import { shmem_set_folio_swapin_error } from './shmem-swapin-error.js'
import { swp_entry_to_swp_slot } from './slot-lookup.js'
import { Entry, Folios, guard, Nr, Pte, procedure, Slot, type State } from './state.js'
import { swap_read_folio } from './swap-read-folio.js'
import { swap_free_nr, swapcache_clear, swapcache_prepare } from './swap-refs.js'
import { is_synchronous, swap_slot_tryget_swap_info, unlock_swapoff } from './swap-slot.js'
import { delete_from_swap_cache } from './swap-state.js'

/** The folio in the page cache, locked, with a reference; 0 for a hole, or on an error. */
export const large_shmem_get_folio_gfp = procedure(
  'shmem_get_folio_gfp',
  {
    args: { index: Pte },
    locals: {
      /** Not beyond i_size. */
      isWithin: bool,
      sibling: ref(Pte),
      swap: ref(Entry),
      si: ref(Slot),
      folio: ref(Folios),
      new: ref(Folios),
      /** 1 << order */
      order_nr: Nr,
      split: int(-EEXIST, 4),
      skip_swapcache: bool,
      answer: bool,
      uncached: Nr,
      error: int(-EEXIST, 0),
    },
    calls: [
      swp_entry_to_swp_slot,
      filemap_get_folio,
      non_swapcache_batch,
      swapcache_prepare,
      vswap_folio_backed,
      vswap_can_swapin_thp,
      swap_read_folio,
      shmem_split_large_entry,
      read_swap_cache_async,
      shmem_replace_folio,
      delete_from_swap_cache,
      swapcache_clear,
      swap_free_nr,
      shmem_set_folio_swapin_error,
    ],
    returns: ref(Folios),
  },
  {
    /**
     * repeat: if (sgp <= SGP_CACHE && ((loff_t)index << PAGE_SHIFT) >= i_size_read(inode)) return -EINVAL; and then folio =
     * filemap_get_entry(inode->i_mapping, index); if (xa_is_value(folio)) { … swap = radix_to_swp_entry(*foliop); an access at a time
     */
    filemap_get_entry(s, me) {
      if (s.i_size !== 0 && !me.isWithin) {
        me.isWithin = true
        return ordinal(me.index) > s.i_size ? ret(0) : 'filemap_get_entry'
      }
      const page = xas_load(s, me)
      if (page === 'sibling') return 'filemap_get_entry'
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
      const page = xas_load(s, me)
      if (page === 'sibling') return 'xas_reload'
      if (page.folio === me.folio) return 'folio_lock_page_cache'
      folio_put(s, me.folio)
      return 'filemap_get_entry'
    },
    /** folio_lock(folio); */
    folio_lock_page_cache(s, me) {
      return folio_lock(held(s, me.folio), me.self) ? 'has_been_truncated' : blocked
    },
    /** if (unlikely(folio->mapping != inode->i_mapping)) { …; goto repeat; } … goto out; */
    has_been_truncated(s, me) {
      if (is_in_mapping(s, me.folio)) return ret(me.folio)
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
      return call(filemap_get_folio, { entry: known(me.swap) }, 'xa_get_order', 'folio')
    },
    /** order = xa_get_order(&mapping->i_pages, index); } else if (order != folio_order(folio)) { */
    xa_get_order(s, me) {
      me.order_nr = nr_slots(s, me.index)
      if (me.folio === 0) return 'synchronous_io'
      if (!s.device.watched) me.si = 0
      return me.order_nr === folio_nr_pages(s, me.folio) ? 'folio_lock' : 'shmem_split_large_entry'
    },
    /**
     * if (order > 0 && (… || !zswap_never_enabled())) fallback_order0 = true; if (!fallback_order0 && si && data_race(si->flags &
     * SWP_SYNCHRONOUS_IO)) { folio = shmem_swap_alloc_folio(…): Not in the RFC: a range of which a
     * page is in the swap cache is not tried
     */
    synchronous_io(s, me) {
      const { si } = me
      if (!s.device.watched) me.si = 0
      const fallback_order0 = me.order_nr > 1 && s.zswap !== 'off'
      if (fallback_order0 || si === 0 || !is_synchronous(s, si)) return 'shmem_split_large_entry'
      if (me.order_nr === 1 || !guard('look for pages of a large shmem entry in the swap cache')) return 'shmem_alloc_folio'
      return call(non_swapcache_batch, { entry: known(me.swap), nr: me.order_nr }, 'shmem_alloc_folio', 'uncached')
    },
    /** new = shmem_alloc_folio(gfp, order, info, index); mem_cgroup_swapin_charge_folio(new, …, gfp, entry), which looks the entry up; if (swapcache_prepare(entry, nr_pages)) */
    shmem_alloc_folio(s, me) {
      const { uncached } = me
      me.uncached = 0
      const isTried = me.order_nr > 1 && guard('look for pages of a large shmem entry in the swap cache')
      if (isTried && uncached !== me.order_nr) return 'shmem_split_large_entry'
      me.folio = folio_alloc(s, me.order_nr)
      if (me.folio === 0) return 'shmem_split_large_entry'
      mem_cgroup_swapin_charge_folio(s, me.folio, known(me.swap))
      return call(swapcache_prepare, { entry: known(me.swap), nr: me.order_nr }, 'prepared', 'error')
    },
    /**
     * { folio_put(new); return ERR_PTR(-EEXIST); } Not in the RFC: if (vswap_folio_backed(entry, 1) …, and for a range if
     * (!vswap_can_swapin_thp(entry, nr_pages)) { swapcache_clear(si, entry, nr_pages); folio_put(new); and the entry is split }
     */
    prepared(_, me) {
      if (me.error !== 0) return 'folio_put_new'
      const args = { entry: known(me.swap), nr: me.order_nr }
      if (me.order_nr === 1) return call(vswap_folio_backed, args, 'backing', 'answer')
      if (!guard('look at the backing of a large shmem entry')) return 'swap_read_folio'
      return call(vswap_can_swapin_thp, args, 'backing', 'answer')
    },
    backing(_, me) {
      const isRead = me.answer === me.order_nr > 1
      me.answer = false
      return isRead ? 'swap_read_folio' : call(swapcache_clear, { entry: known(me.swap), nr: me.order_nr }, 'folio_put_new')
    },
    /** error = PTR_ERR(folio); folio = NULL; if (error == -EEXIST) goto failed; */
    folio_put_new(s, me) {
      folio_put(s, me.folio)
      me.folio = 0
      if (me.error === 0 && me.order_nr > 1) return 'shmem_split_large_entry'
      me.error = -EEXIST
      return 'failed'
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
    /** split_order = shmem_split_large_entry(inode, index, swap, gfp); */
    shmem_split_large_entry(_, me) {
      return call(shmem_split_large_entry, { index: me.index, swap: known(me.swap) }, 'split', 'split')
    },
    /**
     * if (split_order < 0) { error = split_order; goto failed; } if (split_order > 0) { pgoff_t offset = index - round_down(index, 1 <<
     * split_order); swap = swap_nth(swap, offset); } Not in the RFC: the folio, which is not locked yet, is put before that goto
     */
    split(s, me) {
      const { split } = me
      me.split = 0
      if (split < 0) {
        me.error = -EEXIST
        return me.folio !== 0 && guard('put the unlocked folio of a large entry that has changed') ? 'folio_put_new' : 'failed'
      }
      if (split > 0) me.swap = swap_nth(s, me.swap, ordinal(me.index) - ordinal(round_down(s, me.index, split)))
      return me.folio === 0 ? 'shmem_swapin_cluster' : 'folio_lock'
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
     * if ((!skip_swapcache && !folio_test_swapcache(folio)) || folio->swap.val != swap.val || !shmem_confirm_swap(mapping, index, swap) || all but
     * shmem_confirm_swap() stay while the folio is locked
     */
    shmem_confirm_swap(s, me) {
      const folio = held(s, me.folio)
      const page = xas_load(s, me)
      if (page === 'sibling') return 'shmem_confirm_swap'
      const moved = (!me.skip_swapcache && !folio.swapcache) || folio.swap !== me.swap
      if (!moved && shmem_confirm_swap(page, me.swap)) return 'folio_order'
      me.error = -EEXIST
      return 'unlock'
    },
    /**
     * xa_get_order(&mapping->i_pages, index) != folio_order(folio)) { error = -EEXIST; goto unlock; } if (!folio_test_uptodate(folio)) { error =
     * -EIO; goto failed; }
     */
    folio_order(s, me) {
      if (nr_slots(s, me.index) !== folio_nr_pages(s, me.folio)) {
        me.error = -EEXIST
        return 'unlock'
      }
      if (held(s, me.folio).uptodate) return 'folio_wait_writeback'
      me.error = -EIO
      return 'failed'
    },
    /** folio_wait_writeback(folio); it starts under the folio lock alone */
    folio_wait_writeback(s, me) {
      if (held(s, me.folio).writeback) return blocked
      return me.folio === s.wrong_zone && !me.skip_swapcache ? 'shmem_replace_folio' : 'shmem_add_to_page_cache'
    },
    /** if (shmem_should_replace_folio(folio, gfp)) { error = shmem_replace_folio(&folio, gfp, info, index, vma); if (error) goto failed; } a folio of its own is where it should be */
    shmem_replace_folio(s, me) {
      return call(shmem_replace_folio, { old: known(me.folio), entry: known(held(s, me.folio).swap) }, 'replaced', 'new')
    },
    replaced(_, me) {
      if (me.new === 0) me.error = -ENOMEM
      else me.folio = me.new
      me.new = 0
      return me.error === 0 ? 'shmem_add_to_page_cache' : 'failed'
    },
    /** error = shmem_add_to_page_cache(folio, mapping, round_down(index, nr_pages), swp_to_radix_entry(swap), gfp); if (error) goto failed; */
    shmem_add_to_page_cache(s, me) {
      if (spin_is_locked(xa_lock(s, me.index))) return blocked
      const index = round_down(s, me.index, folio_nr_pages(s, me.folio))
      if (xas_find_conflict(s, known(me.folio), index, known(me.swap))) {
        me.error = -EEXIST
        return 'failed'
      }
      shmem_add_to_page_cache(s, me.folio, index)
      return 'delete_from_swap_cache'
    },
    /** if (skip_swapcache) { folio->swap.val = 0; swapcache_clear(si, swap, nr_pages); } else delete_from_swap_cache(folio); */
    delete_from_swap_cache(s, me) {
      if (!me.skip_swapcache) return call(delete_from_swap_cache, { folio: known(me.folio) }, 'folio_mark_dirty')
      held(s, me.folio).swap = 0
      return call(swapcache_clear, { entry: known(me.swap), nr: folio_nr_pages(s, me.folio) }, 'folio_mark_dirty')
    },
    /** folio_mark_dirty(folio); */
    folio_mark_dirty(s, me) {
      held(s, me.folio).dirty = true
      return 'swap_free_nr'
    },
    /** swap_free_nr(swap, nr_pages); */
    swap_free_nr(s, me) {
      return call(swap_free_nr, { entry: known(me.swap), nr: folio_nr_pages(s, me.folio) }, 'unlock_swapoff')
    },
    /** failed: if (!shmem_confirm_swap(mapping, index, swap)) error = -EEXIST; if (error == -EIO) shmem_set_folio_swapin_error(…); */
    failed(s, me) {
      const page = xas_load(s, me)
      if (page === 'sibling') return 'failed'
      const { index, folio, swap, skip_swapcache } = me
      if (!shmem_confirm_swap(page, swap)) me.error = -EEXIST
      if (me.error !== -EIO) return 'unlock'
      return call(shmem_set_folio_swapin_error, { index, folio: known(folio), swap: known(swap), skip_swapcache }, 'unlock')
    },
    /** unlock: if (skip_swapcache) swapcache_clear(si, swap, folio_nr_pages(folio)); */
    unlock(s, me) {
      if (!me.skip_swapcache) return 'unlock_folio'
      return call(swapcache_clear, { entry: known(me.swap), nr: folio_nr_pages(s, me.folio) }, 'unlock_folio')
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
      me.order_nr = 0
      me.error = 0
      me.skip_swapcache = false
      me.isWithin = false
      return error === -EEXIST ? 'filemap_get_entry' : ret(me.folio)
    },
  },
)

/**
 * if (expected != xas_find_conflict(&xas)) …; if (expected && xas_find_conflict(&xas)) …: another entry in the range of the folio. Not in the RFC: a slot of
 * the range that is empty
 */
function xas_find_conflict(s: State, folio: Id<'folio'>, index: Id<'pte'>, expected: Id<'entry'>): boolean {
  const slots = slots_of(s, folio, index)
  const entries = new Set(slots.map((id) => canonical(s, id)).filter((id) => s.pte[id].kind !== 'none'))
  const [first, ...others] = entries
  if (first === undefined || others.length > 0 || !shmem_confirm_swap(s.pte[first], expected)) return true
  return nr_slots(s, first) < slots.length && guard('find the whole range of a large folio in the mapping')
}

/** read() and write() of a page of a file with large folios. */
export const large_shmem_file = shmem_file_by(large_shmem_get_folio_gfp)
