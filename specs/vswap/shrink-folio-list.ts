/**
 * mm/vmscan.c, mm/page_io.c: reclaim of one anonymous folio (v6.14 with patches 8 and 10).
 *
 * Left out: the references that would activate a folio, lazyfree, splitting, throttling, and zswap in front of the device; and the plug
 * and the batching of I/O. A write is one completion later; on a SWP_SYNCHRONOUS_IO device, too, others run while it is on its way.
 */
import { blocked, bool, call, choose, known, ref, ret } from '../../checker/index.js'
import { folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { folio_try_get } from '../kernel/folio-ref.js'
import { folio_put, free_unref_folio, held } from './folio.js'
import { swp_entry_to_swp_slot } from './slot-lookup.js'
import { action, Entry, Folios, guard, procedure, Slot } from './state.js'
import { swapcache_clear } from './swap-refs.js'
import { touch_device } from './swap-slot.js'
import { __delete_from_swap_cache, add_to_swap, folio_free_swap } from './swap-state.js'
import { try_to_unmap } from './try-to-unmap.js'

/** One pass over one folio; over none, if the one that is looked at is not on the LRU list. */
export const shrink_folio_list = procedure(
  'shrink_folio_list',
  {
    locals: { folio: ref(Folios), ok: bool, slot: ref(Slot), entry: ref(Entry) },
    calls: [add_to_swap, try_to_unmap, folio_free_swap, swp_entry_to_swp_slot, swapcache_clear],
  },
  {
    /** isolate_lru_folios(): folio = lru_to_folio(src); … if (unlikely(!folio_try_get(folio))) …; under the lru lock */
    isolate_lru_folios(s, me) {
      const folio = choose(s.folio.ids)
      if (!s.folio[folio].lru || !folio_try_get(s.folio[folio])) return ret()
      me.folio = folio
      return 'folio_test_clear_lru'
    },
    /** if (!folio_test_clear_lru(folio)) { folio_put(folio); … } */
    folio_test_clear_lru(s, me) {
      const folio = held(s, me.folio)
      if (!folio.lru) {
        folio_put(s, me.folio)
        return ret()
      }
      folio.lru = false
      return 'folio_trylock'
    },
    /** if (!folio_trylock(folio)) goto keep; */
    folio_trylock(s, me) {
      return folio_trylock(held(s, me.folio), me.self) ? 'folio_test_writeback' : 'keep'
    },
    /**
     * if (folio_test_writeback(folio)) … goto activate_locked; if (folio_test_anon(folio) && !folio_test_swapcache(folio)) …
     * add_to_swap(folio)
     */
    folio_test_writeback(s, me) {
      const folio = held(s, me.folio)
      if (folio.writeback) return 'keep_locked'
      return folio.swapcache ? 'try_to_unmap' : call(add_to_swap, { folio: known(me.folio) }, 'added', 'ok')
    },
    /** if (!add_to_swap(folio)) goto activate_locked_split; */
    added(_, me) {
      const { ok } = me
      me.ok = false
      return ok ? 'try_to_unmap' : 'keep_locked'
    },
    /** if (folio_mapped(folio)) try_to_unmap(folio, flags); */
    try_to_unmap(s, me) {
      if (held(s, me.folio)._mapcount === 0) return 'folio_mapped'
      return call(try_to_unmap, { folio: known(me.folio) }, 'folio_mapped')
    },
    /** if (folio_mapped(folio)) goto activate_locked; */
    folio_mapped(s, me) {
      return held(s, me.folio)._mapcount > 0 ? 'keep_locked' : 'folio_test_dirty'
    },
    /** if (folio_test_dirty(folio)) */
    folio_test_dirty(s, me) {
      return held(s, me.folio).dirty ? 'pageout' : '__remove_mapping'
    },
    /** pageout(): if (!is_page_cache_freeable(folio)) return PAGE_KEEP; folio_ref_count(folio) == 1 + folio_nr_pages(folio) */
    pageout(s, me) {
      return held(s, me.folio)._refcount === 2 ? 'swap_writepage' : 'keep_locked'
    },
    /** if (folio_clear_dirty_for_io(folio)) … swap_writepage(): if (folio_free_swap(folio)) */
    swap_writepage(s, me) {
      held(s, me.folio).dirty = false
      return call(folio_free_swap, { folio: known(me.folio) }, '__swap_writepage', 'ok')
    },
    /**
     * { folio_unlock(folio); return 0; } __swap_writepage(): bio->bi_iter.bi_sector = swap_folio_sector(folio), by
     * swp_entry_to_swp_slot(folio->swap)
     */
    __swap_writepage(s, me) {
      const folio = held(s, me.folio)
      if (!me.ok) return call(swp_entry_to_swp_slot, { entry: known(folio.swap) }, 'folio_start_writeback', 'slot')
      me.ok = false
      folio_unlock(folio, me.self)
      return 'page_success'
    },
    /** if (!slot.val) { folio_mark_dirty(folio); return AOP_WRITEPAGE_ACTIVATE; } (patch 12) … folio_start_writeback(folio); */
    folio_start_writeback(s, me) {
      const folio = held(s, me.folio)
      if (me.slot === 0) {
        folio.dirty = true
        return 'keep_locked'
      }
      folio.writeback = true
      return 'unlock_writeback'
    },
    /** folio_unlock(folio); */
    unlock_writeback(s, me) {
      folio_unlock(held(s, me.folio), me.self)
      return 'submit_bio'
    },
    /** submit_bio(bio); */
    submit_bio(s, me) {
      touch_device(s)
      held(s, me.folio).bio = me.slot
      me.slot = 0
      return 'page_success'
    },
    /**
     * case PAGE_SUCCESS: if (folio_test_writeback(folio)) goto keep; on a synchronous device submit_bio_wait() has waited for the
     * end of it
     */
    page_success(s, me) {
      if (!held(s, me.folio).writeback) return 'page_success_dirty'
      return s.SWP_SYNCHRONOUS_IO ? blocked : 'keep'
    },
    /** if (folio_test_dirty(folio)) goto keep; */
    page_success_dirty(s, me) {
      return held(s, me.folio).dirty ? 'keep' : 'page_success_trylock'
    },
    /** if (!folio_trylock(folio)) goto keep; */
    page_success_trylock(s, me) {
      return folio_trylock(held(s, me.folio), me.self) ? 'page_success_locked' : 'keep'
    },
    /** if (folio_test_dirty(folio) || folio_test_writeback(folio)) goto keep_locked; writeback starts under the folio lock alone */
    page_success_locked(s, me) {
      const folio = held(s, me.folio)
      return folio.dirty || folio.writeback ? 'keep_locked' : '__remove_mapping'
    },
    /**
     * __remove_mapping(): if (!folio_ref_freeze(folio, refcount)) goto cannot_free; if (unlikely(folio_test_dirty(folio))) …: once
     * frozen, nobody makes it dirty
     */
    __remove_mapping(s, me) {
      const folio = held(s, me.folio)
      if (!folio.swapcache) return 'keep_locked'
      if (folio._refcount !== 2 && guard('freeze the reference count before removal from the swap cache')) return 'keep_locked'
      if (folio.dirty) return 'keep_locked'
      folio._refcount = 0
      return '__delete_from_swap_cache'
    },
    /** swp_entry_t swap = folio->swap; __delete_from_swap_cache(folio, swap, shadow); */
    __delete_from_swap_cache(s, me) {
      const entry = known(held(s, me.folio).swap)
      me.entry = entry
      __delete_from_swap_cache(s, known(me.folio), entry, me.self)
      return 'put_swap_folio'
    },
    /** put_swap_folio(folio, swap): swapcache_clear(NULL, entry, nr); */
    put_swap_folio(_, me) {
      if (!guard('put the swap cache pin after removal from the swap cache')) return 'free_it'
      return call(swapcache_clear, { entry: known(me.entry) }, 'free_it')
    },
    /** __folio_clear_locked … free_it: free_unref_folios(&free_folios); nobody else can reach the folio */
    free_it(s, me) {
      const folio = held(s, me.folio)
      folio.PG_locked = false
      folio.locked_by = 0
      free_unref_folio(s, me.folio)
      return ret()
    },
    /** keep_locked: folio_unlock(folio); */
    keep_locked(s, me) {
      folio_unlock(held(s, me.folio), me.self)
      return 'keep'
    },
    /** keep: move_folios_to_lru(): folio_set_lru(folio); if (unlikely(folio_put_testzero(folio))) …; under the lru lock */
    keep(s, me) {
      held(s, me.folio).lru = true
      folio_put(s, me.folio)
      return ret()
    },
  },
)

/** end_swap_bio_write(): the device has taken the page; folio_end_writeback(folio); */
export const end_swap_bio_write = action('end_swap_bio_write', {
  params: { id: Folios },
  guard: (s, { id }) => s.folio[id].writeback && s.folio[id].bio !== 0,
  effect(s, { id }) {
    const folio = s.folio[id]
    if (folio.bio !== 0) s.medium[folio.bio] = folio.data
    folio.bio = 0
    folio.writeback = false
  },
})
