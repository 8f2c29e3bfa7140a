/** What must be true of the life of a virtual swap slot. Each is one sentence; `vswap.test.ts` shows that each can be broken. */
import type { Id } from '../../checker/index.js'
import { NoUnderflow } from '../kernel/atomic.js'
import { NoDoubleFree, NoUseAfterFree } from '../kernel/memory.js'
import { BackingOwned } from './backing-owned.js'
import { BackingLive, RmapBijective } from './backing-properties.js'
import { folio_nr_pages } from './folio.js'
import { LazyfreeKeeps } from './lazyfree.js'
import { page_of, swap_entry_of } from './multi-index.js'
import { SigbusHonest } from './sigbus.js'
import { StableWrites } from './stable-writes.js'
import { invariant, quiescent, type State, SWAP_CACHE_INC, SWAP_CACHE_SHIFT, step } from './state.js'
import { UnionMatchesType } from './swp-desc.js'
import { WarnNever } from './warn-never.js'

function ptesThatHold(s: State, entry: Id<'entry'>): number {
  let count = 0
  for (const id of s.pte.ids) if (swap_entry_of(s, id) === entry) count++
  return count
}

const RefsExact = invariant(
  'RefsExact',
  'swap_refs >> 1 is the number of PTEs that hold the entry and of references in flight; bit 0 is set exactly while someone owns the pin.',
  (s) => {
    for (const entry of s.vswap_map.ids) {
      const id = s.vswap_map[entry]
      const swap_refs = id === 0 ? 0 : s.desc[id].swap_refs
      if (swap_refs >> SWAP_CACHE_SHIFT !== ptesThatHold(s, entry) + s.in_flight[entry]) return false
      const isOwned = s.pin[entry] !== 0 || s.swapper_space[entry] !== 0
      if (((swap_refs & SWAP_CACHE_INC) !== 0) !== isOwned) return false
    }
    return true
  },
)

const NoResurrection = step('NoResurrection', 'A reference count that reached 0 never rises again.', (before, after) => {
  for (const id of before.desc.ids) {
    const { life, swap_refs } = before.desc[id]
    const wasDead = life !== 'free' && swap_refs === 0
    const isNew = life === 'live' && isUnpublished(before, id)
    if (wasDead && !isNew && after.desc[id].life !== 'free' && after.desc[id].swap_refs > 0) return false
  }
  return true
})

/** Allocated, and not in vswap_map yet. */
function isUnpublished(s: State, desc: Id<'desc'>): boolean {
  for (const entry of s.vswap_map.ids) if (s.vswap_map[entry] === desc) return false
  return true
}

const NoStaleData = invariant('NoStaleData', 'What a PTE maps is what its owner last wrote.', (s) => {
  for (const id of s.pte.ids) {
    const page = page_of(s, id)
    if (page !== 0 && s.folio[page].data !== s.pte[id].stored) return false
  }
  return true
})

const NoLeak = quiescent(
  'NoLeak',
  'When all is quiet, every descriptor, physical slot, zswap entry and folio that nothing refers to is free, and no lock, pin or reference is held.',
  (s) =>
    descriptorsAreUsed(s) &&
    referencesHaveLanded(s) &&
    slotsAreUsed(s) &&
    zswapEntriesAreUsed(s) &&
    foliosAreUsed(s) &&
    locksAndPinsAreFree(s),
)

function descriptorsAreUsed(s: State): boolean {
  for (const id of s.desc.ids) {
    if (s.desc[id].life !== 'free' && (isUnpublished(s, id) || s.desc[id].swap_refs === 0)) return false
  }
  return true
}

/** What RefsExact allows on the way: at rest a PTE holds each swap count, or it was never given back. */
function referencesHaveLanded(s: State): boolean {
  for (const entry of s.vswap_map.ids) if (s.in_flight[entry] !== 0) return false
  return true
}

function slotsAreUsed(s: State): boolean {
  for (const slot of s.swap_map.ids) {
    let users = 0
    for (const id of s.desc.ids) if (s.desc[id].life === 'live' && s.desc[id].slot === slot) users++
    if (users !== (s.swap_map[slot] === 'SWAP_MAP_ALLOCATED' ? 1 : 0)) return false
  }
  return true
}

function zswapEntriesAreUsed(s: State): boolean {
  for (const id of s.zswap_entry.ids) {
    const { life, swpentry } = s.zswap_entry[id]
    if (life !== 'free' && (swpentry === 0 || s.zswap_tree[swpentry] !== id)) return false
  }
  return true
}

/** At rest a folio has a reference from each PTE that maps it, from the swap cache or the page cache one for each page, and nothing else. */
function foliosAreUsed(s: State): boolean {
  for (const id of s.folio.ids) {
    const folio = s.folio[id]
    if (folio._refcount !== folio._mapcount + (folio.swapcache || folio.pagecache ? folio_nr_pages(s, id) : 0)) return false
  }
  return true
}

function locksAndPinsAreFree(s: State): boolean {
  for (const id of s.folio.ids) if (s.folio[id].PG_locked) return false
  for (const id of s.pte.ids) if (s.pte[id].ptl.owner !== 0) return false
  for (const id of s.desc.ids) if (s.desc[id].lock.writer !== 0) return false
  if (s.shmem_swaplist_mutex.owner !== 0) return false
  for (const entry of s.vswap_map.ids) if (s.pin[entry] !== 0) return false
  return true
}

export const properties = [
  NoUseAfterFree,
  NoDoubleFree,
  NoUnderflow,
  RefsExact,
  NoResurrection,
  NoStaleData,
  BackingLive,
  BackingOwned,
  RmapBijective,
  UnionMatchesType,
  WarnNever,
  StableWrites,
  SigbusHonest,
  LazyfreeKeeps,
  NoLeak,
]
