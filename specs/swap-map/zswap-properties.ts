/** What must be true of zswap entries, besides what is of every slot. */
import { quiescent, type State } from './state.js'

const NoZswapLeak = quiescent('NoZswapLeak', 'When all is quiet, every zswap entry is in the tree, at a slot that is in use.', (s) => {
  for (const id of s.zswap_entry.ids) {
    const { life, swpentry } = s.zswap_entry[id]
    if (life === 'free') continue
    if (swpentry === 0 || s.zswap_tree[swpentry] !== id) return false
    if (s.swap_map[swpentry].count === 0 && !s.swap_map[swpentry].SWAP_HAS_CACHE) return false
  }
  return true
})

const ZswapChargeExact = quiescent(
  'ZswapChargeExact',
  'When all is quiet, a memcg is charged for each of its zswap entries, and for nothing else.',
  (s) => {
    for (const id of s.objcg.ids) if (s.objcg[id].zswap !== entriesOf(s, id)) return false
    return true
  },
)

function entriesOf(s: State, objcg: State['objcg']['ids'][number]): number {
  let count = 0
  for (const id of s.zswap_entry.ids) if (s.zswap_entry[id].life === 'live' && s.zswap_entry[id].objcg === objcg) count++
  return count
}

export const NoPoolLeak = quiescent(
  'NoPoolLeak',
  'When all is quiet, a pool has its own reference, and no other.',
  (s) => s.zswap_pool.kref === 1,
)

export const zswapProperties = [NoZswapLeak, ZswapChargeExact]
