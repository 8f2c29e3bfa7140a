/** Readahead by a fault while the device is switched off. */
import { process, type Scenario } from '../../../checker/index.js'
import { swapin_readahead } from '../readahead.js'
import { swapoffProperties } from '../swapoff-properties.js'
import { compressed, zswapShrinker } from '../vswap.js'
import { lookedFor, nothingIsFreed, shrinkerAlone, shrinkerFreesNoEntry, shrinkerKeepsCount } from './backing-unreachable.js'
import { neighbour, off, out, readaheadKeepsPin, two } from './cross-processes.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import { entryAndFolioStay, nothingFreed, slotMeansFolio, staysOff, swapoffKeepsPin, swapoffReadsSlots } from './swapoff-unreachable.js'
import { asynchronousWrite, noReclaim, swapfileOnly } from './unreachable.js'
import { watched } from './watched-device.js'

const readahead = process('readahead', swapin_readahead)

export const readaheadSwapoffPairs = {
  'swapoff-vs-readahead': {
    title: 'swapoff while a fault on its neighbour reads the page ahead',
    run: [off, readahead({ entry: 2 })],
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
    counts: [16_591, 39_327, 156],
  },
  'swapoff-readahead-shrinker': {
    title:
      'A fault on a page in zswap finds it on the device, by the shrinker, to read its neighbours ahead, and swapoff takes the device away',
    run: [off, readahead({ entry: 1 }), zswapShrinker({})],
    init: watched((s) => compressed(s, 1)),
    unreachable: {
      ...slotMeansFolio,
      ...swapoffKeepsPin,
      ...staysOff,
      ...entryAndFolioStay,
      ...nothingFreed,
      ...asynchronousWrite,
      ...lookedFor,
      ...shrinkerAlone,
      ...shrinkerFreesNoEntry,
      ...shrinkerKeepsCount,
      'the shrinker finds the entry, and memory': ['zswap shrinker/__read_swap_cache_async.put_and_return'],
      'the device has one slot, that of the fault itself': [
        'swap_cluster_readahead.folio_put',
        'readahead/read_swap_cache_async.*',
        'readahead/__read_swap_cache_async.*',
        'readahead/filemap_get_folio.*',
        'readahead/swp_swapcount.*',
        'readahead/swapcache_prepare.*',
        'readahead/swapcache_clear.*',
        'readahead/vswap_free.*',
        'readahead/vswap_folio_backed.*',
        'readahead/swap_read_folio.*',
        'readahead/swap_zeromap_batch.*',
        'readahead/zswap_load.*',
        'readahead/vswap_store_folio.*',
        'readahead/release_backing.*',
        'readahead/zswap_invalidate.*',
        'readahead/zswap_entry_free.*',
      ],
    },
    counts: [25_403, 74_193, 89],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios: readonly Scenario[] = pairScenarios(readaheadSwapoffPairs, swapoffProperties)
