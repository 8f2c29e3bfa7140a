/** mm/swap_state.c: folios in the swap cache. */
import { assert, bool, call, type Id, known, type Ref, ref, ret } from '../../checker/index.js'
import { folio_ref_add } from '../kernel/folio-ref.js'
import { xa_erase, xa_store } from '../kernel/xarray.js'
import { folio_nr_pages, folio_put, held, swp_entry_nth } from './folio.js'
import { folio_alloc_swap } from './folio-alloc-swap.js'
import { mem_cgroup_try_charge_swap } from './memcg.js'
import { Entry, Folios, guard, Nr, procedure, type State } from './state.js'
import { folio_swapped } from './swap-count.js'
import { touch_swapper_space } from './swap-device.js'
import { put_swap_folio } from './swap-entry-free.js'

/**
 * add_to_swap_cache(folio, entry), the store for its page `i`: folio_ref_add(folio, nr); folio_set_swapcache(folio); folio->swap = entry;
 * for (i = 0; i < nr; i++) { xas_store(&xas, folio); xas_next(&xas); }
 *
 * One step for each store, with what comes before in the first: the folio is locked, and nobody finds it in the cache before the store. Who
 * looks in the cache does so without xa_lock; who stores there, as the owner of SWAP_HAS_CACHE. -ENOMEM of the xarray is left out.
 */
export function add_to_swap_cache(s: State, folio: Ref<'folio'>, entry: Id<'entry'>, i = 0): void {
  const page = held(s, folio)
  if (i === 0) {
    assert(page.PG_locked, 'VM_BUG_ON_FOLIO(!folio_test_locked(folio), folio)')
    assert(!page.swapcache, 'VM_BUG_ON_FOLIO(folio_test_swapcache(folio), folio)')
    folio_ref_add(page, folio_nr_pages(s, folio))
    page.swapcache = true
    page.swap = entry
  }
  const index = swp_entry_nth(s, entry, i)
  touch_swapper_space(s, index)
  xa_store(s.swapper_space, index, folio)
  s.pin[index] = 0
}

/**
 * __delete_from_swap_cache(folio, entry, shadow), the store for the entry of one of its pages: for (i = 0; i < nr; i++) { void *entry =
 * xas_store(&xas, shadow); xas_next(&xas); } folio->swap.val = 0; folio_clear_swapcache(folio);
 *
 * One step for each, as above. SWAP_HAS_CACHE is the caller's to put.
 */
export function __delete_from_swap_cache(s: State, folio: Id<'folio'>, entry: Id<'entry'>, self: Id<'thread'>): void {
  const page = s.folio[folio]
  touch_swapper_space(s, entry)
  assert(page.PG_locked, 'VM_BUG_ON_FOLIO(!folio_test_locked(folio), folio)')
  assert(page.swapcache, 'VM_BUG_ON_FOLIO(!folio_test_swapcache(folio), folio)')
  assert(!page.writeback, 'VM_BUG_ON_FOLIO(folio_test_writeback(folio), folio)')
  assert(xa_erase(s.swapper_space, entry) === folio, 'VM_BUG_ON_PAGE(entry != folio, entry)')
  s.pin[entry] = self
  if (entry !== swp_entry_nth(s, page.swap, folio_nr_pages(s, folio) - 1)) return
  page.swap = 0
  page.swapcache = false
}

/** add_to_swap(folio): false when there is no swap space. */
export const add_to_swap = procedure(
  'add_to_swap',
  { args: { folio: Folios }, locals: { entry: ref(Entry), i: Nr }, calls: [folio_alloc_swap], returns: bool },
  {
    /** entry = folio_alloc_swap(folio); */
    folio_alloc_swap(_, me) {
      return call(folio_alloc_swap, { folio: me.folio }, 'add_to_swap_cache', 'entry')
    },
    /** mem_cgroup_try_charge_swap(folio, entry): swap_cgroup_record(folio, id, entry); if (!entry.val) return false; err = add_to_swap_cache(folio, entry, …); folio_mark_dirty(folio); the folio is locked */
    add_to_swap_cache(s, me) {
      if (me.entry === 0) return ret(false)
      mem_cgroup_try_charge_swap(s, me.folio, swp_entry_nth(s, me.entry, me.i))
      add_to_swap_cache(s, me.folio, me.entry, me.i)
      me.i++
      if (me.i < folio_nr_pages(s, me.folio)) return 'add_to_swap_cache'
      held(s, me.folio).dirty = true
      return ret(true)
    },
  },
)

/** delete_from_swap_cache(folio), by the holder of the folio lock. */
export const delete_from_swap_cache = procedure(
  'delete_from_swap_cache',
  { args: { folio: Folios }, locals: { entry: ref(Entry), i: Nr }, calls: [put_swap_folio] },
  {
    /** swp_entry_t entry = folio->swap; __delete_from_swap_cache(folio, entry, NULL); */
    __delete_from_swap_cache(s, me) {
      if (me.i === 0) me.entry = held(s, me.folio).swap
      __delete_from_swap_cache(s, me.folio, swp_entry_nth(s, me.entry, me.i), me.self)
      me.i++
      return me.i < folio_nr_pages(s, me.folio) ? '__delete_from_swap_cache' : 'put_swap_folio'
    },
    /** put_swap_folio(folio, entry); */
    put_swap_folio(s, me) {
      if (!guard('put SWAP_HAS_CACHE after removal from the swap cache')) return 'folio_ref_sub'
      return call(put_swap_folio, { entry: known(me.entry), nr: folio_nr_pages(s, me.folio) }, 'folio_ref_sub')
    },
    /** folio_ref_sub(folio, folio_nr_pages(folio)); */
    folio_ref_sub(s, me) {
      folio_put(s, me.folio, folio_nr_pages(s, me.folio))
      return ret()
    },
  },
)

/** folio_free_swap(folio), by the holder of the folio lock: true where the folio was in the swap cache for nobody, and is out of it now. */
export const folio_free_swap = procedure(
  'folio_free_swap',
  { args: { folio: Folios }, locals: { swapped: bool }, calls: [folio_swapped, delete_from_swap_cache], returns: bool },
  {
    /** if (!folio_swapcache_freeable(folio)) return false; if (folio_swapped(folio)) */
    folio_swapcache_freeable(s, me) {
      const page = held(s, me.folio)
      assert(page.PG_locked, 'VM_BUG_ON_FOLIO(!folio_test_locked(folio), folio)')
      if (!page.swapcache || page.writeback) return ret(false)
      return call(folio_swapped, { entry: known(page.swap), nr: folio_nr_pages(s, me.folio) }, 'delete_from_swap_cache', 'swapped')
    },
    /** return false; delete_from_swap_cache(folio); */
    delete_from_swap_cache(_, me) {
      return me.swapped ? ret(false) : call(delete_from_swap_cache, { folio: me.folio }, 'folio_set_dirty')
    },
    /** folio_set_dirty(folio); return true; */
    folio_set_dirty(s, me) {
      held(s, me.folio).dirty = true
      return ret(true)
    },
  },
)
