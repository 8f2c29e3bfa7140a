/** A bug seen as pages: none of the other properties is asked, and a page turns out not to be what was written to it. */
import type { Property, Scenario } from '../../../checker/index.js'
import { Refines } from '../refines-page.js'
import type { Pair } from './pair.js'

const counts: Readonly<Record<string, Pair['counts']>> = {
  'skip-swapcache-aba+broken': [3_370, 6_318, 70],
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
