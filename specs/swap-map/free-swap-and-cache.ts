/** mm/swapfile.c: free_swap_and_cache_nr(), of one entry: its count, and the swap cache where that is all that is left of it. */
import { blocked, bool, call, known, ref, ret } from '../../checker/index.js'
import { folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { spin_is_locked } from '../kernel/spinlock.js'
import { filemap_get_folio } from './filemap.js'
import { folio_nr_pages, folio_put, held } from './folio.js'
import { Entry, Folios, guard, procedure } from './state.js'
import { get_swap_device, put_swap_device, touch_device } from './swap-device.js'
import { __swap_entry_free, swap_is_has_cache } from './swap-entry-free.js'
import { delete_from_swap_cache } from './swap-state.js'

/** __try_to_reclaim_swap(si, offset, TTRS_UNMAPPED | TTRS_FULL) */
export const __try_to_reclaim_swap = procedure(
  '__try_to_reclaim_swap',
  { args: { entry: Entry }, locals: { folio: ref(Folios) }, calls: [filemap_get_folio, delete_from_swap_cache] },
  {
    /** folio = filemap_get_folio(address_space, swap_cache_index(entry)); if (IS_ERR(folio)) return 0; */
    filemap_get_folio(_, me) {
      return call(filemap_get_folio, { entry: me.entry }, 'folio_trylock', 'folio')
    },
    /** if (!folio_trylock(folio)) goto out; */
    folio_trylock(s, me) {
      if (me.folio === 0) return ret()
      return folio_trylock(held(s, me.folio), me.self) ? 'need_reclaim' : 'folio_put'
    },
    /**
     * need_reclaim = (!folio_mapped(folio) || mem_cgroup_swap_full(folio)); if (!need_reclaim || !folio_swapcache_freeable(folio)) goto out_unlock; both stay
     * while the folio is locked, but that a folio may be mapped no more
     */
    need_reclaim(s, me) {
      const { swapcache, writeback, _mapcount } = held(s, me.folio)
      return (_mapcount === 0 || s.mem_cgroup_swap_full) && swapcache && !writeback ? 'swap_is_has_cache' : 'folio_unlock'
    },
    /** ci = lock_cluster(si, offset); need_reclaim = swap_is_has_cache(si, offset, nr_pages); unlock_cluster(ci); if (!need_reclaim) goto out_unlock; */
    swap_is_has_cache(s, me) {
      if (spin_is_locked(s.ci_lock)) return blocked
      const entry = known(held(s, me.folio).swap)
      touch_device(s, entry)
      const isOnly = swap_is_has_cache(s, entry, folio_nr_pages(s, me.folio))
      if (!isOnly && guard('recheck swap_map once the folio is locked in __try_to_reclaim_swap')) return 'folio_unlock'
      return call(delete_from_swap_cache, { folio: known(me.folio) }, 'folio_set_dirty')
    },
    /** delete_from_swap_cache(folio); folio_set_dirty(folio); */
    folio_set_dirty(s, me) {
      held(s, me.folio).dirty = true
      return 'folio_unlock'
    },
    /** out_unlock: folio_unlock(folio); */
    folio_unlock(s, me) {
      folio_unlock(held(s, me.folio), me.self)
      return 'folio_put'
    },
    /** out: folio_put(folio); */
    folio_put(s, me) {
      folio_put(s, me.folio)
      return ret()
    },
  },
)

export const free_swap_and_cache_nr = procedure(
  'free_swap_and_cache_nr',
  { args: { entry: Entry }, locals: { si: bool, any_only_cache: bool }, calls: [__swap_entry_free, __try_to_reclaim_swap] },
  {
    /** si = get_swap_device(entry); if (!si) return; */
    get_swap_device(s, me) {
      if (!guard('hold the device until the swap cache is looked at')) return '__swap_entries_free'
      me.si = get_swap_device(s, me.entry)
      return me.si ? '__swap_entries_free' : ret()
    },
    /** any_only_cache = __swap_entries_free(si, entry, nr); if (!any_only_cache) goto out; */
    __swap_entries_free(_, me) {
      return call(__swap_entry_free, { entry: me.entry }, 'READ_ONCE', 'any_only_cache')
    },
    /** if (READ_ONCE(si->swap_map[offset]) == SWAP_HAS_CACHE) nr = __try_to_reclaim_swap(si, offset, TTRS_UNMAPPED | TTRS_FULL); without ci->lock */
    READ_ONCE(s, me) {
      if (!me.any_only_cache) return 'put_swap_device'
      touch_device(s, me.entry)
      return swap_is_has_cache(s, me.entry, 1) ? call(__try_to_reclaim_swap, { entry: me.entry }, 'put_swap_device') : 'put_swap_device'
    },
    /** out: put_swap_device(si); */
    put_swap_device(s, me) {
      if (me.si) put_swap_device(s, me.entry)
      return ret()
    },
  },
)
