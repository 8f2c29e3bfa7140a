/** What must be true of a swap device that is taken away. */
import { type Id, ordinal } from '../../checker/index.js'
import { isLast } from './backing-properties.js'
import { folio_page } from './folio.js'
import { swap_entry_of } from './multi-index.js'
import { ReadaheadEnds } from './readahead.js'
import { invariant, quiescent, type State } from './state.js'
import { SwapoffSubmits } from './swap-plug.js'
import { swp_slot_type } from './swap-slot.js'
import { SwapoffClean } from './swapoff.js'
import { SwapoffHonest } from './try-to-unuse.js'

const InusePagesExact = invariant('InusePagesExact', 'inuse_pages is the number of slots of the device that are allocated.', (s) => {
  for (const type of s.swap_info.ids) {
    let allocated = 0
    for (const slot of s.swap_map.ids) if (s.swap_map[slot] === 'SWAP_MAP_ALLOCATED' && swp_slot_type(s, slot) === type) allocated++
    if (s.swap_info[type].inuse_pages !== allocated) return false
  }
  return true
})

const SwapoffAwaitsRelease = invariant(
  'SwapoffAwaitsRelease',
  'Once swapoff has walked over all slots, whoever is still linked to one of them is releasing it.',
  (s) => {
    const type = s.device.waiting
    return type === 0 || s.vswap_rmap.ids.every((slot) => swp_slot_type(s, slot) !== type || !isLinkedAndReferenced(s, slot))
  },
)

function isLinkedAndReferenced(s: State, slot: State['vswap_rmap']['ids'][number]): boolean {
  const entry = s.vswap_rmap[slot]
  const desc = entry === 0 ? 0 : s.vswap_map[entry]
  return desc !== 0 && s.desc[desc].slot === slot && s.desc[desc].swap_refs > 1
}

const SwapoffKeepsPages = invariant(
  'SwapoffKeepsPages',
  'An entry that a PTE holds, and that a folio backs, has that folio in the swap cache, holding its last data.',
  (s) => {
    for (const entry of s.vswap_map.ids) {
      const desc = s.vswap_map[entry]
      const isShown = s.pte.ids.some((id) => swap_entry_of(s, id) === entry)
      const isHeld = isShown && desc !== 0 && s.desc[desc].swap_refs > 1
      if (isHeld && s.desc[desc].type === 'VSWAP_FOLIO' && !isLast(s, entry, cachedData(s, entry))) return false
    }
    return true
  },
)

/** What the page of the entry in the swap cache holds; 0, nobody's data, where there is none. */
function cachedData(s: State, entry: Id<'entry'>): number {
  const folio = s.swapper_space[entry]
  return folio === 0 ? 0 : s.folio[folio_page(s, folio, ordinal(entry) - ordinal(s.folio[folio].swap))].data
}

const SwapoffRestores = quiescent(
  'SwapoffRestores',
  'When all is quiet the device is either gone, and refused by everybody, or in full use.',
  ({ device, swap_info }) => {
    for (const type of swap_info.ids) {
      const { life, SWP_WRITEOK, avail, users } = swap_info[type]
      const inUse = life === 'live'
      if (SWP_WRITEOK !== inUse || avail !== inUse || users.live !== inUse) return false
    }
    return device.swap_slot_cache_enabled
  },
)

export const swapoffProperties = [
  SwapoffClean,
  SwapoffHonest,
  SwapoffAwaitsRelease,
  SwapoffKeepsPages,
  SwapoffSubmits,
  InusePagesExact,
  SwapoffRestores,
  ReadaheadEnds,
]
