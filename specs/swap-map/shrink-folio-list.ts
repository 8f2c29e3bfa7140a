/**
 * mm/vmscan.c: reclaim of one anonymous folio.
 *
 * Left out: the references that would activate a folio, large folios that are split, and throttling.
 */
import { bool, call, choose, known, ref, ret } from '../../checker/index.js'
import { folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { folio_try_get } from '../kernel/folio-ref.js'
import { folio_nr_pages, folio_put, free_unref_folio, held, swp_entry_nth } from './folio.js'
import { do_memsw_account, mem_cgroup_swapout } from './memcg.js'
import { swap_writepage } from './page-io.js'
import { Entry, Folios, guard, Nr, procedure } from './state.js'
import { put_swap_folio } from './swap-entry-free.js'
import { __delete_from_swap_cache, add_to_swap } from './swap-state.js'
import { try_to_unmap } from './try-to-unmap.js'

/** One pass over one folio of the LRU list; over none, if the one that is looked at is not on it. */
export const shrink_folio_list = procedure(
  'shrink_folio_list',
  {
    locals: { folio: ref(Folios), ok: bool, entry: ref(Entry), i: Nr },
    calls: [add_to_swap, try_to_unmap, swap_writepage, put_swap_folio],
  },
  {
    /** isolate_lru_folios(): folio = lru_to_folio(src); … if (!folio_try_get(folio) || !folio_test_clear_lru(folio)) …; under the lru lock */
    isolate_lru_folios(s, me) {
      const folio = choose(s.folio.ids)
      if (!s.folio[folio].lru || !folio_try_get(s.folio[folio])) return ret()
      s.folio[folio].lru = false
      me.folio = folio
      return 'folio_trylock'
    },
    /** if (!folio_trylock(folio)) goto keep; */
    folio_trylock(s, me) {
      return folio_trylock(held(s, me.folio), me.self) ? 'add_to_swap' : 'keep'
    },
    /** if (folio_test_writeback(folio)) … goto activate_locked; … if (folio_test_anon(folio) && !folio_test_swapcache(folio)) if (!add_to_swap(folio)) */
    add_to_swap(s, me) {
      const folio = held(s, me.folio)
      if (folio.writeback) return 'keep_locked'
      if (folio.swapcache) return 'try_to_unmap'
      return folio.anon ? call(add_to_swap, { folio: known(me.folio) }, 'added', 'ok') : 'keep_locked'
    },
    /** goto activate_locked_split; */
    added(_, me) {
      const { ok } = me
      me.ok = false
      return ok ? 'try_to_unmap' : 'keep_locked'
    },
    /** if (folio_mapped(folio)) try_to_unmap(folio, flags); */
    try_to_unmap(s, me) {
      return held(s, me.folio)._mapcount === 0 ? 'pageout' : call(try_to_unmap, { folio: known(me.folio) }, 'folio_mapped')
    },
    /** if (folio_mapped(folio)) goto activate_locked; */
    folio_mapped(s, me) {
      return held(s, me.folio)._mapcount > 0 ? 'keep_locked' : 'pageout'
    },
    /** if (folio_test_dirty(folio)) pageout(folio, mapping, &plug): if (!is_page_cache_freeable(folio)) return PAGE_KEEP; if (folio_clear_dirty_for_io(folio)) */
    pageout(s, me) {
      const folio = held(s, me.folio)
      if (!folio.dirty) return '__remove_mapping'
      if (folio._refcount !== 1 + folio_nr_pages(s, me.folio)) return 'keep_locked'
      folio.dirty = false
      return call(swap_writepage, { folio: known(me.folio) }, 'page_success')
    },
    /** case PAGE_SUCCESS: if (folio_test_writeback(folio) || folio_test_dirty(folio)) goto keep; if (!folio_trylock(folio)) goto keep; */
    page_success(s, me) {
      const folio = held(s, me.folio)
      if (folio.writeback || folio.dirty) return 'keep'
      return folio_trylock(folio, me.self) ? 'page_success_locked' : 'keep'
    },
    /** if (folio_test_dirty(folio) || folio_test_writeback(folio)) goto keep_locked; */
    page_success_locked(s, me) {
      const folio = held(s, me.folio)
      return folio.dirty || folio.writeback ? 'keep_locked' : '__remove_mapping'
    },
    /** __remove_mapping(): if (!folio_ref_freeze(folio, refcount)) goto cannot_free; if (unlikely(folio_test_dirty(folio))) …; once frozen, nobody makes it dirty */
    __remove_mapping(s, me) {
      const folio = held(s, me.folio)
      if (!folio.swapcache || folio.dirty || folio._refcount !== 1 + folio_nr_pages(s, me.folio)) return 'keep_locked'
      folio._refcount = 0
      return '__delete_from_swap_cache'
    },
    /** swp_entry_t swap = folio->swap; __delete_from_swap_cache(folio, swap, shadow); */
    __delete_from_swap_cache(s, me) {
      if (me.i === 0) me.entry = held(s, me.folio).swap
      __delete_from_swap_cache(s, known(me.folio), swp_entry_nth(s, me.entry, me.i), me.self)
      me.i++
      if (me.i < folio_nr_pages(s, me.folio)) return '__delete_from_swap_cache'
      return do_memsw_account(s) && guard('hand the charge of a folio that goes out to its entry') ? 'mem_cgroup_swapout' : 'put_swap_folio'
    },
    /** mem_cgroup_swapout(folio, swap): if (!do_memsw_account()) return; … under xa_lock, and SWAP_HAS_CACHE is still set; of one page */
    mem_cgroup_swapout(s, me) {
      mem_cgroup_swapout(s, known(me.folio), known(me.entry))
      return 'put_swap_folio'
    },
    /** put_swap_folio(folio, swap); */
    put_swap_folio(s, me) {
      return call(put_swap_folio, { entry: known(me.entry), nr: folio_nr_pages(s, me.folio) }, 'free_it')
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
