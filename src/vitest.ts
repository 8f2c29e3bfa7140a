/** A matcher for a user's own tests, exported as `swapcheck/vitest`: `expect(scenario).toHold()`. */
import { expect } from 'vitest'
import { type ExploreOptions, explore, type Scenario, type Verdict } from '../checker/index.js'
import { story } from './report/story.js'
import { plainPage } from './terminal.js'

/** What a search may be told in a test. */
export type HoldOptions = Pick<ExploreOptions, 'maxStates' | 'maxSeconds' | 'maxBytes'>

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: a declaration that is merged has the type parameters of the other
  interface Matchers<T = any> {
    /**
     * Explores the scenario: nothing may be violated, and what is asked could have been. A search that is stopped by a bound, and a spec that is at
     * fault, fail with `.not` too.
     */
    toHold(options?: HoldOptions): T
  }
}

expect.extend({
  toHold(received: unknown, options: HoldOptions = {}) {
    if (!isScenario(received))
      return { pass: this.isNot === true, message: () => `expected a scenario, came ${this.utils.stringify(received)}` }
    const { verdict, distinct } = explore(received, options)
    const holds = verdict.kind === 'holds'
    const told = [
      `${received.id}: expected it ${this.isNot ? 'not ' : ''}to hold`,
      '',
      ...story({ scenario: received, verdict }, plainPage),
    ]
    return {
      pass: isKnown(verdict) ? holds : this.isNot === true,
      message: () => (holds ? `${told[0]}, and it does, in all of ${distinct.toLocaleString('en-US')} states` : told.join('\n')),
    }
  },
})

function isScenario(value: unknown): value is Scenario {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'scenario'
}

/** Does the run say whether it holds? */
function isKnown({ kind }: Verdict): boolean {
  return kind !== 'incomplete' && kind !== 'specError'
}
