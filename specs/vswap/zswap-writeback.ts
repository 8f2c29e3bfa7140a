/**
 * mm/zswap.c: the shrinker (v6.14 with patches 7, 12 and 13).
 *
 * Left out: the order of the LRU and `entry->referenced` (the walk may come to any entry), LRU_STOP and the counts.
 */
import { assert, call, choose, known, ref, ret } from '../../checker/index.js'
import { folio_unlock } from '../kernel/folio-lock.js'
import { live, NoUseAfterFree } from '../kernel/memory.js'
import { xa_load, xa_store } from '../kernel/xarray.js'
import { vswap_alloc_swap_slot } from './alloc-swap-slot.js'
import { folio_put, held } from './folio.js'
import { __read_swap_cache_async } from './read-swap-cache.js'
import { vswap_assoc_zswap } from './set-backing.js'
import { Entry, Folios, guard, procedure, Slot, Zentry } from './state.js'
import { delete_from_swap_cache } from './swap-state.js'
import { __swap_writepage } from './swap-writepage.js'
import { zswap_entry_free } from './zswap-entry.js'
import { mem_cgroup_zswap_writeback_enabled } from './zswap-memcg.js'

/** zswap_writeback_entry(entry, swpentry). `entry` may be freed until it is found in the tree. */
export const zswap_writeback_entry = procedure(
  'zswap_writeback_entry',
  {
    args: { entry: Zentry, swpentry: Entry },
    locals: { folio: ref(Folios), slot: ref(Slot), new_entry: ref(Zentry) },
    calls: [__read_swap_cache_async, vswap_alloc_swap_slot, vswap_assoc_zswap, zswap_entry_free, delete_from_swap_cache, __swap_writepage],
  },
  {
    /** folio = __read_swap_cache_async(swpentry, GFP_KERNEL, mpol, NO_INTERLEAVE_INDEX, &folio_was_allocated, true); */
    __read_swap_cache_async(_, me) {
      return call(__read_swap_cache_async, { entry: me.swpentry, skip_if_exists: true }, 'folio_was_allocated', 'folio')
    },
    /** if (!folio) return -ENOMEM; if (!folio_was_allocated) { … return -EEXIST; } a new folio, and no other, is locked by us */
    folio_was_allocated(s, me) {
      if (me.folio === 0) return ret()
      if (held(s, me.folio).locked_by !== me.self) return 'folio_put'
      return 'vswap_alloc_swap_slot'
    },
    /**
     * slot = vswap_alloc_swap_slot(folio); not in the RFC, before it: if (entry != xa_load(tree, offset)) goto release_folio; what is in
     * the tree stays as it is, for only who has the pin stores there
     */
    vswap_alloc_swap_slot(s, me) {
      const isGone = xa_load(s.zswap_tree, me.swpentry) !== me.entry
      if (isGone && guard('look for the zswap entry before a slot is allocated for it')) return 'release_folio'
      return call(vswap_alloc_swap_slot, { folio: known(me.folio), entry: me.swpentry }, 'xa_cmpxchg', 'slot')
    },
    /** if (!slot.val) goto release_folio; new_entry = xa_cmpxchg(tree, offset, entry, NULL, GFP_KERNEL); if (entry != new_entry) goto fail; */
    xa_cmpxchg(s, me) {
      if (me.slot === 0) return 'release_folio'
      me.slot = 0
      me.new_entry = xa_load(s.zswap_tree, me.swpentry)
      if (me.new_entry !== me.entry) return 'fail'
      me.new_entry = 0
      xa_store(s.zswap_tree, me.swpentry, 0)
      return 'zswap_decompress'
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
      return call(__swap_writepage, { folio: known(me.folio) }, 'folio_put')
    },
    /** fail: vswap_assoc_zswap(swpentry, new_entry); */
    fail(_, me) {
      const { new_entry } = me
      me.new_entry = 0
      return call(vswap_assoc_zswap, { entry: me.swpentry, zswap_entry: new_entry }, 'release_folio')
    },
    /** release_folio: delete_from_swap_cache(folio); */
    release_folio(_, me) {
      return call(delete_from_swap_cache, { folio: known(me.folio) }, 'folio_unlock')
    },
    /** folio_unlock(folio); */
    folio_unlock(s, me) {
      if (!guard('unlock and put the folio that zswap writeback gives up')) return ret()
      folio_unlock(held(s, me.folio), me.self)
      return 'folio_put'
    },
    /** folio_put(folio); */
    folio_put(s, me) {
      folio_put(s, me.folio)
      return ret()
    },
  },
)

/** One turn of list_lru_walk_one(…, &shrink_memcg_cb, …); none when the LRUs of those whose memory.zswap.writeback is not 0 are empty. */
export const shrink_memcg_cb = procedure(
  'shrink_memcg_cb',
  { calls: [zswap_writeback_entry] },
  {
    /** list_move_tail(item, &l->list); swpentry = entry->swpentry; spin_unlock(&l->lock); one step under the LRU lock */
    swpentry(s) {
      const entries = s.zswap_entry.ids.filter(
        (id) => s.zswap_entry[id].in_lru && mem_cgroup_zswap_writeback_enabled(s, s.zswap_entry[id].objcg),
      )
      if (entries.length === 0) return ret()
      const entry = choose(entries)
      const { swpentry } = live(s.zswap_entry, entry)
      assert(swpentry !== 0, 'entry->swpentry is read before it is stored', NoUseAfterFree)
      return call(zswap_writeback_entry, { entry, swpentry: known(swpentry) }, 'done')
    },
    /** return ret; */
    done() {
      return ret()
    },
  },
)
