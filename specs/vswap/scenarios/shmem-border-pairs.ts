/** A hole punch of a file with two large folios, whose borders are in the one and in the other: it begins in the middle of the first, and ends in that of the second. */
import { type Id, known, process, type Scenario } from '../../../checker/index.js'
import { large_shmem_file } from '../large-shmem-get-folio.js'
import { shmem_undo_part } from '../shmem-undo-part.js'
import { type State, SWAP_COUNT_INC } from '../state.js'
import { largeShmemProperties } from './large-shmem-pairs.js'
import { sync } from './large-shmem-states.js'
import { bothSlots, noSwapinError } from './large-shmem-unreachable.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import { heldFolioStays } from './shmem-backing-unreachable.js'
import { reclaim } from './shmem-processes.js'
import { cutAtBorder, keptInPageCache, notInSwapCache, notSynchronous, overBorder, wholeInFile } from './shmem-split-unreachable.js'
import {
  asynchronousWrite,
  entriesSuffice,
  neverInPageCache,
  nodesSuffice,
  notMapped,
  noWrite,
  onlyReads,
  rightZone,
  slotsSuffice,
} from './shmem-unreachable.js'
import { noZswap } from './thp-unreachable.js'
import { swapfileOnly } from './unreachable.js'

const shmem = process('shmem', large_shmem_file, { symmetric: true })
const readSecond = shmem({ index: 2, write: false })
const readThird = shmem({ index: 3, write: false })

/** Of the second and the third page of four. */
const punch = process('punch', shmem_undo_part)({ start: 2, end: 4 })

const bounds = { pte: 4, folio: 4, entry: 5, cluster: 3, desc: 4, slot: 4 }
const contents = [1, 3, 2, 1]

/** Two entries, each over two slots of the mapping, for two swap entries whose physical slots are in a row. */
function out(s: State): void {
  inFile(s)
  for (let n = 0; n < 4; n++) {
    const [entry, desc, slot] = [at(s.vswap_map.ids, n + 1), at(s.desc.ids, n), at(s.swap_map.ids, n)]
    s.vswap_map[entry] = desc
    s.vswap_rmap[slot] = entry
    s.swap_map[slot] = 'SWAP_MAP_ALLOCATED'
    s.medium[slot] = contents[n] ?? 0
    Object.assign(s.desc[desc], { life: 'live', slot, swap_refs: SWAP_COUNT_INC })
    if (n % 2 === 0) Object.assign(s.pte[at(s.pte.ids, n)], { kind: 'swap', entry })
  }
  for (const cluster of s.vswap_cluster_map.ids.slice(1)) s.vswap_cluster_map[cluster] = 2
}

/** Two folios in the page cache, written to. */
function inPageCache(s: State): void {
  inFile(s)
  for (const n of [0, 2]) {
    const [head, tail] = [at(s.folio.ids, n), at(s.folio.ids, n + 1)]
    Object.assign(s.pte[at(s.pte.ids, n)], { kind: 'present', folio: head })
    Object.assign(s.folio[head], { life: 'live', _refcount: 2, lru: true, uptodate: true, dirty: true, pagecache: true, index: n + 1 })
    Object.assign(s.folio[tail], { life: 'live', compound_head: head })
    s.folio[head].data = contents[n] ?? 0
    s.folio[tail].data = contents[n + 1] ?? 0
  }
}

/** The PTEs are slots of a file, and every other one belongs to the entry before it. */
function inFile(s: State): void {
  s.PTRS_PER_PTE = 4
  s.HPAGE_PMD_ORDER = 1
  s.vswap_cluster_map[at(s.vswap_cluster_map.ids, 0)] = 1
  for (const [n, id] of s.pte.ids.entries()) Object.assign(s.pte[id], { kind: n % 2 === 0 ? 'none' : 'sibling', stored: contents[n] ?? 0 })
}

function at<N extends string>(ids: readonly Id<N>[], n: number): Id<N> {
  return known(ids[n] ?? 0)
}

export const shmemBorderPairs = {
  'shmem-border-vs-reclaim': {
    title: 'A hole is punched over two large folios while one of them goes out',
    run: [punch, reclaim],
    init: inPageCache,
    bounds,
    unreachable: {
      ...rightZone,
      ...notMapped,
      ...swapfileOnly('reclaim'),
      ...noZswap('punch'),
      ...notSynchronous('punch'),
      ...noSwapinError,
      ...neverInPageCache,
      ...notInSwapCache('punch'),
      ...cutAtBorder,
      ...nodesSuffice,
      ...bothSlots,
      ...heldFolioStays,
      ...overBorder('punch'),
      ...wholeInFile('punch'),
      ...asynchronousWrite,
      ...entriesSuffice,
      ...slotsSuffice,
    },
    counts: [32_636, 66_223, 224],
  },
} satisfies Readonly<Record<string, Pair>>

const nightly = {
  'shmem-border-vs-direct': {
    title: 'A hole is punched over two large entries while a page of the first is read past the swap cache',
    run: [punch, readSecond],
    init: sync(out),
    bounds,
    unreachable: {
      ...rightZone,
      ...noZswap('punch', 'shmem'),
      ...noSwapinError,
      ...noWrite,
      ...onlyReads,
      ...notInSwapCache('punch'),
      ...cutAtBorder,
      ...keptInPageCache('punch'),
      ...overBorder('punch'),
      ...wholeInFile('punch'),
      'an entry that is cut by itself is not in the swap cache': [
        'punch/free_swap_and_cache_nr.filemap_get_folio',
        'punch/free_swap_and_cache_nr.folio_trylock',
        'punch/free_swap_and_cache_nr.folio_free_swap',
        'punch/free_swap_and_cache_nr.folio_unlock',
        'punch/free_swap_and_cache_nr.folio_put',
        'punch/vswap_swapcache_only.*',
        'punch/folio_free_swap.*',
        'punch/folio_swapped.*',
        'end_swap_bio_write',
      ],
    },
    counts: [479_527, 1_399_164, 292],
  },
  'shmem-border-vs-direct-end': {
    title: 'A hole is punched over two large entries while a page of the second is read past the swap cache',
    run: [punch, readThird],
    init: sync(out),
    bounds,
    unreachable: {
      ...rightZone,
      ...noZswap('punch', 'shmem'),
      ...noSwapinError,
      ...noWrite,
      ...onlyReads,
      ...notInSwapCache('punch'),
      ...cutAtBorder,
      ...keptInPageCache('punch'),
      ...overBorder('punch'),
      ...wholeInFile('punch'),
      'an entry that is cut by itself has no folio to free': [
        'punch/free_swap_and_cache_nr.folio_free_swap',
        'punch/free_swap_and_cache_nr.folio_unlock',
        'punch/free_swap_and_cache_nr.folio_put',
        'punch/folio_free_swap.*',
        'punch/folio_swapped.*',
        'end_swap_bio_write',
      ],
    },
    counts: [276_246, 847_391, 290],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios: readonly Scenario[] = [
  ...pairScenarios(shmemBorderPairs, largeShmemProperties),
  ...pairScenarios(nightly, largeShmemProperties).map((s): Scenario => ({ ...s, set: 'nightly' })),
]
