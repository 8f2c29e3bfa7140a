/** mm/list_lru.c, mm/zswap.c: the walk of the dynamic shrinker over the LRU of zswap, which is in the order of the slab here. */
import { call, int, known, nth, type Ref, ref, ret } from '../../checker/index.js'
import { EEXIST } from '../kernel/errno.js'
import { live } from '../kernel/memory.js'
import { guard, procedure, type State, Zentry } from './state.js'
import { zswap_writeback_entry } from './zswap-writeback.js'

/** zswap_shrinker_scan(): list_lru_shrink_walk(&zswap_list_lru, sc, &shrink_memcg_cb, &encountered_page_in_swapcache); of two entries at most. */
export const list_lru_shrink_walk = procedure(
  'list_lru_shrink_walk',
  {
    locals: { item: ref(Zentry), n: ref(Zentry), nr_to_walk: int(0, 2), ret: int(-EEXIST, 0) },
    calls: [zswap_writeback_entry],
  },
  {
    /** spin_lock(&l->lock); restart: list_for_each_safe(item, n, &l->list) { if (!*nr_to_walk) break; --*nr_to_walk; shrink_memcg_cb(): swpentry = entry->swpentry; spin_unlock(&l->lock); */
    list_for_each_safe(s, me) {
      if (me.item === 0) me.item = first_after(s, 0)
      if (me.item === 0 || me.nr_to_walk === 2) return ret()
      me.nr_to_walk += 1
      const { swpentry } = live(s.zswap_entry, me.item)
      me.n = first_after(s, me.item)
      return call(zswap_writeback_entry, { entry: known(me.item), swpentry: known(swpentry) }, 'shrink_memcg_cb', 'ret')
    },
    /**
     * spin_lock(&l->lock); if (writeback_result == -EEXIST && encountered_page_in_swapcache) …; with LRU_STOP the walk ends, with LRU_RETRY it
     * starts again; v6.8-rc1 returned LRU_SKIP, and the walk goes on with n
     */
    shrink_memcg_cb(_, me) {
      if (me.ret !== -EEXIST) {
        me.item = 0
        return 'list_for_each_safe'
      }
      if (guard('end the walk of an LRU whose lock was dropped')) return ret()
      me.item = me.n
      return me.item === 0 ? ret() : 'list_for_each_safe'
    },
  },
)

/** item->next, or the first of the list. */
function first_after(s: State, item: Ref<'zentry'>): Ref<'zentry'> {
  let at = item === 0 ? (s.zswap_entry.ids[0] ?? 0) : nth(s.zswap_entry.ids, item, 1)
  while (at !== 0 && !s.zswap_entry[at].in_lru) at = nth(s.zswap_entry.ids, at, 1)
  return at
}
