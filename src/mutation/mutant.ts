/** A change of one step of a spec, which somebody could make by mistake. */
import type { Scenario } from '../../checker/index.js'
import type { Located } from '../locate/region.js'

export const mutantKinds = ['guards', 'skips', 'swaps', 'locks'] as const
export type MutantKind = (typeof mutantKinds)[number]

export interface Mutant {
  /** `skip:do_swap_page.lookup:out`; each once among those of a spec. */
  readonly id: string
  readonly kind: MutantKind
  /** What is changed, in words. */
  readonly change: string
  /** Where it stands in the spec. */
  readonly at: Located
  /** Those in which what it changes is run, small ones first. */
  readonly scenarios: readonly Scenario[]
  /** Steps of which the mutant itself may have that they never fire, as patterns of `isNamed`. */
  readonly moved: readonly string[]
  apply(scenario: Scenario): Scenario
}
