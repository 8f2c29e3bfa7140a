/**
 * mm/memcontrol.c: memory.zswap.max and memory.zswap.writeback (v6.14 with patch 12).
 *
 * Left out: what becomes of an objcg when its memcg goes away, and the length of a compressed page, which is 1 here.
 */
import type { Ref } from '../../checker/index.js'
import { atomic_add, atomic_sub } from '../kernel/atomic.js'
import { guard, type State } from './state.js'

/** mem_cgroup_may_zswap(memcg): if (max == 0) return false; … pages = memcg_page_state(memcg, MEMCG_ZSWAP_B) / PAGE_SIZE; if (pages >= max) return false; */
export function obj_cgroup_may_zswap(s: State, objcg: Ref<'memcg'>): boolean {
  if (objcg === 0 || !s.memcg[objcg].is_zswap_limited || !guard('look at zswap.max before a page is compressed')) return true
  return s.memcg[objcg].zswap < s.memcg[objcg].zswap_max
}

/** shrink_memcg(memcg) finds something to write back: else -ENOENT. */
export function has_zswap_to_shrink(s: State, memcg: Ref<'memcg'>): boolean {
  if (!mem_cgroup_zswap_writeback_enabled(s, memcg)) return false
  return s.zswap_entry.ids.some((id) => s.zswap_entry[id].in_lru && s.zswap_entry[id].objcg === memcg)
}

/** obj_cgroup_charge_zswap(objcg, entry->length): mod_memcg_state(memcg, MEMCG_ZSWAP_B, size); true where that took an access. */
export function obj_cgroup_charge_zswap(s: State, objcg: Ref<'memcg'>): boolean {
  if (objcg === 0 || !s.memcg[objcg].is_zswap_limited || !guard('charge the zswap entry')) return false
  atomic_add(s.memcg[objcg], 'zswap', 1)
  return true
}

/** obj_cgroup_uncharge_zswap(entry->objcg, entry->length); likewise. */
export function obj_cgroup_uncharge_zswap(s: State, objcg: Ref<'memcg'>): boolean {
  if (objcg === 0 || !s.memcg[objcg].is_zswap_limited || !guard('uncharge the zswap entry that is freed')) return false
  atomic_sub(s.memcg[objcg], 'zswap', 1)
  return true
}

/** mem_cgroup_zswap_writeback_enabled(memcg): for (; memcg; memcg = parent_mem_cgroup(memcg)) if (!READ_ONCE(memcg->zswap_writeback)) return false; */
export function mem_cgroup_zswap_writeback_enabled(s: State, memcg: Ref<'memcg'>): boolean {
  return !s.no_zswap_writeback && !(memcg !== 0 && s.memcg[memcg].no_zswap_writeback)
}
