/** What the properties of a spec are worth: how many of its mutants they notice. */
import type { Tried } from './trial.js'

export interface Score {
  readonly mutants: number
  readonly noticed: number
  readonly vacuous: number
  readonly survived: number
  readonly undecided: number
  /** Of those that were noticed or survived, so many were noticed: 0 to 100, rounded down. Undefined where there are none. */
  readonly percent: number | undefined
}

/** Those that are no spec are left out. */
export function scoreOf(all: readonly Tried[]): Score {
  const count = (outcome: Tried['trial']['outcome']): number => all.filter(({ trial }) => trial.outcome === outcome).length
  const [noticed, survived] = [count('noticed'), count('survived')]
  const decided = noticed + survived
  return {
    mutants: all.length - count('invalid'),
    noticed,
    vacuous: count('vacuous'),
    survived,
    undecided: count('undecided'),
    percent: decided === 0 ? undefined : Math.floor((100 * noticed) / decided),
  }
}
