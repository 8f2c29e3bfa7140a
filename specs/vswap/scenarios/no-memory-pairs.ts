/**
 * Allocations that fail where something is to be taken back: a node of the swap cache's xarray, or of vswap_map for a range. Each with its protection.
 */
import { known, process, type Scenario } from '../../../checker/index.js'
import { largeProperties } from '../large-properties.js'
import type { State } from '../state.js'
import { swapoff as swapoff_syscall } from '../swapoff.js'
import { swapoffProperties } from '../swapoff-properties.js'
import { swap_vma_readahead } from '../vma-readahead.js'
import { compressed, fault, mapped, reclaim, swappedOut, zap, zswapShrinker } from '../vswap.js'
import { lookedFor, shrinkerAlone } from './backing-unreachable.js'
import { firstEntryTaken, mappedLarge } from './large-states.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import { type Protection, protectionPairs } from './protection-pairs.js'
import { shrinkerFindsEntry } from './shmem-backing-unreachable.js'
import { noNode } from './shmem-processes.js'
import { staysOff, swapoffReadsSlots } from './swapoff-unreachable.js'
import { noZswap } from './thp-unreachable.js'
import {
  asynchronous,
  asynchronousWrite,
  freeSwapCache,
  noCacheHit,
  noRead,
  noReclaim,
  pinned,
  slotsSuffice,
  swapfileOnly,
  zapOfSwapped,
} from './unreachable.js'
import { watched } from './watched-device.js'

const off = process('swapoff', swapoff_syscall)({ type: 1, again: false })
const readahead = process('vma readahead', swap_vma_readahead)({ start: 3, nr: 1 })
const write = fault({ pte: 1, write: true })

const slotReleased = (kind: string): readonly string[] => [
  `${kind}/release_backing.xa_erase`,
  `${kind}/release_backing.swap_slot_tryget_swap_info`,
  `${kind}/release_backing.swap_slot_free_nr`,
  `${kind}/release_backing.swap_slot_put_swap_info`,
]

/** Of readahead of an entry that it finds in use, or gone. */
const foundInUse = {
  'readahead leaves the folio in the swap cache, and its pin': [
    'vma readahead/swapcache_clear.*',
    'vma readahead/vswap_free.*',
    'vma readahead/release_backing.*',
  ],
}

const noNodePairs = {
  'no-node-reclaim-vs-zap': {
    title: 'A page goes out, or there is no memory for a node of the swap cache, while it is unmapped',
    run: [reclaim({}), zap({ pte: 1 })],
    init: noNode(mapped),
    unreachable: {
      ...asynchronousWrite,
      ...swapfileOnly('reclaim', 'zap'),
      ...noRead,
      ...slotsSuffice,
    },
    counts: [2_282, 4_488, 108],
  },
  'no-node-fault-vs-zap': {
    title: 'A page is faulted in, or there is no memory for a node of the swap cache, while it is unmapped',
    run: [write, zap({ pte: 1 })],
    init: noNode((s) => swappedOut(s, 1)),
    unreachable: {
      ...swapfileOnly('fault', 'zap'),
      ...noReclaim,
      ...asynchronous,
      ...pinned,
      ...noCacheHit,
      'a fault to write takes a folio that it maps alone out of the swap cache': freeSwapCache,
    },
    counts: [2_480, 5_137, 100],
  },
  'no-node-shrinker-vs-zap': {
    title: 'The shrinker writes a page back, or there is no memory for a node of the swap cache, while it is unmapped',
    run: [zswapShrinker({}), zap({ pte: 1 })],
    init: noNode((s) => compressed(s, 1)),
    unreachable: {
      ...asynchronousWrite,
      ...noRead,
      ...zapOfSwapped,
      ...lookedFor,
      ...shrinkerAlone,
      ...shrinkerFindsEntry,
      'the shrinker gives its pin back before it has looked for a slot': slotReleased('zswap shrinker'),
    },
    counts: [1_474, 2_934, 79],
  },
} satisfies Readonly<Record<string, Pair>>

const noNodeSwapoffPairs = {
  'no-node-swapoff-vs-zap': {
    title: 'A device is switched off, or there is no memory for a node of the swap cache, while the page on it is unmapped',
    run: [off, zap({ pte: 1 })],
    init: noNode(watched((s) => swappedOut(s, 1))),
    unreachable: {
      ...swapoffReadsSlots,
      ...swapfileOnly('zap'),
      ...noReclaim,
      ...staysOff,
      ...zapOfSwapped,
    },
    counts: [5_908, 12_460, 99],
  },
} satisfies Readonly<Record<string, Pair>>

const rangePairs = {
  'stale-entry-no-memory-for-range': {
    title:
      'Readahead has read an entry that is freed, and looks at it while a range that has it is allocated, which fails for lack of memory',
    run: [readahead, zap({ pte: 3 }), reclaim({})],
    init: outAtCluster,
    bounds: { pte: 3, folio: 3, entry: 3, cluster: 2, desc: 3, slot: 2 },
    unreachable: {
      ...swapfileOnly('zap', 'reclaim'),
      ...noZswap('vma readahead'),
      ...zapOfSwapped,
      ...asynchronousWrite,
      ...foundInUse,
      'the PTEs hold the entries of the folio to the end': ['reclaim/swap_writepage.folio_unlock', 'reclaim/folio_free_swap.folio_ref_sub'],
    },
    counts: [102_423, 311_907, 176],
  },
} satisfies Readonly<Record<string, Pair>>

/** A folio of two pages is in memory, and the page of the third PTE is out, at the first entry of the cluster that the folio will get. */
function outAtCluster(s: State): void {
  mappedLarge(s, 2)
  firstEntryTaken(s, 2)
  const [first, second] = [known(s.vswap_map.ids[0] ?? 0), known(s.vswap_map.ids[1] ?? 0)]
  const [zeroth, cluster] = [known(s.vswap_cluster_map.ids[0] ?? 0), known(s.vswap_cluster_map.ids[1] ?? 0)]
  s.vswap_map[second] = s.vswap_map[first]
  s.vswap_map[first] = 0
  s.vswap_rmap[known(s.swap_map.ids[0] ?? 0)] = second
  s.pte[known(s.pte.ids[2] ?? 0)].entry = second
  s.vswap_cluster_map[zeroth] = 1
  s.vswap_cluster_map[cluster] = 1
  s.xas_nomem = true
}

const ofNode: Readonly<Record<string, Protection>> = {
  'no-node-pin': {
    title: 'The swap cache has no memory for a node, and the pin of the entry stays',
    without: 'put the pin where the swap cache has no memory',
    violates: 'NoLeak',
    on: noNodePairs['no-node-reclaim-vs-zap'],
    counts: [226, 400, 24],
  },
}

const ofRange: Readonly<Record<string, Protection>> = {
  'alloc-range-no-memory': {
    title: 'vswap_alloc() frees the descriptors of a part of a range, of which readahead with a stale entry has found one (patch 8)',
    without: 'wait for readers before an entry that was shown is given up',
    violates: 'NoUseAfterFree',
    on: rangePairs['stale-entry-no-memory-for-range'],
    missing: 'rfc-v2',
    counts: [9_933, 28_685, 35],
  },
}

export const scenarios: readonly Scenario[] = [
  ...pairScenarios(noNodePairs),
  ...pairScenarios(noNodeSwapoffPairs, swapoffProperties),
  ...protectionPairs(ofNode),
  ...protectionPairs(ofRange, largeProperties).map((s): Scenario => (s.expect.verdict === 'holds' ? { ...s, set: 'nightly' } : s)),
]
