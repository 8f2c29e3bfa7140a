/** Each protection of migration in a pair of scenarios, in the way of `protections.ts`. */
import { type Scenario, type ScenarioParts, scenario } from '../../../checker/index.js'
import type { migrate_protections } from '../migrate-fields.js'
import { migrateProperties } from '../migrate-properties.js'
import type { State } from '../state.js'
import { vswap } from '../vswap.js'
import { migratePairs } from './migrate-pairs.js'
import type { Pair } from './pair.js'

interface Protection {
  readonly title: string
  readonly without: (typeof migrate_protections)[number]
  readonly violates: string
  readonly on: Pair
  /** Of the scenario without it: distinct, generated, depth. */
  readonly counts: Pair['counts']
}

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
}

export const scenarios: readonly Scenario[] = Object.entries(list).flatMap(([name, { title, without, violates, on, counts }]) => {
  const { run, init, bounds = {}, unreachable } = on
  const parts = { title, run, init, bounds, properties: migrateProperties } satisfies Partial<ScenarioParts<State>>
  const expected = (verdict: 'violated' | 'holds', [distinct, generated, depth]: Pair['counts']) => ({
    verdict,
    distinct,
    generated,
    depth,
  })
  return [
    scenario(vswap, {
      ...parts,
      name: `${name}+broken`,
      without: [without],
      expect: { ...expected('violated', counts), property: violates },
    }),
    scenario(vswap, { ...parts, name: `${name}+fixed`, unreachable, expect: expected('holds', on.counts) }),
  ]
})
