/** What must be true of ranges of entries. */
import { type Id, known, ordinal } from '../../checker/index.js'
import { folio_nr_pages, swap_nth } from './folio.js'
import { invariant, quiescent, type State } from './state.js'
import { slot_nth } from './swap-slot.js'
import { vswap_cluster_size } from './vswap-cluster.js'

const ClusterExact = quiescent(
  'ClusterExact',
  "When all is quiet, vswap_cluster_map has the number of allocated virtual slots of each cluster, and a large folio's range is contiguous and aligned.",
  (s) => {
    if (s.HPAGE_PMD_ORDER === 0) return true
    const counts: number[] = s.vswap_cluster_map.ids.map((_, id) => (id === 0 ? 1 : 0))
    for (const entry of s.vswap_map.ids) {
      const id = Math.floor(ordinal(entry) / vswap_cluster_size(s))
      if (s.vswap_map[entry] !== 0) counts[id] = (counts[id] ?? 0) + 1
    }
    return s.vswap_cluster_map.ids.every((cluster, id) => s.vswap_cluster_map[cluster] === counts[id]) && rangesAreAligned(s)
  },
)

function rangesAreAligned(s: State): boolean {
  for (const folio of s.folio.ids) {
    const { swapcache, swap } = s.folio[folio]
    if (!swapcache || swap === 0) continue
    const nr = folio_nr_pages(s, folio)
    if (ordinal(swap) % nr !== 0) return false
    for (let n = 0; n < nr; n++) if (s.swapper_space[swap_nth(s, swap, n)] !== folio) return false
  }
  return true
}

const MixedBackingRefused = invariant(
  'MixedBackingRefused',
  'The entries of a large folio in the swap cache that nobody has locked have one kind of backing: it, or slots in a row.',
  (s) => {
    for (const folio of s.folio.ids) {
      const { swapcache, PG_locked } = s.folio[folio]
      if (swapcache && !PG_locked && !isOfOneBacking(s, folio)) return false
    }
    return true
  },
)

function isOfOneBacking(s: State, folio: Id<'folio'>): boolean {
  const entry = s.folio[folio].swap
  const first = s.desc[known(s.vswap_map[known(entry)])]
  for (let n = 1; n < folio_nr_pages(s, folio); n++) {
    const desc = s.desc[known(s.vswap_map[swap_nth(s, entry, n)])]
    if (desc.type !== first.type || desc.folio !== first.folio || desc.slot !== slot_nth(s, first.slot, n)) return false
  }
  return true
}

export const largeProperties = [ClusterExact, MixedBackingRefused]
