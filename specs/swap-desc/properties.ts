/** What must be true of the descriptors. Each is one sentence, and is broken by some scenario. */
import { type Id, known } from '../../checker/index.js'
import { NoUnderflow } from '../kernel/atomic.js'
import { NoUseAfterFree } from '../kernel/memory.js'
import { invariant, quiescent, returns, type State, step } from './state.js'

const RefsExact = invariant(
  'RefsExact',
  'The swap count of a descriptor is the number of page table entries that hold its id and of references in flight.',
  (s) =>
    s.swap_descs.ids.every((id) => {
      const desc = s.swap_descs[id]
      return (desc === 0 ? 0 : s.desc[desc].swap_count) === ptesThatHold(s, id).length + s.in_flight[id]
    }),
)

const CacheNeverDangles = invariant(
  'CacheNeverDangles',
  'The folio that a descriptor points to is there, in the swap cache, and of that descriptor; and each folio in the swap cache is pointed to.',
  (s) =>
    s.swap_descs.ids.every((id) => {
      const desc = s.swap_descs[id]
      const folio = desc === 0 ? 0 : s.desc[desc].folio
      return folio === 0 || (s.folio[folio].life === 'live' && s.folio[folio].entry === id)
    }) && s.folio.ids.every((folio) => isPointedTo(s, folio)),
)

const NoStaleData = invariant('NoStaleData', 'What a PTE maps is what its owner last wrote.', (s) =>
  s.pte.ids.every((id) => {
    const { folio, stored } = s.pte[id]
    return folio === 0 || s.folio[folio].data === stored
  }),
)

const BackingLive = invariant(
  'BackingLive',
  'A descriptor that is counted, and has no folio, has one backing, live, with what the owners of its page table entries last wrote.',
  (s) =>
    s.swap_descs.ids.every((id) => {
      const desc = s.swap_descs[id]
      return desc === 0 || s.desc[desc].folio !== 0 || s.desc[desc].swap_count === 0 || isLast(s, id, backing(s, desc))
    }),
)

const SwapoffClean = invariant(
  'SwapoffClean',
  'When swapoff has given the device back, none of its slots is allocated, or stands in a descriptor.',
  (s) =>
    !s.torn_down ||
    (s.swap_map.ids.every((slot) => s.swap_map[slot] === 'free') &&
      s.desc.ids.every((id) => s.desc[id].slot === 0 || s.desc[id].life !== 'live')),
)

const WritebackInOrder = step(
  'WritebackInOrder',
  'A zswap entry that leaves the LRU and stays for a while, as the shrinker has it, is the one that has been on it for longest.',
  (before, after) =>
    before.zswap_entry.ids.every((id) => {
      const isTaken = before.zswap_entry[id].lru > 0 && after.zswap_entry[id].lru === 0 && after.zswap_entry[id].life === 'live'
      return !isTaken || before.zswap_entry[id].lru === 1
    }),
)

const NoLeak = quiescent(
  'NoLeak',
  'When all is quiet, every descriptor, slot and zswap entry is for somebody, every folio has just its users, and no lock is held.',
  (s) => descriptorsAreUsed(s) && slotsAreUsed(s) && zswapEntriesAreUsed(s) && foliosAreUsed(s) && locksAreFree(s),
)

export const properties = [
  NoUseAfterFree,
  NoUnderflow,
  RefsExact,
  CacheNeverDangles,
  NoStaleData,
  BackingLive,
  SwapoffClean,
  WritebackInOrder,
  NoLeak,
]

/** Under fairness of every thread; asked where there is such a process. */
export const FaultCompletes = returns('FaultCompletes', 'Who touches a page gets at it, or finds that it is gone.', ['fault'])

export const SwapoffTerminates = returns('SwapoffTerminates', 'swapoff ends.', ['swapoff'])

function ptesThatHold(s: State, id: Id<'entry'>): readonly Id<'pte'>[] {
  return s.pte.ids.filter((pte) => s.pte[pte].entry === id)
}

function isPointedTo(s: State, folio: Id<'folio'>): boolean {
  const { swapcache, entry } = s.folio[folio]
  if (!swapcache) return true
  const desc = s.swap_descs[known(entry)]
  return desc !== 0 && s.desc[desc].folio === folio
}

/** What is in the slot or in the zswap entry; 0 where there is neither. */
export function backing(s: State, desc: Id<'desc'>): number {
  const { type, slot, zswap_entry } = s.desc[desc]
  if (type === 'slot') return slot === 0 || s.swap_map[slot] === 'free' ? 0 : s.medium[slot]
  return type === 'none' || zswap_entry === 0 ? 0 : s.zswap_entry[zswap_entry].data
}

/** A PTE whose lock is held may have dropped its count already. */
function isLast(s: State, id: Id<'entry'>, data: number): boolean {
  return ptesThatHold(s, id).every((pte) => s.pte[pte].ptl.owner !== 0 || s.pte[pte].stored === data)
}

function descriptorsAreUsed(s: State): boolean {
  return s.desc.ids.every((desc) => {
    const { life, swap_count, folio } = s.desc[desc]
    return life !== 'live' || ((swap_count > 0 || folio !== 0) && s.swap_descs.ids.some((id) => s.swap_descs[id] === desc))
  })
}

function slotsAreUsed(s: State): boolean {
  return s.swap_map.ids.every((slot) => {
    const users = s.desc.ids.filter((desc) => s.desc[desc].life === 'live' && s.desc[desc].slot === slot)
    return users.length === (s.swap_map[slot] === 'allocated' ? 1 : 0)
  })
}

function zswapEntriesAreUsed(s: State): boolean {
  return s.zswap_entry.ids.every((entry) => {
    const users = s.desc.ids.filter((desc) => s.desc[desc].life === 'live' && s.desc[desc].zswap_entry === entry)
    const { life, lru } = s.zswap_entry[entry]
    return users.length === (life === 'live' ? 1 : 0) && lru > 0 === (life === 'live')
  })
}

/** At rest a folio has a reference from each PTE that maps it, one from the swap cache, and nothing else. */
function foliosAreUsed(s: State): boolean {
  return s.folio.ids.every((id) => s.folio[id]._refcount === s.folio[id]._mapcount + Number(s.folio[id].swapcache))
}

function locksAreFree(s: State): boolean {
  return s.folio.ids.every((id) => !s.folio[id].PG_locked) && s.pte.ids.every((id) => s.pte[id].ptl.owner === 0)
}
