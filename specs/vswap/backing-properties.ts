/** What must be true of what backs a virtual slot. */
import { type Id, known } from '../../checker/index.js'
import { swap_entry_of } from './multi-index.js'
import { pte_lockptr } from './page-table.js'
import { invariant, type State, SWAP_CACHE_INC, SWAP_CACHE_SHIFT, type SwpDesc } from './state.js'

export const BackingLive = invariant(
  'BackingLive',
  'An entry that a PTE holds, and that is not in the swap cache, has exactly one backing, live, holding its last data.',
  (s) => {
    for (const entry of s.vswap_map.ids) {
      const id = s.vswap_map[entry]
      if (id === 0) continue
      const desc = s.desc[id]
      const isHeld = desc.swap_refs >> SWAP_CACHE_SHIFT > Math.max(0, s.in_flight[entry])
      if (isHeld && (desc.swap_refs & SWAP_CACHE_INC) === 0 && !isBacked(s, entry, desc)) return false
    }
    return true
  },
)

function isBacked(s: State, entry: Id<'entry'>, desc: SwpDesc): boolean {
  const zswap_entry = s.zswap_tree[entry]
  if ((zswap_entry !== 0) !== (desc.type === 'VSWAP_ZSWAP')) return false
  for (const slot of s.swap_map.ids)
    if (s.vswap_rmap[slot] === entry && !(desc.type === 'VSWAP_SWAPFILE' && desc.slot === slot)) return false
  switch (desc.type) {
    case 'VSWAP_SWAPFILE':
      return desc.slot !== 0 && s.swap_map[desc.slot] === 'SWAP_MAP_ALLOCATED' && isLast(s, entry, s.medium[desc.slot])
    case 'VSWAP_ZERO':
      return isLast(s, entry, s.zeroes)
    case 'VSWAP_ZSWAP':
      return (
        zswap_entry === desc.zswap_entry &&
        s.zswap_entry[known(zswap_entry)].life === 'live' &&
        isLast(s, entry, s.zswap_entry[known(zswap_entry)].data)
      )
    case 'VSWAP_FOLIO':
      return false
  }
}

/** Is this what the owners of the PTEs that hold the entry last stored? A PTE whose lock is held may have dropped its count already. */
export function isLast(s: State, entry: Id<'entry'>, data: number): boolean {
  for (const id of s.pte.ids) {
    if (swap_entry_of(s, id) === entry && pte_lockptr(s, id).owner === 0 && s.pte[id].stored !== data) return false
  }
  return true
}

/** By the holder of the folio lock. */
function isBeingLinked(s: State, entry: Id<'entry'>): boolean {
  const folio = s.swapper_space[entry]
  return folio !== 0 && s.folio[folio].PG_locked
}

export const RmapBijective = invariant(
  'RmapBijective',
  'vswap_rmap[slot] is the entry whose descriptor is backed by the slot, except while the holder of the folio lock is linking them.',
  (s) => {
    for (const slot of s.swap_map.ids) {
      const entry = s.vswap_rmap[slot]
      const id = entry === 0 ? 0 : s.vswap_map[entry]
      if (entry !== 0 && (id === 0 || (s.desc[id].slot !== slot && !isBeingLinked(s, entry)))) return false
    }
    for (const entry of s.vswap_map.ids) {
      const id = s.vswap_map[entry]
      if (id !== 0 && s.desc[id].lock.writer === 0 && s.desc[id].slot !== 0 && s.vswap_rmap[s.desc[id].slot] !== entry) return false
    }
    return true
  },
)
