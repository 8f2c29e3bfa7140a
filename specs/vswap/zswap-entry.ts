/** mm/zswap.c: the end of a zswap entry (v6.14 with patch 7). */
import { known, ref, ret, tail } from '../../checker/index.js'
import { free, live } from '../kernel/memory.js'
import { xa_erase } from '../kernel/xarray.js'
import { Entry, guard, procedure, Zentry } from './state.js'
import { obj_cgroup_uncharge_zswap } from './zswap-memcg.js'

/** zswap_entry_free(entry), by whoever took the entry out of the tree. */
export const zswap_entry_free = procedure(
  'zswap_entry_free',
  { args: { entry: Zentry } },
  {
    /** zswap_lru_del(&zswap_list_lru, entry); one step under the LRU lock */
    zswap_lru_del(s, me) {
      const entry = live(s.zswap_entry, me.entry)
      if (guard('unlink the zswap entry from the LRU before it is freed')) entry.in_lru = false
      return 'zswap_entry_cache_free'
    },
    /** zpool_free(entry->pool->zpool, entry->handle); … if (entry->objcg) obj_cgroup_uncharge_zswap(…); then zswap_entry_cache_free(entry); */
    zswap_entry_cache_free(s, me) {
      const entry = live(s.zswap_entry, me.entry)
      const { objcg } = entry
      entry.objcg = 0
      if (obj_cgroup_uncharge_zswap(s, objcg)) return 'zswap_entry_cache_free'
      entry.swpentry = 0
      entry.data = 0
      free(s.zswap_entry, me.entry)
      return ret()
    },
  },
)

/** zswap_invalidate(swp) */
export const zswap_invalidate = procedure(
  'zswap_invalidate',
  { args: { swp: Entry }, locals: { entry: ref(Zentry) }, calls: [zswap_entry_free] },
  {
    /** entry = xa_erase(tree, offset); one step under the tree's xa_lock */
    xa_erase(s, me) {
      me.entry = xa_erase(s.zswap_tree, me.swp)
      return me.entry === 0 ? ret() : 'zswap_entry_free'
    },
    /** if (entry) zswap_entry_free(entry); */
    zswap_entry_free(_, me) {
      return tail(zswap_entry_free, { entry: known(me.entry) })
    },
  },
)
