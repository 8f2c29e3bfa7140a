/**
 * mm/zswap.c: the shrinker.
 *
 * Left out: the order of the LRU and `entry->referenced` (the walk may come to any entry; `zswap-lru-walk.ts` has the walk itself), and the counts.
 */
import { assert, call, choose, int, known, ref, ret } from '../../checker/index.js'
import { EEXIST, ENOMEM } from '../kernel/errno.js'
import { folio_unlock } from '../kernel/folio-lock.js'
import { live, NoUseAfterFree } from '../kernel/memory.js'
import { xa_load, xa_store } from '../kernel/xarray.js'
import { folio_put, held } from './folio.js'
import { __swap_writepage } from './page-io.js'
import { __read_swap_cache_async } from './read-swap-cache.js'
import { Entry, Folios, guard, procedure, Zentry } from './state.js'
import { delete_from_swap_cache } from './swap-state.js'
import { touch_zswap_tree, zswap_entry_free } from './zswap-entry.js'

/** 0, -ENOMEM or -EEXIST. */
const writeback_result = int(-EEXIST, 0)

/** zswap_writeback_entry(entry, swpentry). `entry` may be freed until it is found in the tree. */
export const zswap_writeback_entry = procedure(
  'zswap_writeback_entry',
  {
    args: { entry: Zentry, swpentry: Entry },
    locals: { folio: ref(Folios) },
    calls: [__read_swap_cache_async, zswap_entry_free, delete_from_swap_cache, __swap_writepage],
    returns: writeback_result,
  },
  {
    /**
     * folio = __read_swap_cache_async(swpentry, GFP_KERNEL, mpol, NO_INTERLEAVE_INDEX, &folio_was_allocated, true); without the protection, as in v6.8-rc1, first:
     * spin_lock(&tree->lock); if (entry != zswap_rb_search(&tree->rbroot, swpoffset)) goto unlock;
     */
    __read_swap_cache_async(s, me) {
      if (!guard('pin the slot in the swap cache before the zswap tree is touched')) {
        touch_zswap_tree(s)
        if (s.zswap_tree[me.swpentry] !== me.entry) return ret(-ENOMEM)
      }
      return call(__read_swap_cache_async, { entry: me.swpentry, si_held: false, skip_if_exists: true }, 'folio_was_allocated', 'folio')
    },
    /** if (!folio) return -ENOMEM; if (!folio_was_allocated) { folio_put(folio); return -EEXIST; } a new folio, and no other, is locked by us */
    folio_was_allocated(s, me) {
      if (me.folio === 0) return ret(-ENOMEM)
      if (held(s, me.folio).locked_by === me.self) return 'xa_cmpxchg'
      folio_put(s, me.folio)
      return ret(-EEXIST)
    },
    /** if (entry != xa_cmpxchg(tree, offset, entry, NULL, GFP_KERNEL)) { */
    xa_cmpxchg(s, me) {
      touch_zswap_tree(s)
      const isThere = xa_load(s.zswap_tree, me.swpentry) === me.entry
      if (!isThere && guard('find the zswap entry still in the tree before it is written back')) return 'delete_from_swap_cache'
      if (isThere) xa_store(s.zswap_tree, me.swpentry, 0)
      return 'zswap_decompress'
    },
    /** delete_from_swap_cache(folio); */
    delete_from_swap_cache(_, me) {
      return call(delete_from_swap_cache, { folio: known(me.folio) }, 'folio_unlock')
    },
    /** folio_unlock(folio); */
    folio_unlock(s, me) {
      if (!guard('unlock and put the folio that zswap writeback gives up')) return ret(-ENOMEM)
      folio_unlock(held(s, me.folio), me.self)
      return 'folio_put'
    },
    /** folio_put(folio); return -ENOMEM; } */
    folio_put(s, me) {
      folio_put(s, me.folio)
      return ret(-ENOMEM)
    },
    /** zswap_decompress(entry, folio); */
    zswap_decompress(s, me) {
      held(s, me.folio).data = live(s.zswap_entry, me.entry).data
      return 'zswap_entry_free'
    },
    /** zswap_entry_free(entry); */
    zswap_entry_free(_, me) {
      return call(zswap_entry_free, { entry: me.entry }, 'folio_mark_uptodate')
    },
    /** folio_mark_uptodate(folio); folio_set_reclaim(folio); __swap_writepage(folio, &wbc); */
    folio_mark_uptodate(s, me) {
      held(s, me.folio).uptodate = true
      return call(__swap_writepage, { folio: known(me.folio) }, 'written')
    },
    /** folio_put(folio); return 0; */
    written(s, me) {
      folio_put(s, me.folio)
      return ret(0)
    },
  },
)

/** One turn of list_lru_walk_one(…, &shrink_memcg_cb, …); none when the LRU is empty. */
export const shrink_memcg_cb = procedure(
  'shrink_memcg_cb',
  { locals: { ret: writeback_result }, calls: [zswap_writeback_entry] },
  {
    /** list_move_tail(item, &l->list); swpentry = entry->swpentry; spin_unlock(&l->lock); one step under the LRU lock */
    swpentry(s) {
      const entries = s.zswap_entry.ids.filter((id) => s.zswap_entry[id].in_lru)
      if (entries.length === 0) return ret()
      const entry = choose(entries)
      const { swpentry } = live(s.zswap_entry, entry)
      assert(swpentry !== 0, 'entry->swpentry is read before it is stored', NoUseAfterFree)
      return call(zswap_writeback_entry, { entry, swpentry: known(swpentry) }, 'done', 'ret')
    },
    /** writeback_result = zswap_writeback_entry(entry, swpentry); … return ret; */
    done() {
      return ret()
    },
  },
)
