/** mm/zsmalloc.c: reclaim of one zspage against zs_free() of its objects (v6.2). pool->lock is held for what is one step here. */
import { assert, call, nth, ref, ret } from '../../checker/index.js'
import { atomic_dec } from '../kernel/atomic.js'
import { free, live, NoUseAfterFree } from '../kernel/memory.js'
import { guard, Handle, procedure, type State } from './state.js'

type Handles = State['zs_handle']['ids'][number]

/** zs_free(pool, handle), by who has the zswap entry out of the tree. */
function zs_free(s: State, handle: Handles): void {
  const it = live(s.zs_handle, handle)
  atomic_dec(s.zspage, 'inuse')
  it.tag = 'free'
  if (!s.zspage.under_reclaim) cache_free_handle(s, handle)
  else if (guard('keep the object at the handle of an object that is freed under reclaim')) it.tag = 'OBJ_DEFERRED_HANDLE_TAG'
  else {
    it.value = s.zspage.deferred_handles === 0 ? 'none' : 'handle'
    s.zspage.deferred_handles = handle
  }
}

/** cache_free_handle(pool, handle); */
function cache_free_handle(s: State, handle: Handles): void {
  s.zs_handle[handle].value = 'none'
  s.zs_handle[handle].tag = 'free'
  free(s.zs_handle, handle)
}

/** zswap_invalidate of a page: its entry is taken out of the tree, and its object is freed. */
export const zswap_free_entry = procedure(
  'zswap_free_entry',
  { args: { handle: Handle } },
  {
    /** zswap_rb_erase(&tree->rbroot, entry); by who comes first */
    zswap_rb_erase(s, me) {
      const wasInTree = s.zs_handle[me.handle].in_tree
      s.zs_handle[me.handle].in_tree = false
      return wasInTree ? 'zs_free' : ret()
    },
    /**
     * zpool_free(entry->pool->zpool, entry->handle): spin_lock(&pool->lock); obj_free(class->size, obj, &handle): link->handle = handle | OBJ_DEFERRED_HANDLE_TAG; in v6.2 record_obj(handle, zspage->deferred_handles);
     * zspage->deferred_handles = handle; spin_unlock(&pool->lock);
     */
    zs_free(s, me) {
      zs_free(s, me.handle)
      return ret()
    },
  },
)

export const zs_reclaim_page = procedure(
  'zs_reclaim_page',
  { locals: { handle: ref(Handle), i: ref(Handle) }, calls: [zswap_free_entry] },
  {
    /** spin_lock(&pool->lock); … zspage->under_reclaim = true; … spin_unlock(&pool->lock); */
    under_reclaim(s, me) {
      s.zspage.under_reclaim = true
      me.i = s.zs_handle.ids[0] ?? 0
      return 'find_alloced_obj'
    },
    /** while (1) { handle = find_alloced_obj(class, page, &obj_idx); if (!handle) break; it reads the header of the object, without a lock */
    find_alloced_obj(s, me) {
      if (me.i === 0) return 'free_zspage'
      me.handle = s.zs_handle[me.i].tag === 'OBJ_ALLOCATED_TAG' ? me.i : 0
      me.i = nth(s.zs_handle.ids, me.i, 1)
      return me.handle === 0 ? 'find_alloced_obj' : 'evict'
    },
    /**
     * pool->zpool_ops->evict(pool->zpool, handle): zswap_writeback_entry(): zhdr = zpool_map_handle(pool, handle, ZPOOL_MM_RO): obj = handle_to_obj(handle); swpentry =
     * zhdr->swpentry; what is written back is taken out of the tree
     */
    evict(s, me) {
      const { handle } = me
      if (handle === 0) return 'find_alloced_obj'
      me.handle = 0
      assert(live(s.zs_handle, handle).value === 'object', 'obj_to_location of what is no object', NoUseAfterFree)
      return call(zswap_free_entry, { handle }, 'find_alloced_obj')
    },
    /** spin_lock(&pool->lock); zspage->under_reclaim = false; if (!get_zspage_inuse(zspage)) __free_zspage(pool, class, zspage); else the handles of what was freed go, and the zspage stays */
    free_zspage(s) {
      s.zspage.under_reclaim = false
      s.zspage.deferred_handles = 0
      for (const id of s.zs_handle.ids)
        if (s.zs_handle[id].life === 'live' && s.zs_handle[id].tag !== 'OBJ_ALLOCATED_TAG') cache_free_handle(s, id)
      return ret()
    },
  },
)
