/** A process that needs memory and gets none, again and again. */
import { type Process, type Scenario, type Spec, scenario, type Temporal } from '../../checker/index.js'

export interface Starving<S> {
  readonly name: string
  readonly title: string
  readonly process: Process
  /** Does not come to pass. */
  readonly property: Temporal<S>
  /** Distinct, generated, depth. */
  readonly counts: readonly [number, number, number]
}

/** @param init where all memory is taken */
export function starving<S>(spec: Spec<S>, init: (s: S) => void, { name, title, process, property, counts }: Starving<S>): Scenario<S> {
  const [distinct, generated, depth] = counts
  return scenario(spec, {
    name,
    title,
    run: [process],
    bounds: { folio: 1 },
    init,
    properties: [property],
    expect: { verdict: 'violated', property: property.name, distinct, generated, depth },
  })
}
