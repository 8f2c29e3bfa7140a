/** A read past the swap cache of two pages at once that fails: of a large fault, which ends in SIGBUS, and of a large shmem folio, whose pages are lost. */
import { process } from '../../../checker/index.js'
import { direct_read_error } from '../read-error.js'
import { Refines } from '../refines-page.js'
import { thpFault } from '../thp.js'
import { thpProperties } from '../thp-properties.js'
import { zap } from '../vswap.js'
import { largeShmemProperties } from './large-shmem-pairs.js'
import { bounds, out, readHead, split, sync, truncate } from './large-shmem-states.js'
import { alone, bothSlots } from './large-shmem-unreachable.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import { type Protection, protectionPairs } from './protection-pairs.js'
import {
  cachedByOne,
  neverInPageCache,
  noLoad,
  noRead,
  noWrite,
  readersOnly,
  rightZone,
  truncateFindsNoCache,
  zswapIsOff,
} from './shmem-unreachable.js'
import { swappedOutLarge, twoPtes } from './thp-states.js'
import { noReadahead, nothingCached, noZswap, noZswapToFree, pastSwapCache, pinnedFault } from './thp-unreachable.js'
import { freeSwapCache, noReclaim } from './unreachable.js'

const readError = process('read error', direct_read_error)({})

const T = 'thp fault'
const alwaysDirect = {
  'there is memory, so the thread reads past the swap cache, whether it finds the entry split or not': [
    'shmem/shmem_get_folio_gfp.shmem_split_large_entry',
    'shmem/shmem_get_folio_gfp.split',
    'shmem/shmem_get_folio_gfp.shmem_swapin_cluster',
    'shmem/shmem_split_large_entry.*',
    'shmem/delete_from_swap_cache.*',
    'shmem/read_swap_cache_async.*',
    'shmem/__read_swap_cache_async.*',
    'shmem/swp_swapcount.*',
  ],
}

const ofFaults: Readonly<Record<string, Pair>> = {
  'thp-read-error-vs-zap': {
    title: 'Two pages that are faulted in at once cannot be read, while the second is unmapped',
    run: [thpFault({ pte: 1, write: true, order_nr: 2 }), zap({ pte: 2 }), readError],
    init: swappedOutLarge,
    bounds: twoPtes,
    unreachable: {
      ...noReclaim,
      ...pastSwapCache(T),
      ...noReadahead(T),
      ...noZswap(T),
      ...noZswapToFree('zap'),
      ...pinnedFault(T),
      ...nothingCached('zap'),
      'no folio is in the swap cache': freeSwapCache,
    },
    counts: [3_872, 9_117, 143],
  },
}

const ofFiles = {
  'shmem-large-read-error-vs-split': {
    title: 'A large shmem folio cannot be read while its entry is split',
    run: [readHead, split, readError],
    init: sync(out),
    bounds,
    unreachable: {
      ...rightZone,
      ...zswapIsOff,
      ...neverInPageCache,
      ...cachedByOne,
      ...noLoad,
      ...bothSlots,
      ...noRead,
      ...noWrite,
      ...readersOnly,
      ...alwaysDirect,
    },
    counts: [1_212, 2_607, 88],
  },
  'shmem-large-read-error-vs-truncate': {
    title: 'A large shmem folio cannot be read while the file is truncated',
    run: [readHead, truncate, readError],
    init: sync(out),
    bounds,
    unreachable: {
      ...rightZone,
      ...alone,
      ...truncateFindsNoCache,
      ...zswapIsOff,
      ...neverInPageCache,
      ...cachedByOne,
      ...noLoad,
      ...noRead,
      ...noWrite,
      ...readersOnly,
    },
    counts: [22_029, 57_543, 99],
  },
} satisfies Readonly<Record<string, Pair>>

const protections: Readonly<Record<string, Protection>> = {
  'shmem-large-poison': {
    title:
      'A large entry is split while its folio cannot be read: one page is known to be lost, and the entries of both are freed (mm/shmem.c)',
    without: 'poison the whole range of a folio that was not read',
    violates: 'Refines',
    on: ofFiles['shmem-large-read-error-vs-split'],
    missing: 'rfc-v2',
    properties: [...largeShmemProperties, Refines],
    counts: [1_047, 2_098, 79],
  },
}

export const scenarios = [
  ...pairScenarios(ofFaults, thpProperties),
  ...pairScenarios(ofFiles, largeShmemProperties),
  ...protectionPairs(protections, largeShmemProperties),
]
