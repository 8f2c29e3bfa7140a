/** Three processes that meet on the entries of a folio of two pages. */
import { process, type Scenario, scenario } from '../../../checker/index.js'
import { largeProperties } from '../large-properties.js'
import { migrateProperties } from '../migrate-properties.js'
import { split_folio } from '../split-huge-page.js'
import { swapoff } from '../swapoff.js'
import { swapoffProperties } from '../swapoff-properties.js'
import { reclaim, vswap, zap, zswapShrinker } from '../vswap.js'
import { lookedFor, noZeroes } from './backing-unreachable.js'
import { folioBackedLarge, inSwapCacheLarge, mappedLarge, twoPages } from './large-states.js'
import { deviceTakesNoPage, folioBacksAll, lastEntryIsHeld } from './large-unreachable.js'
import { migrate } from './migrate-pairs.js'
import { neverMapped, referencedFolioStays } from './migrate-unreachable.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import { neverWritten, nothingFreed, reclaimOfUnmapped, staysOff, swapoffKeepsPin, swapoffReadsSlots } from './swapoff-unreachable.js'
import { asynchronousWrite, noRead, slotsSuffice, stillSwapped, swapfileOnly, writtenOnce, zapOfSwapped } from './unreachable.js'
import { watched } from './watched-device.js'

const split = process('split', split_folio)({})
const off = process('swapoff', swapoff)({ type: 1, again: false })

export const largeThreeWay = {
  'large-zswap-reclaim-zap-shrinker': {
    title:
      'A folio of two pages goes to zswap, whole, in part or not at all; its first page is unmapped, and the shrinker comes to one of its zswap entries',
    run: [reclaim({}), zap({ pte: 1 }), zswapShrinker({})],
    init(s) {
      mappedLarge(s, 2)
      s.zswap = 'unreliable'
    },
    bounds: { ...twoPages, zentry: 2 },
    unreachable: {
      ...lookedFor,
      ...noZeroes,
      ...asynchronousWrite,
      ...lastEntryIsHeld,
      ...noRead,
      ...slotsSuffice,
      'reclaim comes once, to the folio of both pages, and the PTE of the other page keeps its entry': [
        'reclaim/folio_free_swap.folio_ref_sub',
      ],
      'the shrinker gives an entry up where its zswap entry is gone: a slot or a folio is behind it': ['zswap shrinker/zswap_invalidate.*'],
    },
    counts: [110_206, 303_504, 177],
  },
  'large-split-reclaim-zap': {
    title:
      'A folio that backs its entries is split while it, or a page that was split off, goes out, and a PTE that holds an entry is unmapped',
    run: [split, reclaim({}), zap({ pte: 2 })],
    init: (s) => folioBackedLarge(s, 2),
    bounds: twoPages,
    unreachable: {
      ...swapfileOnly('reclaim', 'zap'),
      ...folioBacksAll('split'),
      ...zapOfSwapped,
      ...asynchronousWrite,
      ...noRead,
      ...slotsSuffice,
    },
    counts: [50_740, 152_869, 167],
  },
  'large-migrate-reclaim-zap': {
    title: 'A folio that backs its entries is migrated while it goes out, and a PTE that holds an entry is unmapped',
    run: [migrate, reclaim({}), zap({ pte: 2 })],
    init: (s) => folioBackedLarge(s, 2),
    bounds: { ...twoPages, folio: 4 },
    unreachable: {
      ...swapfileOnly('reclaim', 'zap'),
      ...zapOfSwapped,
      ...asynchronousWrite,
      ...noRead,
      ...slotsSuffice,
      'reclaim has unmapped the first page when it writes, and the PTE holds its entry': [
        'reclaim/swap_writepage.folio_unlock',
        'reclaim/folio_free_swap.folio_ref_sub',
      ],
    },
    counts: [21_101, 68_349, 150],
  },
} satisfies Readonly<Record<string, Pair>>

const largeThreeWayProperties = [...largeProperties, ...migrateProperties]

export const scenarios: readonly Scenario[] = [
  ...pairScenarios(largeThreeWay, largeThreeWayProperties),
  scenario(vswap, {
    name: 'large-migrate-swapoff-reclaim',
    title: 'A folio of two pages is migrated once its device was switched off, and reclaim writes it out',
    set: 'nightly',
    run: [migrate, off, reclaim({})],
    init: watched((s) => inSwapCacheLarge(s, 2)),
    bounds: { ...twoPages, folio: 4 },
    properties: [...largeThreeWayProperties, ...swapoffProperties],
    unreachable: {
      ...reclaimOfUnmapped,
      ...swapfileOnly('reclaim'),
      ...neverMapped,
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...deviceTakesNoPage,
      ...writtenOnce,
      ...stillSwapped,
      ...neverWritten,
      ...referencedFolioStays,
      ...staysOff,
      ...nothingFreed,
    },
    expect: { verdict: 'holds', distinct: 73_814, generated: 195_302, depth: 155 },
  }),
]
