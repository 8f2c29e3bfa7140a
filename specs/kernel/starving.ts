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
function starving<S>(spec: Spec<S>, init: (s: S) => void, { name, title, process, property, counts }: Starving<S>): Scenario<S> {
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

/** Of a fault, or of swapoff. */
type Starved<S> = Pick<Starving<S>, 'process' | 'property' | 'counts'>

/**
 * A fault, and swapoff, that find no folio for a page that is out.
 *
 * @param looks what swapoff does again and again: it scans, or it walks
 */
export function starvingOfFolios<S>(
  spec: Spec<S>,
  init: (s: S) => void,
  { fault, swapoff, looks }: { readonly fault: Starved<S>; readonly swapoff: Starved<S>; readonly looks: 'scans' | 'walks' },
): readonly Scenario<S>[] {
  return [
    starving(spec, init, { name: 'fault-without-memory', title: 'A fault is taken again and again for want of a folio', ...fault }),
    starving(spec, init, { name: 'swapoff-without-memory', title: `swapoff ${looks} again and again for want of a folio`, ...swapoff }),
  ]
}
