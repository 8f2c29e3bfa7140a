/** A scenario: a spec in a small configuration, litmus style, and what it is expected to show. */
import type { Fairness } from '../property/fairness.js'
import type { Property } from '../property/property.js'
import type { Process } from './process.js'
import type { Spec } from './spec.js'

/** What the author of a scenario gives. */
export interface ScenarioParts<S> {
  /** Says the interleaving: `writeback-vs-fault`; a pair is `x+broken` and `x+fixed`. */
  readonly name: string
  /** One line. */
  readonly title: string
  /** `default` runs with a bare `check`; `nightly` takes minutes; `huge` takes hours, and is for a disk. */
  readonly set?: 'default' | 'nightly' | 'huge'
  /** Names that select it along with others: `check corpus`. */
  readonly tags?: readonly string[]
  /** Sizes of domains, by name, where they differ from the default. */
  readonly bounds?: Readonly<Record<string, number>>
  /** The processes, in order. */
  readonly run?: readonly Process[]
  /** Changes to the first state, after the spec's own `init`. */
  init?(s: S): void
  /** Protections that are taken out. */
  readonly without?: readonly string[]
  /** In place of the spec's; `[]` for none. */
  readonly fairness?: readonly Fairness<S>[]
  /** Properties besides the spec's own: what this scenario in particular must reach. */
  readonly properties?: readonly Property<S>[]
  /** Names of the spec's properties that this scenario leaves out. */
  readonly skip?: readonly string[]
  /**
   * Steps that cannot fire here, by the reason why: `{ 'the device is not synchronous': ['do_swap_page.submit_bio_wait'] }`. A step is
   * named with its process (`fault/do_swap_page.out`) or, for all processes, without; a final `*` stands for any rest.
   */
  readonly unreachable?: Readonly<Record<string, readonly string[]>>
  readonly expect: Expectation
}

/** The verdict, and the exact counts, that a run must give. */
export interface Expectation {
  readonly verdict: 'holds' | 'violated' | 'deadlock' | 'vacuous' | 'incomplete' | 'specError'
  /** The property that is violated. */
  readonly property?: string
  readonly distinct: number
  readonly generated: number
  readonly depth: number
}

export interface Scenario<S = object> extends ScenarioParts<S> {
  readonly kind: 'scenario'
  /** `<spec>/<name>`. */
  readonly id: string
  readonly spec: Spec<S>
}

export function scenario<S>(spec: Spec<S>, parts: ScenarioParts<S>): Scenario<S> {
  return { kind: 'scenario', id: `${spec.name}/${parts.name}`, spec, ...parts }
}
