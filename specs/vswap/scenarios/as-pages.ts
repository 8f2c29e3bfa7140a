/**
 * Scenarios whose protection is out, seen as pages: none of the other properties is asked, and a page turns out not to be what was written to it.
 * One for each kind of process that can do this harm.
 */
import type { Property, Scenario } from '../../../checker/index.js'
import { Refines } from '../refines-page.js'
import type { Pair } from './pair.js'

const counts: Readonly<Record<string, Pair['counts']>> = {
  'zap-ptl+broken': [78, 133, 12],
  'write-error-dirty+broken': [445, 1_273, 50],
  'free-swap-recheck+broken': [288, 489, 42],
  'zswap-load-dirty+broken': [30_739, 88_192, 89],
  'stale-shrinker+rfc-v2': [12_326, 35_742, 88],
  'wp-recount+broken': [156, 275, 17],
  'move-changed-pte+broken': [1_927, 3_591, 75],
  'migrate-dirty+broken': [200, 369, 31],
  'swapoff-dirty+broken': [846, 1_541, 51],
  'swapoff-read-error+rfc-v2': [165, 333, 56],
  'shmem-expected+broken': [1_112, 2_166, 44],
  'shmem-dirty+broken': [20_852, 58_873, 64],
  'large-folio-swapped+broken': [525, 947, 48],
}

export function asPages(scenarios: readonly Scenario[]): readonly Scenario[] {
  return Object.entries(counts).map(([broken, [distinct, generated, depth]]) => {
    const on = scenarios.find((s) => s.name === broken)
    if (on === undefined) throw new Error(`no scenario is called ${broken}`)
    const name = `as-pages-${broken}`
    return {
      ...on,
      name,
      id: `${on.spec.name}/${name}`,
      skip: on.spec.properties.map((p) => p.name),
      properties: [Refines as Property],
      expect: { verdict: 'violated', property: Refines.name, distinct, generated, depth },
    }
  })
}
