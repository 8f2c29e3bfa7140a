/** The mutants of a spec. */
import { guards } from './guards.js'
import { locks } from './locks.js'
import type { Mutant, MutantKind } from './mutant.js'
import type { Observed } from './observed.js'
import { skips } from './skips.js'
import { swaps } from './swaps.js'

const made = { guards, skips, swaps, locks } as const

export function mutantsOf(observed: Observed, kinds: readonly MutantKind[]): Mutant[] {
  return kinds.flatMap((kind) => made[kind](observed))
}
