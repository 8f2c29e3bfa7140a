/** What becomes of a mutant in the scenarios that reach it. */
import type { ExploreOptions, Report, VacuityReason, Verdict } from '../../checker/index.js'
import type { Mutant } from './mutant.js'

/**
 * `vacuous`: nothing went wrong, but in some scenario a step never fired, or something was not reached, that should: `check` fails there, and no
 * property. `undecided`: the states that a mutant may take ended first. `invalid`: what was made is no spec.
 */
export type Outcome = 'noticed' | 'vacuous' | 'survived' | 'undecided' | 'invalid'

export interface Trial {
  readonly outcome: Outcome
  /** The scenario that it ended in: of one that survived, the last. */
  readonly report: Report | undefined
  /** How many scenarios were explored to their end, of those that reach the mutant. */
  readonly tried: number
  /** Had each of them as many states as without the mutant? Then it may be none. */
  readonly isAlike: boolean
  /** Of one that is vacuous, in the smallest scenario that says so. */
  readonly reasons: readonly VacuityReason[]
}

type Explore = (scenario: Report['scenario'], options: Pick<ExploreOptions, 'maxStates'>) => Promise<Report>

/**
 * Explores the scenarios of a mutant, small ones first, until one does not hold.
 *
 * @param maxStates what it may take in all of them together
 */
export async function tryMutant(mutant: Mutant, maxStates: number, explore: Explore): Promise<Trial> {
  let left = maxStates
  let tried = 0
  let isAlike = true
  let report: Report | undefined
  let reasons: readonly VacuityReason[] = []
  for (const scenario of mutant.scenarios) {
    report = left > 0 ? await explore(mutant.apply(scenario), { maxStates: left }) : undefined
    const { verdict } = report ?? { verdict: undefined }
    if (report === undefined || verdict === undefined || verdict.kind === 'incomplete') {
      return { outcome: 'undecided', report, tried, isAlike, reasons }
    }
    left -= report.seen.distinct
    tried++
    if (verdict.kind !== 'holds' && verdict.kind !== 'vacuous')
      return { outcome: outcomeOf(verdict), report, tried, isAlike: false, reasons }
    isAlike &&= report.distinct === scenario.expect.distinct && report.generated === scenario.expect.generated
    if (reasons.length === 0 && verdict.kind === 'vacuous') reasons = verdict.reasons.filter((reason) => !isOwn(reason, mutant))
  }
  return { outcome: reasons.length > 0 ? 'vacuous' : 'survived', report, tried, isAlike, reasons }
}

/** A value out of range, or a step that throws, is a way to notice; a label that is not there is not. */
function outcomeOf(verdict: Verdict): Outcome {
  if (verdict.kind !== 'specError') return 'noticed'
  return ['range', 'threw', 'choice'].includes(verdict.fault) ? 'noticed' : 'invalid'
}

/** That a step which was moved never fires is what the mutant is. */
function isOwn(reason: VacuityReason, { moved }: Mutant): boolean {
  if (reason.kind !== 'step never fired') return false
  const [, step = ''] = /^[^/]*\/(.*)$/.exec(reason.step) ?? []
  return moved.includes(step)
}

export interface Tried {
  readonly mutant: Mutant
  readonly trial: Trial
}
