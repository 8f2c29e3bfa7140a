/** What must be true of pages in tiers. Each is one sentence, and is broken by some scenario. */
import { type Id, known, ordinal } from '../../checker/index.js'
import { NoUnderflow } from '../kernel/atomic.js'
import { NoUseAfterFree } from '../kernel/memory.js'
import { eventuallyAlways, invariant, quiescent, returns, type State, type SwpDesc, step } from './state.js'
import { may_use } from './tiers.js'

const RefsExact = invariant(
  'RefsExact',
  'The swap count of an entry is the number of page table entries that hold it and of references in flight.',
  (s) => s.vswap_map.ids.every((id) => s.vswap_map[id].swap_count === ptesThatHold(s, id).length + s.in_flight[id]),
)

const CacheNeverDangles = invariant(
  'CacheNeverDangles',
  'The folio that a descriptor points to is there, in the swap cache, and of that descriptor; and each folio in the swap cache is pointed to.',
  (s) =>
    s.vswap_map.ids.every((id) => {
      const { folio } = s.vswap_map[id]
      return folio === 0 || (s.folio[folio].life === 'live' && s.folio[folio].entry === id)
    }) && s.folio.ids.every((folio) => !s.folio[folio].swapcache || s.vswap_map[known(s.folio[folio].entry)].folio === folio),
)

const NoStaleData = invariant('NoStaleData', 'What a PTE maps is what its owner last wrote.', (s) =>
  s.pte.ids.every((id) => {
    const { folio, stored } = s.pte[id]
    return folio === 0 || s.folio[folio].data === stored
  }),
)

const BackingLive = invariant(
  'BackingLive',
  'An entry that is counted, and has no folio, has one copy, which reads as what the owners of its page table entries last wrote.',
  (s) =>
    s.vswap_map.ids.every((id) => {
      const { swap_count, folio } = s.vswap_map[id]
      return swap_count === 0 || folio !== 0 || isLast(s, id, copy(s, s.vswap_map[id]))
    }),
)

const LandsWhereAllowed = step('LandsWhereAllowed', 'A page never lands in a tier that its cgroup may not use.', (before, after) =>
  after.vswap_map.ids.every((id) => {
    const { slot, memcg } = after.vswap_map[id]
    return slot === 0 || slot === before.vswap_map[id].slot || may_use(after, memcg, after.slot[slot].tier)
  }),
)

const TierByPriority = step(
  'TierByPriority',
  'A page that goes out is given a slot in the first tier, by priority, that its cgroup may use and that has room.',
  (before, after) =>
    after.slot.ids.every((id) => {
      const { taken_for, tier } = after.slot[id]
      if (taken_for === 0 || before.slot[id].taken_for !== 0) return true
      return !before.slot.ids.some((other) => {
        const isBetter = ordinal(before.slot[other].tier) < ordinal(tier) && before.slot[other].users === 0
        return isBetter && may_use(before, taken_for, before.slot[other].tier)
      })
    }),
)

const TierEmptied = invariant(
  'TierEmptied',
  'When a write to the configuration has moved the pages, and returned, none of the cgroup is in a tier that it may not use.',
  (s) => s.migration !== 'now' || s.change !== 'done' || s.vswap_map.ids.every((id) => isWhereAllowed(s, s.vswap_map[id])),
)

const NoLeak = quiescent(
  'NoLeak',
  'When all is quiet, every virtual slot is for somebody, every page has one copy, in one tier, every folio has just its users, nothing is moving, and no lock is held.',
  (s) => entriesAreUsed(s) && slotsAreUsed(s) && foliosAreUsed(s) && locksAreFree(s),
)

export const properties = [
  NoUseAfterFree,
  NoUnderflow,
  RefsExact,
  CacheNeverDangles,
  NoStaleData,
  BackingLive,
  LandsWhereAllowed,
  TierByPriority,
  TierEmptied,
  NoLeak,
]

/** Under fairness of every thread; asked where there is such a process. */
export const FaultCompletes = returns('FaultCompletes', 'Who touches a page gets at it, or finds that it is gone.', ['fault'])

export const MoveTerminates = returns('MoveTerminates', 'Who moves pages comes to an end of it.', ['demote', 'promote', 'kmigrated'])

export const ChangeTerminates = returns('ChangeTerminates', 'A write to the configuration that moves the pages returns.', [
  'swap_tiers_now',
])

export const LazyMigrationEnds = eventuallyAlways(
  'LazyMigrationEnds',
  'From some time on no page that is out is in a tier that its cgroup may not use.',
  (s: State) => s.vswap_map.ids.every((id) => s.vswap_map[id].folio !== 0 || isWhereAllowed(s, s.vswap_map[id])),
)

function ptesThatHold(s: State, entry: Id<'entry'>): readonly Id<'pte'>[] {
  return s.pte.ids.filter((pte) => s.pte[pte].entry === entry)
}

/** What would be read; 0 where there is nothing, or where it would be read in the wrong way. */
export function copy(s: State, { slot, half, compressed }: SwpDesc): number {
  if (slot === 0 || s.slot[slot].users === 0) return 0
  return s.slot[slot].compressed === compressed ? s.slot[slot].data[known(half)] : 0
}

/** A PTE whose lock is held may have dropped its count already. */
function isLast(s: State, entry: Id<'entry'>, data: number): boolean {
  return ptesThatHold(s, entry).every((pte) => s.pte[pte].ptl.owner !== 0 || s.pte[pte].stored === data)
}

function isWhereAllowed(s: State, { slot, memcg }: SwpDesc): boolean {
  return slot === 0 || may_use(s, memcg, s.slot[slot].tier)
}

function entriesAreUsed(s: State): boolean {
  return s.vswap_map.ids.every((id) => {
    const { swap_count, folio, slot, moving, memcg } = s.vswap_map[id]
    const isUsed = swap_count > 0 || folio !== 0
    return !moving && isUsed === (memcg !== 0) && (slot === 0 || isUsed)
  })
}

function slotsAreUsed(s: State): boolean {
  return s.slot.ids.every((slot) => s.vswap_map.ids.filter((id) => s.vswap_map[id].slot === slot).length === s.slot[slot].users)
}

/** At rest a folio has a reference from each PTE that maps it, one from the swap cache, and nothing else. */
function foliosAreUsed(s: State): boolean {
  return s.folio.ids.every((id) => s.folio[id]._refcount === s.folio[id]._mapcount + Number(s.folio[id].swapcache))
}

function locksAreFree(s: State): boolean {
  return s.folio.ids.every((id) => !s.folio[id].PG_locked) && s.pte.ids.every((id) => s.pte[id].ptl.owner === 0)
}
