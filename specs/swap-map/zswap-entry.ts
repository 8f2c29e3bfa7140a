/** mm/zswap.c: the end of a zswap entry. */
import { assert, bool, known, ref, ret, tail } from '../../checker/index.js'
import { free, live, NoUseAfterFree } from '../kernel/memory.js'
import { xa_erase } from '../kernel/xarray.js'
import { Entry, guard, procedure, type State, Zentry } from './state.js'
import { obj_cgroup_put, obj_cgroup_uncharge_zswap } from './zswap-objcg.js'
import { zswap_invalidate_entry } from './zswap-refcount.js'

/** Stands where the C reads in zswap_trees[type], or takes its lock. */
export function touch_zswap_tree(s: State): void {
  assert(!s.zswap_trees_freed, 'use after free: the zswap tree', NoUseAfterFree)
}

/** zswap_entry_free(entry), by whoever took the entry out of the tree. */
export const zswap_entry_free = procedure(
  'zswap_entry_free',
  { args: { entry: Zentry }, locals: { is_put: bool } },
  {
    /**
     * zswap_lru_del(&zswap_list_lru, entry): rcu_read_lock(); memcg = mem_cgroup_from_entry(entry); list_lru_del(…); one step under the LRU lock.
     * Without the protection this is after obj_cgroup_put(), as in v6.8-rc1
     */
    zswap_lru_del(s, me) {
      const entry = live(s.zswap_entry, me.entry)
      const isLast = !guard('unlink the zswap entry from the LRU before its objcg is put')
      if (isLast && entry.objcg !== 0 && !me.is_put) return 'obj_cgroup_uncharge_zswap'
      if (entry.objcg !== 0) live(s.objcg, entry.objcg)
      if (guard('unlink the zswap entry from the LRU before it is freed')) entry.in_lru = false
      return entry.objcg === 0 || me.is_put ? 'zswap_entry_cache_free' : 'obj_cgroup_uncharge_zswap'
    },
    /** zpool_free(entry->pool->zpool, entry->handle); … if (entry->objcg) { obj_cgroup_uncharge_zswap(entry->objcg, entry->length); */
    obj_cgroup_uncharge_zswap(s, me) {
      obj_cgroup_uncharge_zswap(s, known(live(s.zswap_entry, me.entry).objcg))
      return 'obj_cgroup_put'
    },
    /** obj_cgroup_put(entry->objcg); } */
    obj_cgroup_put(s, me) {
      obj_cgroup_put(s, known(live(s.zswap_entry, me.entry).objcg))
      if (guard('unlink the zswap entry from the LRU before its objcg is put')) return 'zswap_entry_cache_free'
      me.is_put = true
      return 'zswap_lru_del'
    },
    /** zswap_entry_cache_free(entry); */
    zswap_entry_cache_free(s, me) {
      const entry = live(s.zswap_entry, me.entry)
      entry.swpentry = 0
      entry.objcg = 0
      entry.data = 0
      free(s.zswap_entry, me.entry)
      return ret()
    },
  },
)

/** zswap_invalidate(swp), with ci->lock held. */
export const zswap_invalidate = procedure(
  'zswap_invalidate',
  { args: { swp: Entry }, locals: { entry: ref(Zentry) }, calls: [zswap_entry_free] },
  {
    /** entry = xa_erase(tree, offset); one step under the tree's xa_lock. Until v6.8: zswap_invalidate_entry(tree, entry) under tree->lock */
    xa_erase(s, me) {
      touch_zswap_tree(s)
      if (s.zswap_refcounted) {
        zswap_invalidate_entry(s, s.zswap_tree[me.swp])
        return ret()
      }
      me.entry = xa_erase(s.zswap_tree, me.swp)
      return me.entry === 0 ? ret() : 'zswap_entry_free'
    },
    /** if (entry) zswap_entry_free(entry); */
    zswap_entry_free(_, me) {
      return tail(zswap_entry_free, { entry: known(me.entry) })
    },
  },
)
