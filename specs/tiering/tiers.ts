/** Which tier a page goes to: the first, in the order of priority, that its cgroup may use and that has room. */
import { ordinal, type Ref } from '../../checker/index.js'
import { is_free } from './slots.js'
import { guard, type State } from './state.js'

/** May the pages of this cgroup be in this tier? */
export function may_use(s: State, memcg: Ref<'memcg'>, tier: Ref<'tier'>): boolean {
  return memcg !== 0 && tier !== 0 && s.memcg[memcg].swap_tiers.has(tier)
}

/** plist_for_each_entry(si, &swap_avail_head): one step under its lock, which is held until a slot is taken; 0 where no tier has room. */
export function swap_slot_alloc(s: State, memcg: Ref<'memcg'>): Ref<'slot'> {
  const free = s.slot.ids.filter((slot) => may_use(s, memcg, s.slot[slot].tier) && is_free(s, slot, s.slot[slot].tier))
  const inOrder = [...free].sort((a, b) => ordinal(s.slot[a].tier) - ordinal(s.slot[b].tier))
  const slot = (guard('take the tier of the highest priority') ? inOrder[0] : inOrder.at(-1)) ?? 0
  if (slot !== 0) Object.assign(s.slot[slot], { users: 1, taken_for: memcg })
  return slot
}
