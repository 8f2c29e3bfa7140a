/** What must be true of the slots of swap devices, and of the pages that are in them. Each is one sentence, and some scenario breaks it. */
import { type Id, known, ordinal } from '../../checker/index.js'
import { NoUseAfterFree } from '../kernel/memory.js'
import { folio_nr_pages, page_folio } from './folio.js'
import { loads } from './loads.js'
import { do_memsw_account } from './memcg.js'
import { invariant, quiescent, type State } from './state.js'
import { SwapoffClean } from './swapoff.js'
import { WarnNever } from './warn-never.js'

export const NoStaleData = invariant('NoStaleData', 'What a PTE maps is what its owner last wrote.', (s) => {
  for (const id of s.pte.ids) {
    const { folio, stored } = s.pte[id]
    if (folio !== 0 && s.folio[folio].data !== stored) return false
  }
  return true
})

/** Who holds an entry: PTEs. */
function holders(s: State, entry: Id<'entry'>): number {
  let count = 0
  for (const id of s.pte.ids) if (s.pte[id].entry === entry) count++
  return count
}

export const RefsExact = invariant(
  'RefsExact',
  'A byte of swap_map counts what holds the entry and what is in flight; SWAP_HAS_CACHE is set exactly while someone owns it.',
  (s) => {
    for (const entry of s.swap_map.ids) {
      const { count, SWAP_HAS_CACHE } = s.swap_map[entry]
      if (count !== holders(s, entry) + s.in_flight[entry]) return false
      if (SWAP_HAS_CACHE !== (s.pin[entry] !== 0 || s.swapper_space[entry] !== 0)) return false
    }
    return true
  },
)

export const NoLeak = quiescent(
  'NoLeak',
  'When all is quiet, every folio and slot that nothing refers to is free, and no lock or pin is held.',
  (s) => foliosAreUsed(s) && locksAndPinsAreFree(s),
)

/** At rest a folio has a reference from each PTE that maps it, one for each of its pages from the swap cache, and nothing else. */
function foliosAreUsed(s: State): boolean {
  for (const id of s.folio.ids) {
    const folio = s.folio[id]
    if (folio._refcount !== folio._mapcount + (folio.swapcache ? folio_nr_pages(s, id) : 0)) return false
  }
  return true
}

function locksAndPinsAreFree(s: State): boolean {
  for (const id of s.folio.ids) if (s.folio[id].PG_locked) return false
  for (const id of s.pte.ids) if (s.pte[id].ptl.owner !== 0) return false
  for (const entry of s.swap_map.ids) if (s.pin[entry] !== 0) return false
  return s.ci_lock.owner === 0
}

export const RmapFindsPte = invariant('RmapFindsPte', 'The folio that a PTE maps says where it is mapped.', (s) => {
  if (!s.anon_rmap.watched) return true
  for (const id of s.pte.ids) {
    const { folio } = s.pte[id]
    if (folio !== 0 && s.folio[folio].index !== ordinal(id)) return false
  }
  return true
})

export const BackingLive = invariant(
  'BackingLive',
  'The page of an entry that a PTE holds is in the swap cache, in zswap or in its slot, as it was last written.',
  (s) => {
    for (const id of s.pte.ids) {
      const { entry, ptl, stored } = s.pte[id]
      if (entry !== 0 && ptl.owner === 0 && (loads(s, entry) ?? stored) !== stored) return false
    }
    return true
  },
)

export const ChargeExact = invariant(
  'ChargeExact',
  'A page is charged to the memcg that owns it, and a memcg for each slot that is recorded for it (cgroup v2).',
  (s) =>
    s.pte.ids.every((id) => isChargedToOwner(s, id)) &&
    (do_memsw_account(s) || s.memcg.ids.every((id) => s.memcg[id].swap === recordedFor(s, id))),
)

function isChargedToOwner(s: State, id: Id<'pte'>): boolean {
  const { folio } = s.pte[id]
  return folio === 0 || s.folio_memcg[known(page_folio(s, folio))] === s.page_memcg[id]
}

export function recordedFor(s: State, memcg: Id<'memcg'>): number {
  return s.swap_map.ids.filter((entry) => s.swap_cgroup[entry] === memcg).length
}

export const AvailListClean = invariant('AvailListClean', 'No device that is switched off is on the list that slots are taken from.', (s) =>
  s.swap_info.ids.every((id) => !s.swap_info[id].avail || s.swap_info[id].SWP_WRITEOK),
)

export const DeviceWhole = invariant('DeviceWhole', 'A device that is in use has all that it needs.', (s) =>
  s.swap_info.ids.every((id) => !s.swap_info[id].SWP_WRITEOK || (s.swap_info[id].life === 'live' && s.swap_info[id].percpu_cluster)),
)

export const properties = [
  NoUseAfterFree,
  RefsExact,
  NoStaleData,
  BackingLive,
  RmapFindsPte,
  ChargeExact,
  SwapoffClean,
  AvailListClean,
  DeviceWhole,
  NoLeak,
  WarnNever,
]
