/** Each protection of migration in a pair of scenarios, in the way of `protections.ts`. */
import { migrateProperties } from '../migrate-properties.js'
import { migrateCrossPairs } from './migrate-cross-pairs.js'
import { migratePairs } from './migrate-pairs.js'
import { type Protection, protectionPairs } from './protection-pairs.js'

const list: Readonly<Record<string, Protection>> = {
  'migrate-descriptor': {
    title: 'A descriptor refers to a folio that was migrated, and is free',
    without: 'tell the descriptor of the folio that is migrated',
    violates: 'BackingFolioCached',
    on: migratePairs['migrate-swapoff-reclaim'],
    counts: [7_745, 21_287, 52],
  },
  'migrate-dirty': {
    title: 'The folio that alone backs its entry is clean after its migration, and reclaim drops it',
    without: 'move the dirty bit with the folio',
    violates: 'BackingLive',
    on: migratePairs['migrate-folio-vs-reclaim'],
    counts: [195, 360, 30],
  },
  'migrate-writeback': {
    title: 'A folio is migrated, and freed, while zswap writes it back',
    without: 'give up a folio under writeback in migration',
    violates: 'NoDoubleFree',
    on: migratePairs['migrate-vs-shrinker'],
    counts: [331, 672, 58],
  },
  'migrate-fork-readable': {
    title: 'fork copies a migration entry, and the parent may write to the page that its child has, too',
    without: 'make a migration entry readable that is copied',
    violates: 'NoStaleData',
    on: migrateCrossPairs['migrate-fork-write'],
    counts: [854, 1_609, 45],
  },
}

export const scenarios = protectionPairs(list, migrateProperties)
