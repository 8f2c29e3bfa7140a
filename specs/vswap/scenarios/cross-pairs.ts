/** Pairs of processes that the files of one layer leave to no other: SCENARIOS.md says which pair is where. */
import { type Id, known, process, type Scenario, scenario } from '../../../checker/index.js'
import { mem_cgroup_css_offline } from '../mem-cgroup-css-offline.js'
import { memcgProperties } from '../memcg-properties.js'
import { move_pages_pte } from '../move-pages-pte.js'
import { otherProperties } from '../other-properties.js'
import { read_error } from '../read-error.js'
import { swap_cluster_readahead } from '../readahead.js'
import { type State, SWAP_COUNT_INC } from '../state.js'
import { swapoff } from '../swapoff.js'
import { swapoffProperties } from '../swapoff-properties.js'
import { user_store } from '../user-store.js'
import { compressed, fork, inSwapCache, reclaim, swappedOut, vswap, zap, zswapShrinker } from '../vswap.js'
import { lookedFor, nothingIsFreed, shrinkerAlone, shrinkerFreesNoEntry, shrinkerGivesNothingUp } from './backing-unreachable.js'
import { keptByPte } from './memcg-unreachable.js'
import { ofMemcg } from './of-memcg.js'
import type { Pair } from './pairs.js'
import { read as shmemRead, truncate } from './shmem-processes.js'
import {
  mappingHolds,
  neverInPageCache,
  neverMoved,
  noReadError,
  asynchronous as noShmemDirect,
  readersOnly,
  rightZone,
  zswapIsOff,
} from './shmem-unreachable.js'
import {
  entryAndFolioStay,
  neverWritten,
  nothingFreed,
  reclaimOfUnmapped,
  staysOff,
  swapoffKeepsPin,
  swapoffReadsSlots,
} from './swapoff-unreachable.js'
import {
  asynchronous,
  asynchronousWrite,
  entryIsRead,
  forkOfSwapped,
  nobodyElseFaults,
  noRead,
  noReclaim,
  swapfileOnly,
  writtenOnce,
  zapOfSwapped,
} from './unreachable.js'
import { watched } from './watched-device.js'

const off = process('swapoff', swapoff)({ type: 1, again: false })
const rmdir = process('rmdir', mem_cgroup_css_offline)({ memcg: 1 })
const move = process('uffd', move_pages_pte)({ dst_pte: 2, src_pte: 1 })
const moveBack = process('uffd', move_pages_pte)({ dst_pte: 1, src_pte: 2 })
const readahead = process('readahead', swap_cluster_readahead)({ entry: 2 })
const readError = process('read error', read_error)({})
const store = process('store', user_store)
const shrinker = zswapShrinker({})
const unmap = zap({ pte: 1 })
const second = <N extends string>(ids: readonly Id<N>[]): Id<N> => known(ids[1] ?? 0)

const out = (s: State) => swappedOut(s, 1)
const cached = (s: State) => inSwapCache(s, 1)
const inZswap = (s: State) => compressed(s, 1)
const movable = (start: (s: State) => void) => (s: State) => {
  s.anon_rmap.watched = true
  start(s)
}
/** Entry 2 is swapped out to slot 2, and PTE 2 holds it. */
const neighbour = (start: (s: State) => void) => (s: State) => {
  start(s)
  const [entry, desc, slot, pte] = [second(s.vswap_map.ids), second(s.desc.ids), second(s.swap_map.ids), second(s.pte.ids)]
  s.vswap_map[entry] = desc
  s.vswap_rmap[slot] = entry
  Object.assign(s.desc[desc], { life: 'live', slot, swap_refs: SWAP_COUNT_INC })
  s.swap_map[slot] = 'SWAP_MAP_ALLOCATED'
  s.medium[slot] = 3
  Object.assign(s.pte[pte], { kind: 'swap', entry, exclusive: true, stored: 3 })
}
const two = { entry: 2, desc: 2, slot: 2, pte: 2 }

const readaheadKeepsPin = {
  'readahead finds no entry with a folio alone, and gives no pin back': ['readahead/swapcache_clear.*', 'readahead/release_backing.*'],
}
const readaheadAlone = {
  'nobody else puts a folio in the swap cache': ['readahead/filemap_get_folio.folio_try_get', 'readahead/filemap_get_folio.xas_reload'],
}
const truncatesEntry = {
  'the page is swapped out when it is truncated': [
    'shmem_undo_range.folio_try_get',
    'shmem_undo_range.xas_reload',
    'shmem_undo_range.folio_lock',
    'shmem_undo_range.folio_mapping',
    'shmem_undo_range.filemap_remove_folio',
    'shmem_undo_range.folio_put_refs',
    'shmem_undo_range.folio_unlock',
    'shmem_undo_range.folio_batch_release',
  ],
}

const ofSwapoff = {
  'swapoff-vs-shmem': {
    title: 'swapoff while a shmem page is brought back',
    run: [off, shmemRead],
    init: watched(out),
    unreachable: {
      ...swapoffKeepsPin,
      ...staysOff,
      ...noReclaim,
      ...zswapIsOff,
      'no page is in zswap, and so no folio takes the place of a zswap entry': ['vswap_store_folio.*'],
      ...noReadError,
      ...noShmemDirect,
      ...neverInPageCache,
      ...neverMoved,
      ...mappingHolds,
      ...rightZone,
      ...readersOnly,
      'nobody else changes the mapping': ['shmem_get_folio_gfp.failed', 'shmem_get_folio_gfp.unlock'],
    },
    counts: [12_689, 26_676, 120],
  },
  'swapoff-vs-truncate': {
    title: 'swapoff while a shmem page is truncated',
    run: [off, truncate],
    init: watched(out),
    unreachable: {
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...staysOff,
      ...noReclaim,
      ...swapfileOnly('truncate'),
      ...truncatesEntry,
    },
    counts: [3_494, 7_357, 99],
  },
  'swapoff-vs-store': {
    title: 'swapoff while one of two owners writes to the page',
    run: [off, store({ pte: 1 })],
    init: watched((s) => swappedOut(s, 2)),
    bounds: { pte: 2, folio: 3 },
    unreachable: {
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...staysOff,
      ...noReclaim,
      ...swapfileOnly('store'),
      ...asynchronous,
      ...entryAndFolioStay,
      ...nobodyElseFaults,
      ...nothingIsFreed,
      'the PTE that is written to stays mapped, and the other holds the entry': [
        'do_wp_page.pte_unmap_unlock',
        'store/folio_free_swap.folio_ref_sub',
        'store/swapcache_clear.*',
        'store/release_backing.*',
        'store/vswap_free_nr_any_cache_only.rcu_read_unlock',
      ],
    },
    counts: [14_127, 28_620, 140],
  },
  'swapoff-vs-readahead': {
    title: 'swapoff while a fault on its neighbour reads the page ahead',
    run: [off, readahead],
    init: watched(neighbour(out)),
    bounds: two,
    unreachable: {
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...staysOff,
      ...noReclaim,
      ...swapfileOnly('readahead'),
      ...readaheadKeepsPin,
      ...nothingIsFreed,
      'nobody takes the folio out of the swap cache': ['try_to_unuse.unlock_to_retry', 'try_to_unuse.put_to_retry'],
    },
    counts: [14_366, 33_810, 148],
  },
  'swapoff-vs-move': {
    title: 'swapoff while userfaultfd moves the page',
    run: [off, move],
    init: watched(movable(out)),
    bounds: { pte: 2 },
    unreachable: {
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...staysOff,
      ...noReclaim,
      ...entryAndFolioStay,
      ...nothingFreed,
    },
    counts: [3_299, 6_783, 91],
  },
  'swapoff-read-error-reclaim': {
    title: 'swapoff of a device that cannot be read, while reclaim drops the page',
    run: [off, readError, reclaim({})],
    init: watched(out),
    unreachable: {
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...swapfileOnly('reclaim'),
      ...entryAndFolioStay,
      ...staysOff,
      ...noReclaim,
      ...nothingFreed,
      ...reclaimOfUnmapped,
      ...writtenOnce,
      ...neverWritten,
      'a folio that has no slot gets none from the device that is switched off': [
        'reclaim/swap_writepage.written',
        'reclaim/swap_writepage.folio_unlock',
        'reclaim/vswap_alloc_swap_slot.xa_insert',
        'reclaim/vswap_alloc_swap_slot.write_lock',
        '__swap_writepage.*',
      ],
    },
    counts: [2_576, 6_961, 104],
  },
  'swapoff-read-error-zap': {
    title: 'swapoff of a device that cannot be read, while the page is unmapped',
    run: [off, readError, unmap],
    init: watched(out),
    unreachable: {
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...staysOff,
      ...noReclaim,
      ...swapfileOnly('zap'),
      ...zapOfSwapped,
    },
    counts: [9_077, 26_415, 100],
  },
} satisfies Readonly<Record<string, Pair>>

const ofMemcgs = {
  'memcg-rmdir-vs-swapoff': {
    title: 'A memcg goes away while swapoff takes the slot of an entry of it',
    run: [rmdir, off],
    init: ofMemcg(watched(out), 1),
    unreachable: {
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...staysOff,
      ...noReclaim,
      ...entryAndFolioStay,
      ...nothingFreed,
    },
    counts: [370, 667, 69],
  },
  'memcg-rmdir-vs-shrinker': {
    title: 'A memcg goes away while the shrinker writes a page of it back',
    run: [rmdir, shrinker],
    init: ofMemcg(inZswap, 1),
    unreachable: {
      ...noRead,
      ...asynchronousWrite,
      ...lookedFor,
      ...shrinkerFreesNoEntry,
      ...shrinkerGivesNothingUp,
      ...shrinkerAlone,
      ...nothingFreed,
      ...entryIsRead,
    },
    counts: [188, 310, 44],
  },
  'memcg-rmdir-vs-readahead': {
    title: 'A memcg goes away while a page of it is read ahead',
    run: [rmdir, readahead],
    init: ofMemcg(neighbour(out), 2),
    bounds: two,
    unreachable: {
      ...swapfileOnly('readahead'),
      ...readaheadKeepsPin,
      ...noReclaim,
      ...nothingIsFreed,
      ...entryIsRead,
      ...readaheadAlone,
    },
    counts: [185, 326, 41],
  },
} satisfies Readonly<Record<string, Pair>>

const ofMoves = {
  'move-vs-move': {
    title: 'userfaultfd moves a page there and back',
    run: [move, moveBack],
    init: movable(cached),
    bounds: { pte: 2 },
    unreachable: {
      ...noRead,
      ...noReclaim,
      ...keptByPte,
      'the folio is in the swap cache all the time': ['move_pages_pte.SWAP_HAS_CACHE'],
    },
    counts: [227, 378, 51],
  },
  'move-vs-readahead': {
    title: 'userfaultfd moves a page that a fault on its neighbour reads ahead',
    run: [process('uffd', move_pages_pte)({ dst_pte: 3, src_pte: 1 }), readahead],
    init: movable(neighbour(out)),
    bounds: { ...two, pte: 3 },
    unreachable: {
      ...swapfileOnly('readahead'),
      ...readaheadKeepsPin,
      ...noReclaim,
      ...nothingIsFreed,
      ...entryIsRead,
      ...readaheadAlone,
    },
    counts: [1_439, 2_927, 64],
  },
} satisfies Readonly<Record<string, Pair>>

const others = {
  'zswap-shmem-vs-shrinker': {
    title: 'The shrinker writes a zswap entry back while its shmem page is brought back',
    run: [shmemRead, shrinker],
    init: inZswap,
    unreachable: {
      ...noRead,
      ...asynchronousWrite,
      ...lookedFor,
      ...noReadError,
      ...noShmemDirect,
      ...neverInPageCache,
      ...neverMoved,
      ...mappingHolds,
      ...rightZone,
      ...readersOnly,
      'nobody else changes the mapping': ['shmem_get_folio_gfp.failed', 'shmem_get_folio_gfp.unlock'],
      'a page in a physical slot is in the swap cache': ['shmem/swap_read_folio.submit_bio'],
      'zswap_load() has the entry out of the tree before release_backing() looks': ['shmem/zswap_invalidate.zswap_entry_free'],
      'the pin is not to be had where the zswap entry is gone, but where the folio backs the entry': [
        'zswap_writeback_entry.release_folio',
        'zswap_writeback_entry.folio_unlock',
        'zswap shrinker/delete_from_swap_cache.*',
        'zswap shrinker/release_backing.xa_erase',
        'zswap shrinker/release_backing.swap_slot_tryget_swap_info',
        'zswap shrinker/release_backing.swap_slot_free_nr',
        'zswap shrinker/release_backing.swap_slot_put_swap_info',
        'zswap shrinker/zswap_invalidate.*',
      ],
    },
    counts: [4_653, 9_224, 99],
  },
  'zswap-truncate-vs-shrinker': {
    title: 'The shrinker writes a zswap entry back while its shmem page is truncated',
    run: [truncate, shrinker],
    init: inZswap,
    unreachable: {
      ...noRead,
      ...asynchronousWrite,
      ...lookedFor,
      ...shrinkerFreesNoEntry,
      ...shrinkerGivesNothingUp,
      ...shrinkerAlone,
      ...truncatesEntry,
    },
    counts: [1_146, 2_264, 79],
  },
  'readahead-vs-shrinker': {
    title: 'The shrinker writes a page back next to another, whose fault finds it through the reverse map',
    run: [readahead, shrinker],
    init: neighbour(inZswap),
    bounds: two,
    unreachable: {
      ...noRead,
      ...asynchronousWrite,
      ...lookedFor,
      ...shrinkerFreesNoEntry,
      ...shrinkerGivesNothingUp,
      ...shrinkerAlone,
      ...nothingIsFreed,
      ...readaheadKeepsPin,
      'the page is in the swap cache whenever its slot is in the reverse map': [
        'readahead/__read_swap_cache_async.folio_alloc',
        'readahead/__read_swap_cache_async.swapcache_prepare',
        'readahead/__read_swap_cache_async.prepared',
        'readahead/__read_swap_cache_async.add_to_swap_cache',
        'readahead/__read_swap_cache_async.folio_add_lru',
        'readahead/swp_swapcount.*',
        'readahead/swapcache_prepare.*',
        'readahead/vswap_folio_backed.*',
        'readahead/swap_read_folio.*',
        'readahead/swap_zeromap_batch.*',
        'readahead/zswap_load.*',
        'readahead/vswap_store_folio.*',
        'readahead/zswap_invalidate.*',
        'readahead/zswap_entry_free.*',
      ],
      'the shrinker finds the entry, and memory': ['zswap shrinker/__read_swap_cache_async.put_and_return'],
    },
    counts: [620, 1_218, 55],
  },
  'readahead-vs-readahead': {
    title: 'Two faults on one entry read its neighbour ahead',
    run: [readahead, readahead],
    init: neighbour(out),
    bounds: two,
    unreachable: {
      ...swapfileOnly('readahead'),
      ...readaheadKeepsPin,
      ...noReclaim,
      ...nothingIsFreed,
    },
    counts: [3_564, 7_627, 69],
  },
  'readahead-vs-fork': {
    title: 'A page is read ahead while its owner forks',
    run: [readahead, fork({ src_pte: 1, dst_pte: 3 })],
    init: neighbour(out),
    bounds: { ...two, pte: 3 },
    unreachable: {
      ...swapfileOnly('readahead'),
      ...readaheadKeepsPin,
      ...noReclaim,
      ...nothingIsFreed,
      ...forkOfSwapped,
      ...entryIsRead,
      ...readaheadAlone,
    },
    counts: [460, 924, 48],
  },
  'readahead-vs-read-error': {
    title: 'A page that is read ahead cannot be read',
    run: [readahead, readError],
    init: neighbour(out),
    bounds: two,
    unreachable: {
      ...swapfileOnly('readahead'),
      ...readaheadKeepsPin,
      ...noReclaim,
      ...nothingIsFreed,
      ...entryIsRead,
      ...readaheadAlone,
    },
    counts: [97, 197, 40],
  },
} satisfies Readonly<Record<string, Pair>>

type Properties = NonNullable<Scenario<State>['properties']>
const named = (list: Readonly<Record<string, Pair>>, properties: Properties): readonly Scenario[] =>
  Object.entries(list).map(([name, { counts, ...pair }]) => {
    const [distinct, generated, depth] = counts
    return scenario(vswap, { name, ...pair, properties, expect: { verdict: 'holds', distinct, generated, depth } })
  })

export const scenarios: readonly Scenario[] = [
  ...named(ofSwapoff, swapoffProperties),
  ...named(ofMemcgs, memcgProperties),
  ...named(ofMoves, otherProperties),
  ...named(others, []),
]
