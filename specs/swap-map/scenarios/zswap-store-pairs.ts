/** Pages that zswap does not take: A2.4, A2.5 and A2.12 of the corpus. */
import { reclaim } from '../swap-map.js'
import { cycle, disableZswap, storedAndMapped, unmappedLarge, zswapShrinker } from '../zswap.js'
import { type Protection, protectionPairs } from './pair.js'
import { nobodyElseFaults, noDirectRead, noNewSlot, noRead, reclaimKeepsSlot, shrinkerFreesNoSlot } from './zswap-unreachable.js'

const again = cycle({ pte: 1, write: true })

const list: Readonly<Record<string, Protection>> = {
  'zswap-store-fails-stale': {
    title: 'A page that is in zswap is written to, and zswap does not take it again; the shrinker has the old copy',
    without: 'erase a stale zswap entry where the store fails',
    violates: 'NoStaleData',
    skip: ['BackingLive'],
    zswap: 'v6.14',
    run: [zswapShrinker({}), again],
    init(s) {
      storedAndMapped(s)
      s.zswap = 'unreliable'
    },
    bounds: { zentry: 2 },
    unreachable: { ...noDirectRead, ...nobodyElseFaults, ...noNewSlot, ...reclaimKeepsSlot, ...shrinkerFreesNoSlot },
    broken: [7_811, 15_239, 81],
    counts: [9_906, 19_667, 114],
  },
  'zswap-disabled-stale': {
    title: 'A page that is in zswap is written to, and zswap is switched off before it goes out again; the shrinker has the old copy',
    without: 'erase a stale zswap entry where zswap is disabled',
    violates: 'NoStaleData',
    skip: ['BackingLive'],
    zswap: 'v6.14',
    run: [zswapShrinker({}), again, disableZswap({})],
    init: storedAndMapped,
    bounds: { zentry: 2 },
    unreachable: { ...noDirectRead, ...nobodyElseFaults, ...noNewSlot, ...reclaimKeepsSlot, ...shrinkerFreesNoSlot },
    broken: [12_692, 29_249, 82],
    counts: [16_476, 39_078, 115],
  },
  'zswap-large-store-rollback': {
    title: 'zswap takes the first page of a folio and not the second, and takes back a charge that it has not made',
    without: 'charge each page as it is stored',
    violates: 'NoUnderflow',
    zswap: 'v6.14',
    run: [reclaim({})],
    init: unmappedLarge,
    bounds: { entry: 2, pte: 2, zentry: 2, objcg: 1 },
    unreachable: {
      ...noRead,
      ...noNewSlot,
      ...reclaimKeepsSlot,
      'the folio is unmapped, and nobody looks for it': [
        'shrink_folio_list.folio_mapped',
        'shrink_folio_list.keep_locked',
        'try_to_unmap.*',
        'swap_duplicate.*',
        '__swap_duplicate.*',
      ],
    },
    broken: [59, 60, 23],
    counts: [108, 111, 39],
  },
}

export const scenarios = protectionPairs(list)
