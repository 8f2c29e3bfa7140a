/** A large shmem folio that lies in a zone which the mapping does not take, and one of a memory cgroup that is brought in. */
import { type Id, known } from '../../../checker/index.js'
import { memcgProperties } from '../memcg-properties.js'
import { migrateProperties } from '../migrate-properties.js'
import type { State } from '../state.js'
import { store_folio } from '../swp-desc.js'
import { rmdir } from './cross-processes.js'
import { largeShmemProperties } from './large-shmem-pairs.js'
import { bounds, cached, out, readHead, readTail, sync, truncate, writeTail } from './large-shmem-states.js'
import { alone, asynchronous, bothSlots, neverRead, neverSplit, noSwapinError, onlyReader } from './large-shmem-unreachable.js'
import { folioBacksAll, noIo } from './large-unreachable.js'
import { migrate } from './migrate-pairs.js'
import { neverClean, neverMapped } from './migrate-unreachable.js'
import { ofMemcg } from './of-memcg.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import { neverFails } from './shmem-backing-unreachable.js'
import { reclaim, wrongZone } from './shmem-processes.js'
import { punch } from './shmem-split-pairs.js'
import {
  cutAtBorder,
  cutInMemory,
  cutWithItsNeighbour,
  firstToLook,
  folioKeepsPin,
  keptInPageCache,
  noEntryInSecondPass,
  noLoadByCut,
  notInSwapCache,
  overBorder,
  wholeInFile,
} from './shmem-split-unreachable.js'
import {
  neverInPageCache,
  neverMoved,
  neverWrittenBack,
  nodesSuffice,
  noRead,
  noStore,
  notMapped,
  onlyReads,
  reclaimKeepsEntry,
  rightZone,
  slotsSuffice,
  truncateFindsNoCache,
  truncateOfCached,
  writtenOnce,
  zswapIsOff,
} from './shmem-unreachable.js'
import { noZswap, pastSwapCache } from './thp-unreachable.js'
import { noReclaim, onlyDirectReads, swapfileOnly } from './unreachable.js'

/** Of a folio that alone backs its entries. */
const inMemory = { ...noIo, ...asynchronous, ...neverRead, ...neverSplit, ...noSwapinError, ...noZswap('shmem'), ...folioKeepsPin('shmem') }

/** Of a folio that is read past the swap cache. */
const past = { ...alone, ...rightZone, ...noSwapinError, ...neverInPageCache, ...noRead, ...firstToLook('shmem'), ...onlyReads }
/** The same, of one whose entry nobody splits. */
const readWhole = {
  ...past,
  ...noZswap('shmem'),
  ...folioKeepsPin('shmem'),
  'nobody else has a page of the range': [
    'shmem_get_folio_gfp.shmem_split_large_entry',
    'shmem_get_folio_gfp.split',
    'shmem_split_large_entry.*',
  ],
}

export const largeShmemReplacePairs = {
  'shmem-large-replace-vs-write': {
    title: 'A large shmem folio is replaced in the swap cache by one thread, while another writes to its second page',
    run: [readHead, writeTail],
    init: wrongZone(backed),
    bounds: { ...bounds, folio: 5 },
    unreachable: { ...inMemory, ...folioBacksAll('shmem'), ...bothSlots },
    counts: [4_601, 10_306, 85],
  },
  'shmem-large-replace-vs-truncate': {
    title: 'A large shmem folio is replaced in the swap cache while the file is truncated',
    run: [readTail, truncate],
    init: wrongZone(backed),
    bounds: { ...bounds, folio: 5 },
    unreachable: { ...inMemory, ...folioBacksAll('shmem', 'truncate'), ...onlyReads, ...neverInPageCache, ...truncateOfCached },
    counts: [4_357, 9_392, 96],
  },
  'shmem-large-replace-vs-reclaim': {
    title: 'A large shmem folio that alone backs its entries is replaced in the swap cache while it goes out',
    run: [readTail, reclaim],
    init: wrongZone(backed),
    bounds: { ...bounds, folio: 5 },
    unreachable: {
      ...inMemory,
      ...folioBacksAll('shmem', 'reclaim'),
      ...onlyReads,
      ...neverInPageCache,
      ...onlyReader,
      ...neverMoved,
      ...neverFails,
      ...notMapped,
      ...nodesSuffice,
      ...noStore,
      ...neverWrittenBack,
      ...neverClean,
      ...reclaimKeepsEntry,
      'the folio over both slots stays in the swap cache until it takes the place of their entry': [
        'shmem_get_folio_gfp.synchronous_io',
        'shmem_get_folio_gfp.shmem_split_large_entry',
        'shmem_get_folio_gfp.split',
        'shmem_split_large_entry.*',
      ],
    },
    counts: [1_545, 3_485, 136],
  },
  'shmem-large-replace-migrate': {
    title: 'A large shmem folio is replaced in the swap cache, truncated before it comes to the page cache, and migrated',
    run: [readTail, truncate, migrate],
    init: wrongZone(backed),
    bounds: { ...bounds, folio: 7 },
    unreachable: {
      ...inMemory,
      ...folioBacksAll('shmem', 'truncate'),
      ...onlyReads,
      ...neverInPageCache,
      ...truncateOfCached,
      ...neverMapped,
    },
    counts: [125_134, 401_729, 117],
  },
} satisfies Readonly<Record<string, Pair>>

export const largeShmemMemcgPairs = {
  'shmem-large-memcg-rmdir-vs-direct': {
    title: 'A memcg goes away while a large shmem folio of it is read past the swap cache',
    run: [rmdir, readTail],
    init: ofMemcg(sync(out), 2),
    bounds,
    unreachable: { ...noReclaim, ...readWhole, ...onlyReader, ...neverMoved, ...neverFails, ...onlyDirectReads },
    counts: [500, 884, 95],
  },
  'shmem-large-memcg-direct-vs-truncate': {
    title: 'A large shmem folio of a memcg is read past the swap cache while the file is truncated',
    run: [readTail, truncate],
    init: ofMemcg(sync(out), 2),
    bounds,
    unreachable: { ...noReclaim, ...past, ...truncateFindsNoCache, ...zswapIsOff, ...noLoadByCut('shmem') },
    counts: [11_028, 24_053, 106],
  },
  'shmem-large-memcg-rmdir-direct-vs-reclaim': {
    title: 'A large shmem folio of a memcg that goes away is read past the swap cache, and goes out again',
    run: [rmdir, readTail, reclaim],
    init: ofMemcg(sync(out), 2),
    bounds,
    unreachable: {
      ...readWhole,
      ...onlyReader,
      ...neverMoved,
      ...neverFails,
      ...onlyDirectReads,
      ...notMapped,
      ...swapfileOnly('reclaim'),
      ...nodesSuffice,
      ...slotsSuffice,
      ...reclaimKeepsEntry,
      ...writtenOnce,
    },
    counts: [3_119, 8_557, 193],
  },
  'shmem-large-memcg-punch-vs-rmdir': {
    title: 'The first page of a large shmem entry of a memcg is cut out while the memcg goes away',
    run: [punch, rmdir],
    init: ofMemcg(sync(out), 2),
    bounds,
    unreachable: {
      'nobody else has the file: the punch brings the folio in whole, past the swap cache': [
        'punch/shmem_undo_range.folio_trylock',
        'punch/shmem_undo_range.put',
        'punch/shmem_get_partial_folio.folio_try_get',
        'punch/shmem_get_partial_folio.xas_reload',
        'punch/shmem_get_partial_folio.folio_lock',
        'punch/shmem_get_partial_folio.folio_mapping',
        'punch/shmem_get_folio_gfp.shmem_split_large_entry',
        'punch/shmem_get_folio_gfp.split',
        'punch/shmem_get_folio_gfp.folio_put_new',
        'punch/shmem_get_folio_gfp.shmem_swapin_cluster',
        'punch/shmem_split_large_entry.*',
        'punch/read_swap_cache_async.*',
        'punch/__read_swap_cache_async.*',
        'punch/swp_swapcount.*',
        'punch/split_huge_page_to_list_to_order.fail',
        'punch/delete_from_swap_cache.*',
        'punch/shmem_get_folio_gfp.failed',
      ],
      ...rightZone,
      ...noSwapinError,
      ...noIo,
      ...noZswap('punch'),
      ...pastSwapCache('punch'),
      ...cutInMemory('punch'),
      ...notInSwapCache('punch'),
      ...neverInPageCache,
      ...onlyReader,
      ...neverMoved,
      ...neverFails,
      ...cutAtBorder,
      ...keptInPageCache('punch'),
      ...cutWithItsNeighbour,
      ...folioKeepsPin('punch'),
      ...noEntryInSecondPass,
      ...overBorder('punch'),
      ...wholeInFile('punch'),
    },
    counts: [1_044, 2_295, 124],
  },
} satisfies Readonly<Record<string, Pair>>

/** The folio alone backs its entries: zswap has refused it, and no slots may take its place. */
function backed(s: State): void {
  cached(s)
  s.no_zswap_writeback = true
  for (const n of [0, 1]) {
    const [desc, slot] = [s.desc[at(s.desc.ids, n)], at(s.swap_map.ids, n)]
    desc.type = 'VSWAP_FOLIO'
    store_folio(desc, at(s.folio.ids, 0))
    s.vswap_rmap[slot] = 0
    s.swap_map[slot] = '0'
    s.medium[slot] = 0
  }
  s.folio[at(s.folio.ids, 0)].dirty = true
}

function at<N extends string>(ids: readonly Id<N>[], n: number): Id<N> {
  return known(ids[n] ?? 0)
}

export const scenarios = [
  ...pairScenarios(largeShmemReplacePairs, [...largeShmemProperties, ...migrateProperties]),
  ...pairScenarios(largeShmemMemcgPairs, [...largeShmemProperties, ...memcgProperties]),
]
