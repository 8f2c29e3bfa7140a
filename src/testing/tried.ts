/** Tries all mutants of a scenario. */
import { explore, type Scenario } from '../../checker/index.js'
import type { MutantKind } from '../mutation/mutant.js'
import { mutantsOf } from '../mutation/mutants.js'
import { observe } from '../mutation/observed.js'
import { type Tried, tryMutant } from '../mutation/trial.js'

export async function tried(kind: MutantKind, scenarios: readonly object[], maxStates = 10_000): Promise<Tried[]> {
  const mutants = mutantsOf(await observe(scenarios as readonly Scenario[], async (s) => explore(s)), [kind])
  const each: Tried[] = []
  for (const mutant of mutants) each.push({ mutant, trial: await tryMutant(mutant, maxStates, async (s, options) => explore(s, options)) })
  return each
}

/** What became of each, in a word or two: `MutualExclusion`, `deadlock`, `survived`. */
export async function fates(kind: MutantKind, ...scenarios: readonly object[]): Promise<Record<string, string>> {
  const each = await tried(kind, scenarios)
  return Object.fromEntries(
    each.map(({ mutant, trial }) => {
      const verdict = trial.report?.verdict
      const by = verdict?.kind === 'violated' ? verdict.property : verdict?.kind === 'specError' ? verdict.fault : verdict?.kind
      return [mutant.id, trial.outcome === 'noticed' ? (by ?? '') : trial.outcome]
    }),
  )
}
