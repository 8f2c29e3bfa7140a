/** mm/swap_state.c: folios in the swap cache. */
import { assert, bool, call, choose, type Id, known, type Ref, ref, ret } from '../../checker/index.js'
import { folio_ref_add } from '../kernel/folio-ref.js'
import { xa_erase, xa_store } from '../kernel/xarray.js'
import { folio_nr_pages, folio_put_refs, held, swap_nth } from './folio.js'
import { Entry, Folios, guard, Nr, procedure, type State } from './state.js'
import { folio_swapped, swapcache_clear } from './swap-refs.js'
import { folio_alloc_swap } from './vswap-alloc.js'

/**
 * add_to_swap_cache(folio, entry), the store for its page `i`: folio_ref_add(folio, nr); folio_set_swapcache(folio); folio->swap = entry;
 * for (i = 0; i < nr; i++) { xas_store(&xas, folio); xas_next(&xas); }
 *
 * One step for each store, with what comes before in the first: the folio is locked, and nobody finds it in the cache before the store. Who
 * looks in the cache does so without xa_lock; who stores there, under the folio lock or the pin. Where the xarray has no memory for a node, its callers do without it:
 * folio_clear_swapcache(folio); folio_ref_sub(folio, nr); by then nobody has found the folio, and folio->swap means nothing without the flag.
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
  const index = swap_nth(s, entry, i)
  xa_store(s.swapper_space, index, folio)
  s.pin[index] = 0
}

/**
 * __delete_from_swap_cache(folio, entry, shadow), the store for the entry of one of its pages: for (i = 0; i < nr; i++) { void *entry =
 * xas_store(&xas, shadow); xas_next(&xas); } folio->swap.val = 0; folio_clear_swapcache(folio);
 *
 * One step for each, as above. The pins are the caller's to put.
 */
export function __delete_from_swap_cache(s: State, folio: Id<'folio'>, entry: Id<'entry'>, self: Id<'thread'>): void {
  const page = s.folio[folio]
  assert(page.PG_locked, 'VM_BUG_ON_FOLIO(!folio_test_locked(folio), folio)')
  assert(page.swapcache, 'VM_BUG_ON_FOLIO(!folio_test_swapcache(folio), folio)')
  assert(!page.writeback, 'VM_BUG_ON_FOLIO(folio_test_writeback(folio), folio)')
  assert(xa_erase(s.swapper_space, entry) === folio, 'VM_BUG_ON_PAGE(entry != folio, entry)')
  s.pin[entry] = self
  if (entry !== swap_nth(s, page.swap, folio_nr_pages(s, folio) - 1)) return
  page.swap = 0
  page.swapcache = false
}

/** add_to_swap(folio): false when there is no swap space. */
export const add_to_swap = procedure(
  'add_to_swap',
  { args: { folio: Folios }, locals: { entry: ref(Entry), i: Nr }, calls: [folio_alloc_swap, swapcache_clear], returns: bool },
  {
    /** entry = folio_alloc_swap(folio); */
    folio_alloc_swap(_, me) {
      return call(folio_alloc_swap, { folio: me.folio }, 'add_to_swap_cache', 'entry')
    },
    /**
     * if (!entry.val) return false; err = add_to_swap_cache(folio, entry, …); folio_mark_dirty(folio); return true; the folio is locked. if (err) { fail:
     * put_swap_folio(folio, entry); return false; }
     */
    add_to_swap_cache(s, me) {
      const { entry } = me
      if (entry === 0) return ret(false)
      if (me.i === 0 && s.no_xarray_node && choose([false, true])) {
        me.entry = 0
        const isPut = guard('put the pin where the swap cache has no memory')
        return isPut ? call(swapcache_clear, { entry, nr: folio_nr_pages(s, me.folio) }, 'add_to_swap_cache') : 'add_to_swap_cache'
      }
      add_to_swap_cache(s, me.folio, entry, me.i)
      me.i++
      if (me.i < folio_nr_pages(s, me.folio)) return 'add_to_swap_cache'
      held(s, me.folio).dirty = true
      return ret(true)
    },
  },
)

/** folio_free_swap(folio), by the holder of the folio lock: true where the folio was in the swap cache for nobody, and is out of it now. */
export const folio_free_swap = procedure(
  'folio_free_swap',
  { args: { folio: Folios }, locals: { entry: ref(Entry), swapped: bool, i: Nr }, calls: [folio_swapped, swapcache_clear], returns: bool },
  {
    /** if (!folio_swapcache_freeable(folio)) return false; if (folio_swapped(folio)) … */
    folio_swapcache_freeable(s, me) {
      const page = held(s, me.folio)
      assert(page.PG_locked, 'VM_BUG_ON_FOLIO(!folio_test_locked(folio), folio)')
      const isBusy = page.writeback && guard('look for writeback before a folio leaves the swap cache')
      if (!page.swapcache || isBusy) return ret(false)
      me.entry = page.swap
      return call(folio_swapped, { entry: known(page.swap), nr: folio_nr_pages(s, me.folio) }, 'delete_from_swap_cache', 'swapped')
    },
    /** … return false; delete_from_swap_cache(folio): __delete_from_swap_cache(folio, entry, NULL); put_swap_folio(folio, entry); */
    delete_from_swap_cache(s, me) {
      if (me.swapped && guard('recheck the swap count before dropping the swap cache')) return ret(false)
      const nr = folio_nr_pages(s, me.folio)
      __delete_from_swap_cache(s, me.folio, swap_nth(s, me.entry, me.i), me.self)
      me.i++
      if (me.i < nr) return 'delete_from_swap_cache'
      if (!guard('put the swap cache pin after removal from the swap cache')) return 'folio_ref_sub'
      return call(swapcache_clear, { entry: known(me.entry), nr }, 'folio_ref_sub')
    },
    /** folio_ref_sub(folio, folio_nr_pages(folio)); folio_set_dirty(folio); */
    folio_ref_sub(s, me) {
      const page = held(s, me.folio)
      page.dirty = true
      folio_put_refs(s, me.folio, folio_nr_pages(s, me.folio))
      return ret(true)
    },
  },
)

/** delete_from_swap_cache(folio), by the holder of the folio lock. */
export const delete_from_swap_cache = procedure(
  'delete_from_swap_cache',
  { args: { folio: Folios }, locals: { entry: ref(Entry), i: Nr }, calls: [swapcache_clear] },
  {
    /** swp_entry_t entry = folio->swap; __delete_from_swap_cache(folio, entry, NULL); */
    __delete_from_swap_cache(s, me) {
      if (me.i === 0) me.entry = held(s, me.folio).swap
      __delete_from_swap_cache(s, me.folio, swap_nth(s, me.entry, me.i), me.self)
      me.i++
      return me.i < folio_nr_pages(s, me.folio) ? '__delete_from_swap_cache' : 'put_swap_folio'
    },
    /** put_swap_folio(folio, entry); */
    put_swap_folio(s, me) {
      return call(swapcache_clear, { entry: known(me.entry), nr: folio_nr_pages(s, me.folio) }, 'folio_ref_sub')
    },
    /** folio_ref_sub(folio, folio_nr_pages(folio)); */
    folio_ref_sub(s, me) {
      folio_put_refs(s, me.folio, folio_nr_pages(s, me.folio))
      return ret()
    },
  },
)
