/** What is seen of a scenario's steps from outside. */
import type { Scenario } from '../machine/scenario.js'

/** One thing that somebody saw happen. */
export interface Observation {
  /** What it looked like. */
  readonly label: string
  /** Who did it: equal numbers for one thread. Of an action's step it tells nothing. */
  readonly actor: number
}

/**
 * How the steps of a scenario look to somebody who records them.
 *
 * A process of the scenario stands for whichever thread it is needed for: from the first step that is seen of it until it is back at the first step of
 * its procedure, or has returned, its steps are those of one thread. A thread may be several processes, inside of several functions.
 */
export interface Observer<S = object> {
  readonly scenario: Scenario<S>
  /** What of a state shows, before and after a step. */
  shows(s: S): number
  /**
   * How a step looks; undefined: it is hidden.
   *
   * @param step `do_swap_page.lookup`, or the action's name
   */
  label(step: string, before: number, after: number): string | undefined
}
