/** mm/swap_state.c: reading a page into the swap cache. */
import { assert, call, int, ref, ret } from '../../checker/index.js'
import { EEXIST } from '../kernel/errno.js'
import { folio_end_read, folio_lock_to_io, folio_trylock } from '../kernel/folio-lock.js'
import { filemap_get_folio } from './filemap.js'
import { folio_alloc, folio_put, held } from './folio.js'
import { swp_entry_to_swp_slot } from './slot-lookup.js'
import { action, Entry, Folios, procedure, Slot } from './state.js'
import { swap_read_folio_fs } from './swap-plug.js'
import { swapcache_prepare, swp_swapcount } from './swap-refs.js'
import { swap_slot_cache_enabled, touch_device } from './swap-slot.js'
import { add_to_swap_cache } from './swap-state.js'

/**
 * read_swap_cache_async(entry), with __read_swap_cache_async() in it: the folio in the swap cache, read or being read, with a
 * reference; 0 when the entry is in use by nobody any more, or there is no memory.
 */
export const read_swap_cache_async = procedure(
  'read_swap_cache_async',
  {
    args: { entry: Entry },
    locals: { folio: ref(Folios), new_folio: ref(Folios), slot: ref(Slot), swapcount: int(0, 15), err: int(-EEXIST, 0) },
    calls: [filemap_get_folio, swp_swapcount, swapcache_prepare, swp_entry_to_swp_slot],
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
      return call(swapcache_prepare, { entry: me.entry }, 'prepared', 'err')
    },
    /** if (!err) break; if (err != -EEXIST) goto put_and_return; schedule_timeout_uninterruptible(1); */
    prepared(_, me) {
      if (me.err === 0) return 'add_to_swap_cache'
      const err = me.err
      me.err = 0
      return err === -EEXIST ? 'filemap_get_folio' : 'put_and_return'
    },
    /** __folio_set_locked(new_folio); add_to_swap_cache(new_folio, entry, …); nobody else knows the folio before it is in the cache */
    add_to_swap_cache(s, me) {
      assert(folio_trylock(held(s, me.new_folio), me.self), 'a new folio is locked')
      add_to_swap_cache(s, me.new_folio, me.entry)
      return 'swap_read_folio'
    },
    /**
     * folio_add_lru(new_folio); … if (page_allocated) swap_read_folio(folio, plug): …bi_sector = swap_folio_sector(folio), by
     * swp_entry_to_swp_slot(folio->swap)
     */
    swap_read_folio(s, me) {
      held(s, me.new_folio).lru = true
      return call(swp_entry_to_swp_slot, { entry: me.entry }, 'submit_bio', 'slot')
    },
    /** submit_bio(bio); the device answers when it will, and unlocks the folio */
    submit_bio(s, me) {
      const folio = held(s, me.new_folio)
      touch_device(s)
      folio.reading = !swap_read_folio_fs(s, me.self)
      folio.bio = me.slot
      folio_lock_to_io(folio, me.self)
      return ret(me.new_folio)
    },
    /** put_and_return: if (!(*new_page_allocated) && new_folio) folio_put(new_folio); return result; */
    put_and_return(s, me) {
      if (me.new_folio !== 0) folio_put(s, me.new_folio)
      return ret(me.folio)
    },
  },
)

/** end_swap_bio_read(): folio_mark_uptodate(folio); folio_unlock(folio); */
export const end_swap_bio_read = action('end_swap_bio_read', {
  params: { id: Folios },
  guard: (s, { id }) => s.folio[id].reading,
  effect(s, { id }) {
    const folio = s.folio[id]
    folio.data = folio.bio === 0 ? 0 : s.medium[folio.bio]
    folio.bio = 0
    folio.uptodate = true
    folio.reading = false
    folio_end_read(folio)
  },
})
