/** Machines whose numbers of states are published. */
import type { Scenario } from '../../checker/index.js'
import { scenarios as asyncTerminationDetection } from './async-termination-detection.js'
import { scenarios as dieHard } from './die-hard.js'
import { scenarios as diningPhilosophers } from './dining-philosophers.js'
import { scenarios as ewd840 } from './ewd840.js'
import { scenarios as ewd998 } from './ewd998.js'
import { scenarios as filterLock } from './filter-lock.js'
import { scenarios as peterson } from './peterson.js'
import { scenarios as readersWriters } from './readers-writers.js'
import { scenarios as simpleAllocator } from './simple-allocator.js'
import { scenarios as transactionCommit } from './transaction-commit.js'
import { scenarios as twoPhaseCommit } from './two-phase-commit.js'

export const scenarios: readonly Scenario[] = [
  ...dieHard,
  ...peterson,
  ...filterLock,
  ...transactionCommit,
  ...twoPhaseCommit,
  ...ewd840,
  ...asyncTerminationDetection,
  ...ewd998,
  ...simpleAllocator,
  ...diningPhilosophers,
  ...readersWriters,
]
