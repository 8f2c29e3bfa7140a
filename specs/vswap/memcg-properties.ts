/** What must be true of the charges of memory cgroups, and of the references to their ids. */
import type { Id } from '../../checker/index.js'
import { invariant, quiescent, type State } from './state.js'

/** Slots that a descriptor is linked to, of entries that record the memcg. */
function linkedSlots(s: State, memcg: Id<'memcg'>): number {
  let count = 0
  for (const desc of s.desc.ids) if (s.desc[desc].life === 'live' && s.memcgid[desc] === memcg && s.desc[desc].slot !== 0) count++
  return count
}

function records(s: State, memcg: Id<'memcg'>): number {
  let count = 0
  for (const entry of s.vswap_map.ids) {
    const desc = s.vswap_map[entry]
    if (desc !== 0 && s.memcgid[desc] === memcg) count++
  }
  return count
}

const ChargeExact = quiescent(
  'ChargeExact',
  "When all is quiet, a memcg's swap charge is the number of its physical slots, and the references to its id are its virtual slots and itself.",
  (s) => {
    for (const id of s.memcg.ids) {
      const { online, id_ref, swap } = s.memcg[id]
      if (swap !== linkedSlots(s, id) || id_ref !== records(s, id) + (online ? 1 : 0)) return false
    }
    return true
  },
)

const SwapMaxKept = invariant('SwapMaxKept', 'No memcg has more physical slots than its swap.max.', (s) => {
  for (const id of s.memcg.ids) if (linkedSlots(s, id) > s.memcg[id].swap_max) return false
  return true
})

const RecordedIdLive = invariant('RecordedIdLive', 'The id that an entry records is that of a memcg which still has it.', (s) => {
  for (const id of s.memcg.ids) if (s.memcg[id].id_ref === 0 && records(s, id) > 0) return false
  return true
})

const ChargeCovers = invariant(
  'ChargeCovers',
  "A memcg's swap charge is never less than the physical slots that its entries are linked to.",
  (s) => {
    for (const id of s.memcg.ids) if (s.memcg[id].swap < linkedSlots(s, id)) return false
    return true
  },
)

/** What a memcg has in zswap, by its charge where there is a limit. */
const inZswap = (s: State, memcg: Id<'memcg'>): number =>
  s.zswap_entry.ids.filter((id) => s.zswap_entry[id].life === 'live' && s.zswap_entry[id].objcg === memcg).length

const ZswapChargeExact = quiescent(
  'ZswapChargeExact',
  'When all is quiet, the zswap charge of a memcg that has a zswap.max is the number of its zswap entries.',
  (s) => s.memcg.ids.every((id) => !s.memcg[id].is_zswap_limited || s.memcg[id].zswap === inZswap(s, id)),
)

const ZswapMaxZeroKept = invariant('ZswapMaxZeroKept', 'A memcg whose zswap.max is 0 has nothing in zswap.', (s) =>
  s.memcg.ids.every((id) => !s.memcg[id].is_zswap_limited || s.memcg[id].zswap_max > 0 || inZswap(s, id) === 0),
)

const ZswapWritebackKept = invariant('ZswapWritebackKept', 'A memcg whose zswap.writeback is 0 has no physical slot.', (s) =>
  s.memcg.ids.every((id) => !s.memcg[id].no_zswap_writeback || linkedSlots(s, id) === 0),
)

export const memcgProperties = [
  ChargeExact,
  ChargeCovers,
  SwapMaxKept,
  RecordedIdLive,
  ZswapChargeExact,
  ZswapMaxZeroKept,
  ZswapWritebackKept,
]
