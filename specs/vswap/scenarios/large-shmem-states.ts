/** Who meets on a file with a large folio, and where it starts: two pages, whose slots in the mapping are the PTEs 1 and 2. */
import { type Id, known, process } from '../../../checker/index.js'
import { large_shmem_file } from '../large-shmem-get-folio.js'
import { large_shmem_undo_range } from '../large-shmem-undo-range.js'
import { shmem_punch_hole } from '../shmem-punch-hole.js'
import { shmem_split_large_entry } from '../shmem-split-large-entry.js'
import { type State, SWAP_CACHE_INC } from '../state.js'
import { store_folio, store_zswap_entry } from '../swp-desc.js'
import { inSwapCacheLarge, mappedLarge, swappedOutLarge, twoPages } from './large-states.js'

const shmem = process('shmem', large_shmem_file, { symmetric: true })
export const readHead = shmem({ index: 1, write: false })
export const readTail = shmem({ index: 2, write: false })
export const writeHead = shmem({ index: 1, write: true })
export const writeTail = shmem({ index: 2, write: true })
export const truncate = process('truncate', large_shmem_undo_range)({ start: 1 })

/** Of the second page. */
export const punch = process('punch', shmem_punch_hole)({ index: 2 })

/** A fault on the second page, as far as it splits the entry: it may rest there for as long as it likes. */
export const split = process('split', shmem_split_large_entry)({ index: 2, swap: 2 })

/** A folio of two pages, and one of a single page more. */
export const bounds = twoPages

/** One entry over both slots, for two swap entries whose physical slots are in a row. */
export function out(s: State): void {
  swappedOutLarge(s, 2)
  inFile(s)
}

/** The same, with the pages in zswap instead of slots. */
export function zswapped(s: State): void {
  out(s)
  s.zswap = 'on'
  for (const n of [0, 1]) {
    const [entry, desc, slot, zentry] = [at(s.vswap_map.ids, n + 1), at(s.desc.ids, n), at(s.swap_map.ids, n), at(s.zswap_entry.ids, n)]
    const data = s.medium[slot]
    s.vswap_rmap[slot] = 0
    s.swap_map[slot] = '0'
    s.medium[slot] = 0
    s.desc[desc].type = 'VSWAP_ZSWAP'
    store_zswap_entry(s.desc[desc], zentry)
    s.zswap_tree[entry] = zentry
    Object.assign(s.zswap_entry[zentry], { life: 'live', in_lru: true, swpentry: entry, data })
  }
}

/** One entry over both slots, as before, and the folio is in the swap cache. */
export function cached(s: State): void {
  inSwapCacheLarge(s, 2)
  inFile(s)
  s.folio[at(s.folio.ids, 0)].anon = false
}

/** The folio is in the page cache, written to. */
export function inPageCache(s: State): void {
  mappedLarge(s, 2)
  inFile(s)
  const folio = s.folio[at(s.folio.ids, 0)]
  for (const page of s.folio.ids) s.folio[page].anon_exclusive = false
  Object.assign(folio, { _mapcount: 0, anon: false, dirty: true, pagecache: true, index: 1 })
}

/** The same, in a folio for each page. */
export function inPageCacheApart(s: State): void {
  inPageCache(s)
  const [head, tail] = [s.folio[at(s.folio.ids, 0)], s.folio[at(s.folio.ids, 1)]]
  head._refcount = 1
  Object.assign(tail, { compound_head: 0, _refcount: 1, lru: true, uptodate: true, dirty: true, pagecache: true, index: 2 })
  Object.assign(s.pte[at(s.pte.ids, 1)], { kind: 'present', folio: at(s.folio.ids, 1) })
}

/** The first page alone is in the swap cache, in a folio of its own, as readahead leaves it. */
export const headCached = (s: State) => readAhead(s, 0)
/** The same of the second page. */
export const tailCached = (s: State) => readAhead(s, 1)

/**
 * After a swapoff, which brings the pages in one by one: the second is in the swap cache, in a folio of its own that backs its entry, and the first has gone
 * out again, to the second slot.
 */
export function apart(s: State): void {
  tailCached(s)
  const [first, second] = [at(s.swap_map.ids, 0), at(s.swap_map.ids, 1)]
  const [head, tail] = [s.desc[at(s.desc.ids, 0)], s.desc[at(s.desc.ids, 1)]]
  tail.type = 'VSWAP_FOLIO'
  store_folio(tail, at(s.folio.ids, 2))
  s.folio[at(s.folio.ids, 2)].dirty = true
  head.slot = second
  s.vswap_rmap[second] = s.vswap_rmap[first]
  s.medium[second] = s.medium[first]
  s.vswap_rmap[first] = 0
  s.medium[first] = 0
  s.swap_map[first] = '0'
}

function readAhead(s: State, n: number): void {
  out(s)
  const [entry, desc, folio] = [at(s.vswap_map.ids, n + 1), at(s.desc.ids, n), at(s.folio.ids, 2)]
  s.swapper_space[entry] = folio
  s.desc[desc].swap_refs += SWAP_CACHE_INC
  const data = s.medium[at(s.swap_map.ids, n)]
  Object.assign(s.folio[folio], { life: 'live', _refcount: 1, lru: true, uptodate: true, swapcache: true, swap: entry, data })
}

/** The same, on a synchronous device. */
export const sync = (start: (s: State) => void) => (s: State) => {
  s.SWP_SYNCHRONOUS_IO = true
  start(s)
}

/** The PTEs are slots of a file, and the second belongs to the entry of the first. */
function inFile(s: State): void {
  s.PTRS_PER_PTE = 2
  for (const id of s.pte.ids) Object.assign(s.pte[id], { exclusive: false, writable: false, dirty: false })
  Object.assign(s.pte[at(s.pte.ids, 1)], { kind: 'sibling', folio: 0, entry: 0 })
}

function at<N extends string>(ids: readonly Id<N>[], n: number): Id<N> {
  return known(ids[n] ?? 0)
}
