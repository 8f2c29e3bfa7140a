/** mm/swap_state.c: a folio in the swap cache for an entry (v6.14 with patches 7, 10 and 12). */
import { assert, bool, call, choose, int, known, ref, ret, sleep } from '../../checker/index.js'
import { EEXIST } from '../kernel/errno.js'
import { folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { vswap_folio_backed } from './check-backing.js'
import { filemap_get_folio } from './filemap.js'
import { folio_alloc, folio_put, held } from './folio.js'
import { mem_cgroup_swapin_charge_folio } from './memcg-charge.js'
import { Entry, Folios, guard, procedure } from './state.js'
import { swap_read_folio } from './swap-read-folio.js'
import { swapcache_clear, swapcache_prepare, swp_swapcount } from './swap-refs.js'
import { swap_slot_cache_enabled } from './swap-slot.js'
import { add_to_swap_cache } from './swap-state.js'

/**
 * __read_swap_cache_async(entry, …, &new_page_allocated, skip_if_exists): the folio in the swap cache, with a reference; a new one is
 * locked by the caller, and that is how it is known. 0 when the entry is in use by nobody any more, or there is no memory.
 */
export const __read_swap_cache_async = procedure(
  '__read_swap_cache_async',
  {
    args: { entry: Entry, skip_if_exists: bool },
    locals: { folio: ref(Folios), new_folio: ref(Folios), swapcount: int(0, 15), err: int(-EEXIST, 0), folio_backed: bool },
    calls: [filemap_get_folio, swp_swapcount, swapcache_prepare, swapcache_clear, vswap_folio_backed],
    returns: ref(Folios),
  },
  {
    /** folio = filemap_get_folio(swap_address_space(entry), swap_cache_index(entry)); if (!IS_ERR(folio)) goto got_folio; */
    filemap_get_folio(_, me) {
      return call(filemap_get_folio, { entry: me.entry }, 'swap_swapcount', 'folio')
    },
    /** if (!swap_swapcount(si, entry) && swap_slot_cache_enabled) goto put_and_return; */
    swap_swapcount(_, me) {
      if (me.folio !== 0) return 'put_and_return'
      return call(swp_swapcount, { entry: me.entry }, 'folio_alloc', 'swapcount')
    },
    /** if (!new_folio) new_folio = folio_alloc_mpol(gfp_mask, 0, mpol, ilx, numa_node_id()); if (!new_folio) goto put_and_return; */
    folio_alloc(s, me) {
      if (me.swapcount === 0 && swap_slot_cache_enabled(s)) return 'put_and_return'
      if (me.new_folio === 0) me.new_folio = folio_alloc(s)
      if (s.device.unuser === me.self) s.device.no_memory = me.new_folio === 0
      me.swapcount = 0
      return me.new_folio === 0 ? 'put_and_return' : 'swapcache_prepare'
    },
    /** err = swapcache_prepare(entry, 1); */
    swapcache_prepare(_, me) {
      return call(swapcache_prepare, { entry: me.entry, nr: 1 }, 'prepared', 'err')
    },
    /**
     * if (!err) { if (vswap_folio_backed(entry, 1)) …; break; } if (err != -EEXIST) goto put_and_return; if (skip_if_exists) goto
     * put_and_return; schedule_timeout_uninterruptible(1);
     */
    prepared(_, me) {
      if (me.err === 0) return call(vswap_folio_backed, { entry: me.entry, nr: 1 }, 'add_to_swap_cache', 'folio_backed')
      const err = me.err
      me.err = 0
      if (err !== -EEXIST || me.skip_if_exists) return 'put_and_return'
      return guard('sleep before another look in __read_swap_cache_async') ? sleep('filemap_get_folio') : 'filemap_get_folio'
    },
    /**
     * { swapcache_clear(si, entry, 1); goto put_and_return; } __folio_set_locked(new_folio); mem_cgroup_swapin_charge_folio(new_folio,
     * NULL, gfp_mask, entry); add_to_swap_cache(new_folio, entry, …); nobody else knows the folio before it is in the cache. If either fails, fail_unlock:
     * put_swap_folio(new_folio, entry);
     */
    add_to_swap_cache(s, me) {
      if (me.folio_backed && guard('skip an entry that a folio backs'))
        return call(swapcache_clear, { entry: me.entry, nr: 1 }, 'put_and_return')
      assert(folio_trylock(held(s, me.new_folio), me.self), 'a new folio is locked')
      mem_cgroup_swapin_charge_folio(s, known(me.new_folio), me.entry)
      if (s.no_xarray_node && choose([false, true])) {
        if (s.device.unuser === me.self) s.device.no_memory = true
        const isPut = guard('put the pin where the swap cache has no memory')
        return isPut ? call(swapcache_clear, { entry: me.entry, nr: 1 }, 'put_and_return') : 'put_and_return'
      }
      add_to_swap_cache(s, me.new_folio, me.entry)
      return 'folio_add_lru'
    },
    /** folio_add_lru(new_folio); *new_page_allocated = true; */
    folio_add_lru(s, me) {
      held(s, me.new_folio).lru = true
      return ret(me.new_folio)
    },
    /** folio_unlock(new_folio); of one that failed, and that nobody else knows; put_and_return: if (!(*new_page_allocated) && new_folio) folio_put(new_folio); return result; */
    put_and_return(s, me) {
      if (me.new_folio !== 0) {
        const folio = held(s, me.new_folio)
        if (folio.locked_by === me.self) folio_unlock(folio, me.self)
        folio_put(s, me.new_folio)
      }
      return ret(me.folio)
    },
  },
)

/** read_swap_cache_async(entry): the folio in the swap cache, read or being read. */
export const read_swap_cache_async = procedure(
  'read_swap_cache_async',
  { args: { entry: Entry }, locals: { folio: ref(Folios) }, calls: [__read_swap_cache_async, swap_read_folio], returns: ref(Folios) },
  {
    /** folio = __read_swap_cache_async(entry, gfp_mask, mpol, ilx, &page_allocated, false); */
    __read_swap_cache_async(_, me) {
      return call(__read_swap_cache_async, { entry: me.entry, skip_if_exists: false }, 'page_allocated', 'folio')
    },
    /** if (page_allocated) swap_read_folio(folio, plug); */
    page_allocated(s, me) {
      if (me.folio === 0 || held(s, me.folio).locked_by !== me.self) return 'got_folio'
      return call(swap_read_folio, { folio: known(me.folio), entry: me.entry }, 'got_folio')
    },
    /** return folio; */
    got_folio(_, me) {
      return ret(me.folio)
    },
  },
)
