/**
 * mm/swap_state.c: read_swap_cache_async() of a page whose memcg is at its limit: the charge reclaims, and the shrinker of zswap is part of that (v6.8 to v6.19).
 *
 * The steps of __read_swap_cache_async() are here once more, as the shrinker calls that from within them, and calls do not recurse. Left out: the limit itself,
 * so that a charge may reclaim or not; what else reclaim does; a charge that fails; and the reference to the device.
 */
import { assert, call, choose, int, known, ref, ret, sleep } from '../../checker/index.js'
import { EEXIST } from '../kernel/errno.js'
import { folio_trylock } from '../kernel/folio-lock.js'
import { filemap_get_folio } from './filemap.js'
import { folio_alloc, folio_put, held } from './folio.js'
import { mem_cgroup_swapin_charge_folio } from './memcg.js'
import { swap_read_folio } from './page-io.js'
import { Entry, Folios, procedure, SWAP_MAP_SHMEM } from './state.js'
import { swap_swapcount } from './swap-count.js'
import { swapcache_prepare } from './swap-duplicate.js'
import { add_to_swap_cache } from './swap-state.js'
import { shrink_memcg_cb } from './zswap-writeback.js'

/** The folio of the entry, read or being read, which is put again. */
export const swap_in_of_full_memcg = procedure(
  'read_swap_cache_async',
  {
    args: { entry: Entry },
    locals: { folio: ref(Folios), new_folio: ref(Folios), swapcount: int(0, SWAP_MAP_SHMEM), err: int(-EEXIST, 0) },
    calls: [filemap_get_folio, swap_swapcount, swapcache_prepare, shrink_memcg_cb, swap_read_folio],
  },
  {
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
      if (me.swapcount === 0) return 'put_and_return'
      me.swapcount = 0
      if (me.new_folio === 0) me.new_folio = folio_alloc(s)
      return me.new_folio === 0 ? 'put_and_return' : 'swapcache_prepare'
    },
    /** err = swapcache_prepare(entry, 1); */
    swapcache_prepare(_, me) {
      return call(swapcache_prepare, { entry: me.entry }, 'prepared', 'err')
    },
    /** if (!err) break; else if (err != -EEXIST) goto put_and_return; schedule_timeout_uninterruptible(1); */
    prepared(_, me) {
      const { err } = me
      me.err = 0
      if (err === 0) return 'try_charge_memcg'
      return err === -EEXIST ? sleep('filemap_get_folio') : 'put_and_return'
    },
    /**
     * __folio_set_locked(new_folio); mem_cgroup_swapin_charge_folio(new_folio, NULL, gfp_mask, entry): charge_memcg() -> try_charge_memcg(): if
     * (page_counter_try_charge(&memcg->memory, batch, &counter)) goto done_restock; try_to_free_mem_cgroup_pages() -> shrink_slab() -> zswap_shrinker_scan()
     */
    try_charge_memcg(s, me) {
      assert(folio_trylock(held(s, me.new_folio), me.self), 'a new folio is unlocked')
      return choose([false, true]) ? call(shrink_memcg_cb, {}, 'add_to_swap_cache') : 'add_to_swap_cache'
    },
    /** add_to_swap_cache(new_folio, entry, …); nobody else knows the folio before it is in the cache */
    add_to_swap_cache(s, me) {
      mem_cgroup_swapin_charge_folio(s, known(me.new_folio), me.entry, 0)
      add_to_swap_cache(s, me.new_folio, me.entry)
      return 'folio_add_lru'
    },
    /** folio_add_lru(new_folio); *new_page_allocated = true; folio = new_folio; in read_swap_cache_async(): if (page_allocated) swap_read_folio(folio, plug); */
    folio_add_lru(s, me) {
      held(s, me.new_folio).lru = true
      me.folio = known(me.new_folio)
      me.new_folio = 0
      return call(swap_read_folio, { folio: known(me.folio), entry: me.entry }, 'put_and_return')
    },
    /** put_and_return: if (!(*new_page_allocated) && new_folio) folio_put(new_folio); return result; */
    put_and_return(s, me) {
      if (me.new_folio !== 0) folio_put(s, me.new_folio)
      me.new_folio = 0
      return me.folio === 0 ? ret() : 'folio_put'
    },
    /** Of the caller: folio_put(folio); */
    folio_put(s, me) {
      folio_put(s, me.folio)
      return ret()
    },
  },
)
