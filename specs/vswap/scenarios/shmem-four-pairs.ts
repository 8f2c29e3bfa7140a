/** A file with a folio of four pages: what takes a range of entries takes one of four. */
import { type Id, known, process } from '../../../checker/index.js'
import { large_shmem_file } from '../large-shmem-get-folio.js'
import { large_shmem_undo_range } from '../large-shmem-undo-range.js'
import type { State } from '../state.js'
import { largeShmemProperties } from './large-shmem-pairs.js'
import { sync } from './large-shmem-states.js'
import { alone, asynchronous, noSwapinError, onlyReader, splitFirst } from './large-shmem-unreachable.js'
import { mappedLarge, swappedOutLarge } from './large-states.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import { reclaim } from './shmem-processes.js'
import {
  asynchronousWrite,
  cachedByOne,
  entriesSuffice,
  mappingHolds,
  neverInPageCache,
  neverTruncated,
  nodesSuffice,
  noLoad,
  noRead,
  noStore,
  notMapped,
  noWrite,
  readersOnly,
  reclaimKeepsEntry,
  rightZone,
  slotsSuffice,
  truncateFindsNoCache,
  writtenOnce,
  zswapIsOff,
} from './shmem-unreachable.js'

const shmem = process('shmem', large_shmem_file, { symmetric: true })
const readThird = shmem({ index: 3, write: false })
const writeSecond = shmem({ index: 2, write: true })
const truncate = process('truncate', large_shmem_undo_range)({ start: 1 })

/** One folio of four pages, and one of a single page more. */
const bounds = { pte: 4, folio: 5, entry: 7, cluster: 2, desc: 4, slot: 4 }

/** One entry over four slots, for four swap entries whose physical slots are in a row. */
function out(s: State): void {
  swappedOutLarge(s, 4)
  inFile(s)
}

/** The folio is in the page cache, written to. */
function inPageCache(s: State): void {
  mappedLarge(s, 4)
  inFile(s)
  for (const page of s.folio.ids) s.folio[page].anon_exclusive = false
  Object.assign(s.folio[first(s.folio.ids)], { _mapcount: 0, anon: false, dirty: true, pagecache: true, index: 1 })
}

/** The PTEs are slots of a file, and all but the first belong to its entry. */
function inFile(s: State): void {
  s.PTRS_PER_PTE = 4
  for (const id of s.pte.ids) Object.assign(s.pte[id], { exclusive: false, writable: false, dirty: false })
  for (const id of s.pte.ids.slice(1)) Object.assign(s.pte[id], { kind: 'sibling', folio: 0, entry: 0 })
}

function first<N extends string>(ids: readonly Id<N>[]): Id<N> {
  return known(ids[0] ?? 0)
}

export const shmemFourPairs = {
  'shmem-four-direct-vs-truncate': {
    title: 'A file is truncated while its folio of four pages is read past the swap cache',
    run: [readThird, truncate],
    init: sync(out),
    bounds,
    unreachable: {
      ...rightZone,
      ...alone,
      ...truncateFindsNoCache,
      ...zswapIsOff,
      ...noSwapinError,
      ...neverInPageCache,
      ...cachedByOne,
      ...noLoad,
      ...noRead,
      ...noWrite,
      ...readersOnly,
    },
    counts: [69_939, 192_503, 152],
  },
  'shmem-four-vs-truncate': {
    title: 'A file is truncated while its entry of four pages is split',
    run: [readThird, truncate],
    init: out,
    bounds,
    unreachable: {
      ...rightZone,
      ...noWrite,
      ...readersOnly,
      ...neverInPageCache,
      ...splitFirst,
      ...asynchronous,
      ...cachedByOne,
      ...zswapIsOff,
      ...noLoad,
      ...noSwapinError,
      ...mappingHolds,
    },
    counts: [82_836, 255_983, 161],
  },
  'shmem-four-reclaim-vs-write': {
    title: 'A shmem folio of four pages goes out while its second page is written to',
    run: [reclaim, writeSecond],
    init: inPageCache,
    bounds,
    unreachable: {
      ...rightZone,
      ...notMapped,
      ...zswapIsOff,
      ...noStore,
      ...asynchronous,
      ...reclaimKeepsEntry,
      ...noSwapinError,
      ...writtenOnce,
      ...neverTruncated,
      ...noLoad,
      ...nodesSuffice,
      ...onlyReader,
      ...asynchronousWrite,
      ...entriesSuffice,
      ...mappingHolds,
      ...slotsSuffice,
    },
    counts: [4_436, 9_460, 219],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios = pairScenarios(shmemFourPairs, largeShmemProperties)
