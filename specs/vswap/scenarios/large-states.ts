/** Where scenarios of large folios start: a folio of two to four pages, each mapped by a PTE of its own. */
import { type Id, known } from '../../../checker/index.js'
import { type State, SWAP_CACHE_INC, SWAP_COUNT_INC } from '../state.js'
import { store_folio } from '../swp-desc.js'
import { vswap_cluster_size } from '../vswap-cluster.js'

/** What the owner of each page has stored: neighbours differ, so that a page that takes the place of another is noticed. */
const contents = [1, 3, 2, 1]

/** The domains that hold one folio of two pages, out of the swap cache or in it, next to nothing else. A cluster has two virtual slots. */
export const twoPages = { pte: 2, folio: 3, entry: 3, cluster: 2, desc: 2, slot: 2 }

/** The first page of a folio of `nr` pages is the one after so many pages, and so are the PTEs that map them. */
export function mappedLarge(s: State, nr: number, after = 0): void {
  s.HPAGE_PMD_ORDER = nr > 2 ? 2 : 1
  s.vswap_cluster_map[nthOf(s.vswap_cluster_map.ids, 0)] = 1
  const head = nthOf(s.folio.ids, after)
  for (let n = 0; n < nr; n++) {
    const page = nthOf(s.folio.ids, after + n)
    const stored = contents[n] ?? 1
    Object.assign(s.folio[page], { life: 'live', compound_head: n === 0 ? 0 : head, anon_exclusive: true, data: stored })
    Object.assign(s.pte[nthOf(s.pte.ids, after + n)], { kind: 'present', folio: page, writable: true, dirty: true, stored })
  }
  Object.assign(s.folio[head], { _refcount: nr, _mapcount: nr, lru: true, uptodate: true, anon: true })
}

/** The same, out: `nr` entries of cluster 1, with the first slots behind them, which the first PTEs hold. */
export function swappedOutLarge(s: State, nr: number): void {
  mappedLarge(s, nr)
  const first = vswap_cluster_size(s) - 1
  s.vswap_cluster_map[nthOf(s.vswap_cluster_map.ids, 1)] = nr
  for (let n = 0; n < nr; n++) {
    const [entry, desc, slot] = [nthOf(s.vswap_map.ids, first + n), nthOf(s.desc.ids, n), nthOf(s.swap_map.ids, n)]
    const page = s.folio[nthOf(s.folio.ids, n)]
    s.vswap_map[entry] = desc
    s.vswap_rmap[slot] = entry
    s.swap_map[slot] = 'SWAP_MAP_ALLOCATED'
    s.medium[slot] = page.data
    Object.assign(s.desc[desc], { life: 'live', slot, swap_refs: SWAP_COUNT_INC })
    Object.assign(s.pte[nthOf(s.pte.ids, n)], { kind: 'swap', folio: 0, entry, exclusive: true, writable: false, dirty: false })
    Object.assign(page, { life: 'free', compound_head: 0, anon_exclusive: false, data: 0 })
  }
  Object.assign(s.folio[nthOf(s.folio.ids, 0)], { _refcount: 0, _mapcount: 0, lru: false, uptodate: false, anon: false })
}

/** The same, with the folio in the swap cache, clean, and no PTE mapping it. */
export function inSwapCacheLarge(s: State, nr: number): void {
  swappedOutLarge(s, nr)
  const head = nthOf(s.folio.ids, 0)
  for (let n = 0; n < nr; n++) {
    const entry = nthOf(s.vswap_map.ids, vswap_cluster_size(s) - 1 + n)
    s.swapper_space[entry] = head
    s.desc[nthOf(s.desc.ids, n)].swap_refs += SWAP_CACHE_INC
    const data = s.medium[nthOf(s.swap_map.ids, n)]
    Object.assign(s.folio[nthOf(s.folio.ids, n)], { life: 'live', compound_head: n === 0 ? 0 : head, data })
  }
  const swap = nthOf(s.vswap_map.ids, vswap_cluster_size(s) - 1)
  Object.assign(s.folio[head], { _refcount: nr, lru: true, uptodate: true, swapcache: true, anon: true, swap })
}

/** In the swap cache, dirty, with no slots: the folio backs its entries. The first page is mapped by its PTE, which alone has a reference to it. */
export function folioBackedLarge(s: State, nr: number): void {
  inSwapCacheLarge(s, nr)
  const [head, pte] = [nthOf(s.folio.ids, 0), nthOf(s.pte.ids, 0)]
  for (let n = 0; n < nr; n++) {
    const [desc, slot] = [s.desc[nthOf(s.desc.ids, n)], nthOf(s.swap_map.ids, n)]
    desc.type = 'VSWAP_FOLIO'
    store_folio(desc, head)
    s.vswap_rmap[slot] = 0
    s.swap_map[slot] = '0'
    s.medium[slot] = 0
  }
  s.desc[nthOf(s.desc.ids, 0)].swap_refs -= SWAP_COUNT_INC
  Object.assign(s.pte[pte], { kind: 'present', folio: head, entry: 0, exclusive: false, writable: true, dirty: true })
  Object.assign(s.folio[head], { _refcount: nr + 1, _mapcount: 1, dirty: true, anon_exclusive: true })
}

/** A page of its own, likewise. */
export function mappedSmall(s: State, after: number): void {
  const page = nthOf(s.folio.ids, after)
  Object.assign(s.folio[page], {
    life: 'live',
    _refcount: 1,
    _mapcount: 1,
    lru: true,
    uptodate: true,
    anon: true,
    anon_exclusive: true,
    data: 1,
  })
  Object.assign(s.pte[nthOf(s.pte.ids, after)], { kind: 'present', folio: page, writable: true, dirty: true, stored: 1 })
}

/** Entry 1 is swapped out to slot 1, and the PTE after so many holds it: the virtual slot of cluster 0 is taken. */
export function firstEntryTaken(s: State, after: number): void {
  const [entry, desc, slot] = [nthOf(s.vswap_map.ids, 0), nthOf(s.desc.ids, 0), nthOf(s.swap_map.ids, 0)]
  s.vswap_map[entry] = desc
  s.vswap_rmap[slot] = entry
  s.swap_map[slot] = 'SWAP_MAP_ALLOCATED'
  s.medium[slot] = 2
  Object.assign(s.desc[desc], { life: 'live', slot, swap_refs: SWAP_COUNT_INC })
  Object.assign(s.pte[nthOf(s.pte.ids, after)], { kind: 'swap', entry, stored: 2 })
  s.vswap_cluster_map[nthOf(s.vswap_cluster_map.ids, 0)] = 2
}

/** @param n from 0 */
export function nthOf<N extends string>(ids: readonly Id<N>[], n: number): Id<N> {
  return known(ids[n] ?? 0)
}
