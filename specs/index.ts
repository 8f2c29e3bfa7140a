/** The registry: every scenario of every spec. */
import type { Scenario } from '../checker/index.js'
import { scenarios as twoPhaseCommit } from './classics/two-phase-commit.js'

/** In the order in which `list` shows them; ids are unique. */
export const scenarios: readonly Scenario[] = [...twoPhaseCommit]
