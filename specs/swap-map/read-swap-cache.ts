/** mm/swap_state.c: a folio in the swap cache for an entry. */
import { assert, bool, call, int, known, ref, ret, sleep } from '../../checker/index.js'
import { EEXIST } from '../kernel/errno.js'
import { folio_trylock } from '../kernel/folio-lock.js'
import { filemap_get_folio } from './filemap.js'
import { folio_alloc, folio_put, held } from './folio.js'
import { has_memsw_to_uncharge, mem_cgroup_swapin_charge_folio, mem_cgroup_uncharge_swap } from './memcg.js'
import { swap_read_folio } from './page-io.js'
import { Entry, Folios, guard, procedure, SWAP_MAP_SHMEM } from './state.js'
import { swap_swapcount } from './swap-count.js'
import { get_swap_device, put_swap_device } from './swap-device.js'
import { swapcache_prepare } from './swap-duplicate.js'
import { add_to_swap_cache } from './swap-state.js'

/**
 * __read_swap_cache_async(entry, …, &new_page_allocated, skip_if_exists): the folio in the swap cache, with a reference; a new one is locked by the
 * caller, and that is how it is known. 0 when nothing holds the entry any more, or there is no memory.
 */
export const __read_swap_cache_async = procedure(
  '__read_swap_cache_async',
  {
    /** `si_held`: the caller holds the device of the entry. */
    args: { entry: Entry, si_held: bool, skip_if_exists: bool },
    locals: { folio: ref(Folios), si: bool, new_folio: ref(Folios), swapcount: int(0, SWAP_MAP_SHMEM), err: int(-EEXIST, 0) },
    calls: [filemap_get_folio, swap_swapcount, swapcache_prepare],
    returns: ref(Folios),
  },
  {
    /** si = get_swap_device(entry); if (!si) return NULL; */
    get_swap_device(s, me) {
      if (me.si_held || !guard('hold the device of an entry that is faulted on')) return 'filemap_get_folio'
      me.si = get_swap_device(s, me.entry)
      return me.si ? 'filemap_get_folio' : ret(0)
    },
    /** folio = filemap_get_folio(swap_address_space(entry), swap_cache_index(entry)); if (!IS_ERR(folio)) goto got_folio; */
    filemap_get_folio(_, me) {
      return call(filemap_get_folio, { entry: me.entry }, 'swap_swapcount', 'folio')
    },
    /** if (!swap_swapcount(si, entry) && swap_slot_cache_enabled) goto put_and_return; */
    swap_swapcount(_, me) {
      return me.folio !== 0 ? 'put_and_return' : call(swap_swapcount, { entry: me.entry }, 'folio_alloc', 'swapcount')
    },
    /** if (!new_folio) new_folio = folio_alloc_mpol(gfp_mask, 0, mpol, ilx, numa_node_id()); if (!new_folio) goto put_and_return; */
    folio_alloc(s, me) {
      if (me.swapcount === 0) {
        if (guard('put the new folio where nothing holds the entry any more')) return 'put_and_return'
        if (me.si) put_swap_device(s, me.entry)
        return ret(0)
      }
      me.swapcount = 0
      if (me.new_folio === 0) me.new_folio = folio_alloc(s)
      return me.new_folio === 0 ? 'put_and_return' : 'swapcache_prepare'
    },
    /** err = swapcache_prepare(entry, 1); */
    swapcache_prepare(_, me) {
      return call(swapcache_prepare, { entry: me.entry }, 'prepared', 'err')
    },
    /** if (!err) break; else if (err != -EEXIST) goto put_and_return; if (skip_if_exists) goto put_and_return; schedule_timeout_uninterruptible(1); */
    prepared(_, me) {
      const { err } = me
      me.err = 0
      if (err === 0) return 'add_to_swap_cache'
      if (err !== -EEXIST) return 'put_and_return'
      if (me.skip_if_exists && guard('give up in zswap writeback where SWAP_HAS_CACHE is set already')) return 'put_and_return'
      return guard('sleep before another look in __read_swap_cache_async') ? sleep('filemap_get_folio') : 'filemap_get_folio'
    },
    /** __folio_set_locked(new_folio); mem_cgroup_swapin_charge_folio(new_folio, NULL, gfp_mask, entry); add_to_swap_cache(new_folio, entry, …); nobody else knows the folio before it is in the cache */
    add_to_swap_cache(s, me) {
      assert(folio_trylock(held(s, me.new_folio), me.self), 'a new folio is unlocked')
      mem_cgroup_swapin_charge_folio(s, known(me.new_folio), me.entry, 0)
      add_to_swap_cache(s, me.new_folio, me.entry)
      return has_memsw_to_uncharge(s) ? 'mem_cgroup_swapin_uncharge_swap' : 'folio_add_lru'
    },
    /** mem_cgroup_swapin_uncharge_swap(entry, 1): if (do_memsw_account()) mem_cgroup_uncharge_swap(entry, 1); SWAP_HAS_CACHE is set, and the folio locked */
    mem_cgroup_swapin_uncharge_swap(s, me) {
      mem_cgroup_uncharge_swap(s, me.entry)
      return 'folio_add_lru'
    },
    /** folio_add_lru(new_folio); *new_page_allocated = true; folio = new_folio; … put_swap_device(si); */
    folio_add_lru(s, me) {
      held(s, me.new_folio).lru = true
      if (me.si) put_swap_device(s, me.entry)
      return ret(me.new_folio)
    },
    /** put_and_return: put_swap_device(si); if (!(*new_page_allocated) && new_folio) folio_put(new_folio); return result; */
    put_and_return(s, me) {
      if (me.si) put_swap_device(s, me.entry)
      if (me.new_folio !== 0) folio_put(s, me.new_folio)
      return ret(me.folio)
    },
  },
)

/** read_swap_cache_async(entry), as swapin_readahead() of the entry alone: the folio in the swap cache, read or being read. */
export const read_swap_cache_async = procedure(
  'read_swap_cache_async',
  { args: { entry: Entry }, locals: { folio: ref(Folios) }, calls: [__read_swap_cache_async, swap_read_folio], returns: ref(Folios) },
  {
    /** folio = __read_swap_cache_async(entry, gfp_mask, mpol, ilx, &page_allocated, false); */
    __read_swap_cache_async(_, me) {
      return call(__read_swap_cache_async, { entry: me.entry, si_held: false, skip_if_exists: false }, 'page_allocated', 'folio')
    },
    /** if (page_allocated) swap_read_folio(folio, plug); */
    page_allocated(s, me) {
      if (me.folio === 0 || held(s, me.folio).locked_by !== me.self) return ret(me.folio)
      return call(swap_read_folio, { folio: known(me.folio), entry: me.entry }, 'got_folio')
    },
    /** return folio; */
    got_folio(_, me) {
      return ret(me.folio)
    },
  },
)
