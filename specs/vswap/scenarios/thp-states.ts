/** Where scenarios of large faults start: the pages of a folio are out, next to each other in a page table. */
import { known } from '../../../checker/index.js'
import { type State, SWAP_CACHE_INC, SWAP_COUNT_INC } from '../state.js'
import { store_folio, store_zswap_entry } from '../swp-desc.js'
import { twoPages } from './large-states.js'

/** Two PTEs to a table, whose range is the second and the third virtual slot. */
export const twoPtes = { ...twoPages }

/** The range 2..3 is in the slots 1..2 of a synchronous device, and the PTEs of the first table hold it. */
export function swappedOutLarge(s: State): void {
  const [, ...range] = s.vswap_map.ids
  s.PTRS_PER_PTE = 2
  s.HPAGE_PMD_ORDER = 1
  s.SWP_SYNCHRONOUS_IO = true
  for (const cluster of s.vswap_cluster_map.ids) s.vswap_cluster_map[cluster] = cluster === s.vswap_cluster_map.ids[0] ? 1 : 2
  range.slice(0, 2).forEach((entry, n) => {
    const [desc, slot, pte] = [known(s.desc.ids[n] ?? 0), known(s.swap_map.ids[n] ?? 0), known(s.pte.ids[n] ?? 0)]
    const stored = 2 + n
    s.vswap_map[entry] = desc
    s.vswap_rmap[slot] = entry
    Object.assign(s.desc[desc], { life: 'live', slot, swap_refs: SWAP_COUNT_INC })
    s.swap_map[slot] = 'SWAP_MAP_ALLOCATED'
    s.medium[slot] = stored
    Object.assign(s.pte[pte], { kind: 'swap', entry, exclusive: true, stored })
  })
}

/** The same, and the folio is still in the swap cache, unmapped and clean. */
export function inSwapCacheLarge(s: State): void {
  swappedOutLarge(s)
  const [head, tail] = s.folio.ids
  const [, first, second] = s.vswap_map.ids
  if (head === undefined || tail === undefined || first === undefined || second === undefined)
    throw new RangeError('two pages and three entries')
  Object.assign(s.folio[head], { life: 'live', _refcount: 2, lru: true, uptodate: true, anon: true, swapcache: true, swap: first, data: 2 })
  Object.assign(s.folio[tail], { life: 'live', compound_head: head, data: 3 })
  for (const entry of [first, second]) {
    s.swapper_space[entry] = head
    s.desc[known(s.vswap_map[entry])].swap_refs += SWAP_CACHE_INC
  }
}

/** The same, and both PTEs map it: the pages were written to since, and the folio backs its entries. */
export function mappedFromSwapCache(s: State): void {
  inSwapCacheLarge(s)
  const [head] = s.folio.ids
  if (head === undefined) throw new RangeError('a folio')
  s.swapper_space.ids.slice(1, 3).forEach((entry, n) => {
    const [desc, page, pte] = [s.desc[known(s.vswap_map[entry])], known(s.folio.ids[n] ?? 0), known(s.pte.ids[n] ?? 0)]
    const slot = known(desc.slot)
    s.swap_map[slot] = '0'
    s.vswap_rmap[slot] = 0
    s.medium[slot] = 0
    desc.type = 'VSWAP_FOLIO'
    store_folio(desc, head)
    desc.swap_refs -= SWAP_COUNT_INC
    Object.assign(s.pte[pte], { kind: 'present', folio: page, entry: 0, exclusive: false, writable: true, dirty: true })
    s.folio[page].anon_exclusive = true
  })
  Object.assign(s.folio[head], { _refcount: 4, _mapcount: 2, dirty: true })
}

/** The same, with the pages in zswap instead of slots. */
export function zswapTail(s: State): void {
  inSwapCacheLarge(s)
  s.zswap = 'on'
  s.zswap_tree.ids.slice(1, 3).forEach((entry, n) => {
    const zentry = known(s.zswap_entry.ids[n] ?? 0)
    const desc = s.desc[known(s.vswap_map[entry])]
    const slot = known(desc.slot)
    const data = s.medium[slot]
    s.swap_map[slot] = '0'
    s.vswap_rmap[slot] = 0
    s.medium[slot] = 0
    desc.type = 'VSWAP_ZSWAP'
    store_zswap_entry(desc, zentry)
    s.zswap_tree[entry] = zentry
    Object.assign(s.zswap_entry[zentry], { life: 'live', in_lru: true, swpentry: entry, data })
  })
}

/** The range is in its slots, and a child that has unmapped the first page holds the second, in a table of its own. */
export function sharedTail(s: State): void {
  swappedOutLarge(s)
  const [head, tail, child] = s.pte.ids
  const entry = s.vswap_map.ids[2]
  if (head === undefined || tail === undefined || child === undefined || entry === undefined) throw new RangeError('three PTEs')
  s.pte[head].exclusive = false
  s.pte[tail].exclusive = false
  Object.assign(s.pte[child], { kind: 'swap', entry, stored: 3 })
  s.desc[known(s.vswap_map[entry])].swap_refs += SWAP_COUNT_INC
}

/** The folio is in the swap cache, and a second address space holds both entries, in the next table. */
export function sharedInSwapCache(s: State): void {
  inSwapCacheLarge(s)
  for (const [n, pte] of s.pte.ids.slice(2, 4).entries()) {
    const [entry, other] = [known(s.vswap_map.ids[n + 1] ?? 0), known(s.pte.ids[n] ?? 0)]
    s.pte[other].exclusive = false
    Object.assign(s.pte[pte], { kind: 'swap', entry, stored: s.pte[other].stored })
    s.desc[known(s.vswap_map[entry])].swap_refs += SWAP_COUNT_INC
  }
}

/** The first virtual slot is taken, by a page of the third PTE: the next page that goes out gets a slot of the range, if one is free. */
export function noSlotBefore(s: State): void {
  const [entry, desc, slot, pte] = [s.vswap_map.ids[0], s.desc.ids[2], s.swap_map.ids[2], s.pte.ids[2]]
  if (entry === undefined || desc === undefined || slot === undefined || pte === undefined) throw new RangeError('three of each')
  s.vswap_map[entry] = desc
  s.vswap_rmap[slot] = entry
  s.swap_map[slot] = 'SWAP_MAP_ALLOCATED'
  s.medium[slot] = 2
  Object.assign(s.desc[desc], { life: 'live', slot, swap_refs: SWAP_COUNT_INC })
  Object.assign(s.pte[pte], { kind: 'swap', entry, stored: 2 })
  for (const cluster of s.vswap_cluster_map.ids.slice(0, 1)) s.vswap_cluster_map[cluster] += 1
}
