/** mm/swap_state.c: folios in the swap cache. */
import { assert, bool, call, type Id, int, known, type Ref, ref, ret } from '../../checker/index.js'
import { folio_ref_add } from '../kernel/folio-ref.js'
import { xa_erase, xa_store } from '../kernel/xarray.js'
import { folio_put, held } from './folio.js'
import { Entry, Folios, guard, procedure, type State } from './state.js'
import { folio_swapped, swapcache_clear } from './swap-refs.js'
import { folio_alloc_swap } from './vswap-alloc.js'

/**
 * add_to_swap_cache(folio, entry): folio_ref_add(folio, nr); folio_set_swapcache(folio); folio->swap = entry; xas_store(&xas, folio);
 *
 * One step: the folio is locked, and nobody finds it in the cache before the store, which is under xa_lock. -ENOMEM of the xarray is
 * left out.
 */
export function add_to_swap_cache(s: State, folio: Ref<'folio'>, entry: Id<'entry'>): void {
  const page = held(s, folio)
  assert(page.PG_locked, 'VM_BUG_ON_FOLIO(!folio_test_locked(folio), folio)')
  assert(!page.swapcache, 'VM_BUG_ON_FOLIO(folio_test_swapcache(folio), folio)')
  folio_ref_add(page, 1)
  page.swapcache = true
  page.swap = entry
  xa_store(s.swapper_space, entry, folio)
  s.pin[entry] = 0
}

/** __delete_from_swap_cache(folio, entry, shadow); one step under xa_lock and the folio lock. The pin is the caller's to put. */
export function __delete_from_swap_cache(s: State, folio: Id<'folio'>, entry: Id<'entry'>, self: Id<'thread'>): void {
  const page = s.folio[folio]
  assert(page.PG_locked, 'VM_BUG_ON_FOLIO(!folio_test_locked(folio), folio)')
  assert(page.swapcache, 'VM_BUG_ON_FOLIO(!folio_test_swapcache(folio), folio)')
  assert(!page.writeback, 'VM_BUG_ON_FOLIO(folio_test_writeback(folio), folio)')
  assert(xa_erase(s.swapper_space, entry) === folio, 'VM_BUG_ON_PAGE(entry != folio, entry)')
  page.swap = 0
  page.swapcache = false
  s.pin[entry] = self
}

/** add_to_swap(folio): false when there is no swap space. */
export const add_to_swap = procedure(
  'add_to_swap',
  { args: { folio: Folios }, locals: { entry: ref(Entry) }, calls: [folio_alloc_swap], returns: bool },
  {
    /** entry = folio_alloc_swap(folio); */
    folio_alloc_swap(_, me) {
      return call(folio_alloc_swap, { folio: me.folio }, 'add_to_swap_cache', 'entry')
    },
    /** if (!entry.val) return false; err = add_to_swap_cache(folio, entry, …); folio_mark_dirty(folio); the folio is locked */
    add_to_swap_cache(s, me) {
      if (me.entry === 0) return ret(false)
      add_to_swap_cache(s, me.folio, me.entry)
      held(s, me.folio).dirty = true
      return ret(true)
    },
  },
)

/** folio_free_swap(folio), by the holder of the folio lock: true where the folio was in the swap cache for nobody, and is out of it now. */
export const folio_free_swap = procedure(
  'folio_free_swap',
  { args: { folio: Folios }, locals: { entry: ref(Entry), swapped: int(0, 1) }, calls: [folio_swapped, swapcache_clear], returns: bool },
  {
    /** if (!folio_swapcache_freeable(folio)) return false; if (folio_swapped(folio)) … */
    folio_swapcache_freeable(s, me) {
      const page = held(s, me.folio)
      assert(page.PG_locked, 'VM_BUG_ON_FOLIO(!folio_test_locked(folio), folio)')
      if (!page.swapcache || page.writeback) return ret(false)
      me.entry = page.swap
      return call(folio_swapped, { entry: known(page.swap) }, 'delete_from_swap_cache', 'swapped')
    },
    /** … return false; delete_from_swap_cache(folio): __delete_from_swap_cache(folio, entry, NULL); put_swap_folio(folio, entry); */
    delete_from_swap_cache(s, me) {
      if (me.swapped && guard('recheck the swap count before dropping the swap cache')) return ret(false)
      __delete_from_swap_cache(s, me.folio, known(me.entry), me.self)
      if (!guard('put the swap cache pin after removal from the swap cache')) return 'folio_ref_sub'
      return call(swapcache_clear, { entry: known(me.entry) }, 'folio_ref_sub')
    },
    /** folio_ref_sub(folio, folio_nr_pages(folio)); folio_set_dirty(folio); */
    folio_ref_sub(s, me) {
      const page = held(s, me.folio)
      page.dirty = true
      folio_put(s, me.folio)
      return ret(true)
    },
  },
)

/** delete_from_swap_cache(folio), by the holder of the folio lock. */
export const delete_from_swap_cache = procedure(
  'delete_from_swap_cache',
  { args: { folio: Folios }, locals: { entry: ref(Entry) }, calls: [swapcache_clear] },
  {
    /** swp_entry_t entry = folio->swap; __delete_from_swap_cache(folio, entry, NULL); */
    __delete_from_swap_cache(s, me) {
      const entry = known(held(s, me.folio).swap)
      me.entry = entry
      __delete_from_swap_cache(s, me.folio, entry, me.self)
      return 'put_swap_folio'
    },
    /** put_swap_folio(folio, entry); */
    put_swap_folio(_, me) {
      return call(swapcache_clear, { entry: known(me.entry) }, 'folio_ref_sub')
    },
    /** folio_ref_sub(folio, folio_nr_pages(folio)); */
    folio_ref_sub(s, me) {
      folio_put(s, me.folio)
      return ret()
    },
  },
)
