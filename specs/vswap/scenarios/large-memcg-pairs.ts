/** Folios of two pages of a memory cgroup: what is charged and recorded for both pages at once is given back for each by itself. */
import { largeProperties } from '../large-properties.js'
import { memcgProperties } from '../memcg-properties.js'
import type { State } from '../state.js'
import { reclaim, zap } from '../vswap.js'
import { off, rmdir } from './cross-processes.js'
import { inSwapCacheLarge, mappedLarge, twoPages } from './large-states.js'
import { cacheKeepsEntry, lastEntryIsHeld, otherPageIsHeld } from './large-unreachable.js'
import { keptByPte, noSlotToRelease, reclaimIsRefused, staysInSwapCache } from './memcg-unreachable.js'
import { ofMemcg } from './of-memcg.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import { entryAndFolioStay, nothingFreed, slotMeansFolio, staysOff, swapoffKeepsPin } from './swapoff-unreachable.js'
import { asynchronousWrite, noRead, noReclaim, slotsSuffice, stillSwapped, swapfileOnly, writtenOnce, zapOfSwapped } from './unreachable.js'
import { watched } from './watched-device.js'

const pair = (s: State) => mappedLarge(s, 2)
const unmap = zap({ pte: 1 })

/** Of a folio that is refused whole, and of which one page is unmapped. */
export const refusedInCache = {
  ...swapfileOnly('reclaim', 'zap'),
  ...noRead,
  ...keptByPte,
  ...reclaimIsRefused,
  ...staysInSwapCache,
  ...otherPageIsHeld,
  ...noSlotToRelease('reclaim', 'zap'),
  'the swap cache keeps the pins': [
    'shrink_folio_list.page_success_dirty',
    'reclaim/swapcache_clear.*',
    'reclaim/vswap_free.*',
    'zap/vswap_free_nr_any_cache_only.rcu_read_unlock',
    'zap/vswap_free.*',
    'zap/release_backing.*',
  ],
}

export const largeMemcgPairs = {
  'large-memcg-reclaim-vs-zap': {
    title: 'A folio of two pages of a memcg goes out while its first page is unmapped',
    run: [reclaim({}), unmap],
    init: ofMemcg(pair, 2),
    bounds: twoPages,
    unreachable: {
      ...swapfileOnly('reclaim', 'zap'),
      ...asynchronousWrite,
      ...noRead,
      ...slotsSuffice,
      ...otherPageIsHeld,
      ...lastEntryIsHeld,
    },
    counts: [2_372, 4_486, 136],
  },
  'large-swap-max-reclaim-vs-zap': {
    title: 'A folio of two pages is refused where swap.max leaves room for one: it is not split, and stays; its first page is unmapped',
    run: [reclaim({}), unmap],
    init: ofMemcg(pair, 1),
    bounds: twoPages,
    unreachable: {
      ...refusedInCache,
    },
    counts: [1_524, 2_853, 106],
  },
  'large-memcg-rmdir-vs-reclaim': {
    title: 'A memcg goes away while a folio of two pages of it goes out',
    run: [rmdir, reclaim({})],
    init: ofMemcg(pair, 2),
    bounds: twoPages,
    unreachable: {
      ...swapfileOnly('reclaim'),
      ...asynchronousWrite,
      ...noRead,
      ...slotsSuffice,
      ...stillSwapped,
      ...writtenOnce,
      ...keptByPte,
      'nobody else has the folio': ['shrink_folio_list.keep_locked'],
    },
    counts: [448, 688, 112],
  },
  'large-memcg-swapoff-vs-zap': {
    title: 'swapoff takes the slots of a folio of two pages of a memcg, of which one is unmapped',
    run: [off, unmap],
    init: ofMemcg(
      watched((s) => inSwapCacheLarge(s, 2)),
      2,
    ),
    bounds: { ...twoPages, folio: 4 },
    unreachable: {
      ...slotMeansFolio,
      ...swapoffKeepsPin,
      ...zapOfSwapped,
      ...nothingFreed,
      ...entryAndFolioStay,
      ...staysOff,
      ...noReclaim,
      ...cacheKeepsEntry,
    },
    counts: [1_559, 3_016, 84],
  },
} satisfies Readonly<Record<string, Pair>>

export const largeMemcgProperties = [...largeProperties, ...memcgProperties]
export const scenarios = pairScenarios(largeMemcgPairs, largeMemcgProperties)
