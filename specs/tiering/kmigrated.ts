/** The thread that moves what a change of the configuration has left behind, with nobody waiting for it. */
import { blocked, call, type Id, ret } from '../../checker/index.js'
import { is_free } from './slots.js'
import { guard, procedure, type State, Tier } from './state.js'
import { swap_tier_move } from './swap-tier-move.js'
import { may_use } from './tiers.js'

/** It goes from `from` to `to`. */
export const kmigrated = procedure(
  'kmigrated',
  { args: { from: Tier, to: Tier }, calls: [swap_tier_move] },
  {
    /** wait_event(kmigrated_wait, changed); */
    wait_event(s) {
      return s.change === 'done' ? 'swap_tier_move' : blocked
    },
    /** wait_event(kmigrated_wait, !nr_left(memcg, from) || nr_free(to)): two counters; who changes one wakes it, and it asks again */
    swap_tier_move(s, me) {
      if (!isLeft(s, me.from)) return ret()
      if (!s.slot.ids.some((slot) => is_free(s, slot, me.to))) return blocked
      const then = guard('look again until nothing is left behind') ? 'swap_tier_move' : 'done'
      return call(swap_tier_move, { from: me.from, to: me.to, nr: 2, lazy: true }, then)
    },
    done() {
      return ret()
    },
  },
)

/** The counter of pages that are out in this tier, of cgroups that may not use it. What is in the swap cache is looked at as it leaves. */
function isLeft(s: State, tier: Id<'tier'>): boolean {
  return s.vswap_map.ids.some((entry) => {
    const { slot, folio, memcg } = s.vswap_map[entry]
    return slot !== 0 && folio === 0 && s.slot[slot].tier === tier && !may_use(s, memcg, tier)
  })
}
