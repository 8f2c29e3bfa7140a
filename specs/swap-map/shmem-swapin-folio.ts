/**
 * mm/shmem.c: shmem_get_folio_gfp() with shmem_swapin_folio(), shmem_swap_alloc_folio() and shmem_split_large_entry() in it (v6.14), of a file whose pages are out.
 *
 * Left out: new pages for holes, large folios in the swap cache, and readahead beyond the entry. A page is read in one step, as nobody has it before it is locked.
 */
import { blocked, bool, int, known, ref, ret, sleep } from '../../checker/index.js'
import { EEXIST, EIO } from '../kernel/errno.js'
import { percpu_ref_put, percpu_ref_tryget_live } from '../kernel/percpu-ref.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { ShmemIndex } from './shmem-fields.js'
import { canonical, file, nr_slots, range, shmem_confirm_swap, touch_swap_file } from './shmem-xarray.js'
import { guard, procedure } from './state.js'

/** Of one page; `once` is for swapoff, which comes again itself. */
export const shmem_get_folio_gfp = procedure(
  'shmem_get_folio_gfp',
  {
    args: { index: ShmemIndex, once: bool },
    locals: { swap: ref(ShmemIndex), nr: int(0, 2), skip_swapcache: bool, error: int(-EEXIST, 0), held: bool, locked: bool },
  },
  {
    /** repeat: folio = filemap_get_entry(inode->i_mapping, index); … swap = radix_to_swp_entry(*foliop); */
    filemap_get_entry(s, me) {
      const at = canonical(s, me.index)
      if (s.shmem_index[at].slot !== 'value') return ret()
      me.swap = at
      return guard('hold the swap device in shmem_swapin_folio') ? 'get_swap_device' : 'swap_cache_get_folio'
    },
    /** si = get_swap_device(swap); if (!si) { if (!shmem_confirm_swap(mapping, index, swap)) return -EEXIST; else return -EINVAL; } */
    get_swap_device(s, me) {
      if (!percpu_ref_tryget_live(file(s).users)) return shmem_confirm_swap(s, me.index, me.swap) || me.once ? ret() : 'filemap_get_entry'
      me.held = true
      return 'swap_cache_get_folio'
    },
    /** folio = swap_cache_get_folio(swap, NULL, 0); in v5.13 with a reference to the device of its own */
    swap_cache_get_folio(s, me) {
      return s.shmem_index[known(me.swap)].swapcache ? 'xa_get_order_cached' : 'xa_get_order'
    },
    /** order = xa_get_order(&mapping->i_pages, index); if (!folio) { … if (data_race(si->flags & SWP_SYNCHRONOUS_IO)) */
    xa_get_order(s, me) {
      me.nr = nr_slots(s, me.index)
      return file(s).SWP_SYNCHRONOUS_IO ? 'swapcache_prepare' : 'shmem_split_large_entry'
    },
    /** } else if (order != folio_order(folio)) { split_order = shmem_split_large_entry(inode, index, swap, gfp); */
    xa_get_order_cached(s, me) {
      me.nr = nr_slots(s, me.index)
      return me.nr > 1 ? 'shmem_split_large_entry' : 'folio_lock'
    },
    /** shmem_swap_alloc_folio(): if (swapcache_prepare(entry, nr_pages)): __swap_duplicate(): all of them or none; under ci->lock */
    swapcache_prepare(s, me) {
      touch_swap_file(s)
      const entries = range(s, known(me.swap), me.nr).map((id) => s.shmem_index[id])
      if (entries.some(({ SWAP_HAS_CACHE }) => SWAP_HAS_CACHE)) return 'non_swapcache_batch'
      if (entries.some(({ SWAP_MAP_SHMEM }) => !SWAP_MAP_SHMEM)) return 'shmem_split_large_entry'
      for (const entry of entries) entry.SWAP_HAS_CACHE = true
      me.skip_swapcache = true
      return 'workingset_refault'
    },
    /**
     * Not in v6.14: if (nr_pages > 1 && non_swapcache_batch(entry, nr_pages) != nr_pages) return ERR_PTR(-EINVAL); return ERR_PTR(-EEXIST); si->swap_map without ci->lock
     */
    non_swapcache_batch(s, me) {
      const isPartly = me.nr > 1 && range(s, known(me.swap), me.nr).some((id) => s.shmem_index[id].SWAP_HAS_CACHE)
      if (isPartly && guard('read page by page where a page of a large entry is in the swap cache')) return 'shmem_split_large_entry'
      me.error = -EEXIST
      return guard('sleep before a shmem entry that is pinned is looked up again') ? sleep('put_swap_device') : 'put_swap_device'
    },
    /** memcg1_swapin(entry, nr_pages); shadow = get_shadow_from_swap_cache(entry); if (shadow) workingset_refault(new, shadow); which may sleep, or be preempted */
    workingset_refault() {
      return 'swap_read_folio'
    },
    /** swap_read_folio(new, NULL); skip_swapcache = true; goto alloced; */
    swap_read_folio(s) {
      touch_swap_file(s)
      return 'shmem_confirm_swap'
    },
    /**
     * split_order = shmem_split_large_entry(inode, index, swap, gfp): of a value over two slots, that of the second is stored, under xa_lock; swap = swp_entry(swp_type(swap),
     * swp_offset(swap) + offset);
     */
    shmem_split_large_entry(s, me) {
      if (!shmem_confirm_swap(s, me.index, me.swap)) {
        me.error = -EEXIST
        return 'put_swap_device'
      }
      for (const id of range(s, known(me.swap), nr_slots(s, me.index))) s.shmem_index[id].slot = 'value'
      me.swap = me.index
      me.nr = 1
      return s.shmem_index[me.index].swapcache ? 'folio_lock' : 'swap_cluster_readahead'
    },
    /**
     * folio = shmem_swapin_cluster(swap, gfp, info, index): swap_cluster_readahead(): struct inode *inode = si->swap_file->f_mapping->host; … __read_swap_cache_async():
     * swapcache_prepare(), and the folio is in the swap cache
     */
    swap_cluster_readahead(s, me) {
      touch_swap_file(s)
      const entry = s.shmem_index[known(me.swap)]
      if (entry.swapcache) return 'folio_lock'
      if (!entry.SWAP_HAS_CACHE && entry.SWAP_MAP_SHMEM) {
        entry.SWAP_HAS_CACHE = true
        entry.swapcache = true
        return 'folio_lock'
      }
      me.error = -EEXIST
      return sleep('put_swap_device')
    },
    /** alloced: folio_lock(folio); */
    folio_lock(s, me) {
      const { folio_lock, swapcache } = s.shmem_index[known(me.swap)]
      if (swapcache && !spin_lock(folio_lock, me.self)) return blocked
      me.locked = swapcache
      return 'shmem_confirm_swap'
    },
    /**
     * if ((!skip_swapcache && !folio_test_swapcache(folio)) || folio->swap.val != swap.val || !shmem_confirm_swap(mapping, index, swap) || xa_get_order(&mapping->i_pages, index) !=
     * folio_order(folio)) { error = -EEXIST; goto unlock; } if (!folio_test_uptodate(folio)) { error = -EIO; goto failed; }
     */
    shmem_confirm_swap(s, me) {
      const isGone = !me.skip_swapcache && !me.locked
      const isOther = !shmem_confirm_swap(s, me.index, me.swap) || nr_slots(s, me.index) !== me.nr
      me.error = isGone || isOther ? -EEXIST : file(s).unreadable ? -EIO : 0
      if (me.error === 0) return 'shmem_add_to_page_cache'
      return me.error === -EIO && guard('put a swapin error in place of a page that cannot be read')
        ? 'shmem_set_folio_swapin_error'
        : 'unlock'
    },
    /** error = shmem_add_to_page_cache(folio, mapping, round_down(index, nr_pages), swp_to_radix_entry(swap), gfp); -EEXIST where it is another; under xa_lock */
    shmem_add_to_page_cache(s, me) {
      if (!shmem_confirm_swap(s, me.index, me.swap) || nr_slots(s, me.index) !== me.nr) {
        me.error = -EEXIST
        return 'unlock'
      }
      for (const id of range(s, known(me.swap), me.nr)) s.shmem_index[id].slot = 'folio'
      return 'delete_from_swap_cache'
    },
    /** shmem_set_folio_swapin_error(inode, index, folio, swap): old = xa_cmpxchg_irq(&mapping->i_pages, index, swp_to_radix_entry(swap), swp_to_radix_entry(swapin_error), 0); … */
    shmem_set_folio_swapin_error(s, me) {
      if (!shmem_confirm_swap(s, me.index, me.swap)) return 'unlock'
      s.shmem_index[known(me.swap)].slot = 'error'
      return 'delete_from_swap_cache'
    },
    /** if (skip_swapcache) swapcache_clear(si, swap, nr_pages); else delete_from_swap_cache(folio); of either, under ci->lock */
    delete_from_swap_cache(s, me) {
      for (const id of range(s, known(me.swap), me.nr)) Object.assign(s.shmem_index[id], { SWAP_HAS_CACHE: false, swapcache: false })
      me.skip_swapcache = false
      return 'swap_free_nr'
    },
    /** swap_free_nr(swap, nr_pages); */
    swap_free_nr(s, me) {
      for (const id of range(s, known(me.swap), me.nr)) s.shmem_index[id].SWAP_MAP_SHMEM = false
      return 'unlock'
    },
    /** unlock: if (skip_swapcache) swapcache_clear(si, swap, folio_nr_pages(folio)); if (folio) { folio_unlock(folio); folio_put(folio); } */
    unlock(s, me) {
      if (me.skip_swapcache) for (const id of range(s, known(me.swap), me.nr)) s.shmem_index[id].SWAP_HAS_CACHE = false
      if (me.locked) spin_unlock(s.shmem_index[known(me.swap)].folio_lock, me.self)
      me.skip_swapcache = false
      me.locked = false
      return 'put_swap_device'
    },
    /** put_swap_device(si); return error; … if (error == -EEXIST) goto repeat; */
    put_swap_device(s, me) {
      if (me.held) percpu_ref_put(file(s).users)
      const isAgain = me.error === -EEXIST && !me.once
      Object.assign(me, { held: false, error: 0, swap: 0, nr: 0 })
      return isAgain ? 'filemap_get_entry' : ret()
    },
  },
)
