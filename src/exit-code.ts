/** Exit codes: TLC's where TLC has one. */
import type { Verdict } from '../checker/index.js'

export const exitCodes = {
  asExpected: { code: 0, meaning: 'all as expected' },
  deadlock: { code: 11, meaning: 'deadlock' },
  violated: { code: 12, meaning: 'an invariant, a step property or a property of final states is violated' },
  liveness: { code: 13, meaning: 'a temporal property is violated' },
  assertion: { code: 14, meaning: 'an assertion in a step failed' },
  vacuous: { code: 15, meaning: 'vacuous: nothing was violated, and nothing could have been' },
  notABehaviour: { code: 16, meaning: 'a trace is not a behaviour of the spec' },
  differs: { code: 17, meaning: 'it holds, but not as expected; or it is not as in the baseline' },
  specError: { code: 75, meaning: 'the spec threw, or left a range' },
  notLoaded: { code: 150, meaning: 'a spec cannot be loaded' },
  badArguments: { code: 151, meaning: 'bad arguments, or a file that is no trace' },
  incomplete: { code: 152, meaning: 'incomplete: a bound stopped the search' },
  outOfResources: { code: 153, meaning: 'out of resources: memory, disk, or a file that cannot be written' },
  interrupted: { code: 130, meaning: 'interrupted' },
  bug: { code: 255, meaning: 'a bug in swapcheck' },
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]['code']

/** The code of a run that is not as expected. */
export function codeOfVerdict(verdict: Verdict): ExitCode {
  switch (verdict.kind) {
    case 'holds':
      return exitCodes.differs.code
    case 'violated':
      if (verdict.by === 'temporal') return exitCodes.liveness.code
      return verdict.by === 'assertion' ? exitCodes.assertion.code : exitCodes.violated.code
    case 'specError':
      return verdict.fault === 'schema' ? exitCodes.notLoaded.code : exitCodes.specError.code
    default:
      return exitCodes[verdict.kind].code
  }
}
