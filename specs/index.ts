/** The registry: every scenario of every spec. */
import type { Scenario } from '../checker/index.js'
import { scenarios as cache } from './cache/scenarios.js'
import { scenarios as asyncTerminationDetection } from './classics/async-termination-detection.js'
import { scenarios as dieHard } from './classics/die-hard.js'
import { scenarios as diningPhilosophers } from './classics/dining-philosophers.js'
import { scenarios as ewd840 } from './classics/ewd840.js'
import { scenarios as ewd998 } from './classics/ewd998.js'
import { scenarios as filterLock } from './classics/filter-lock.js'
import { scenarios as peterson } from './classics/peterson.js'
import { scenarios as readersWriters } from './classics/readers-writers.js'
import { scenarios as simpleAllocator } from './classics/simple-allocator.js'
import { scenarios as transactionCommit } from './classics/transaction-commit.js'
import { scenarios as twoPhaseCommit } from './classics/two-phase-commit.js'
import type { Design } from './comparison/design.js'
import { bugs, pairOf } from './corpus/index.js'
import { oneTree, twoTrees } from './dual-tree/design.js'
import { scenarios as dualTree } from './dual-tree/scenarios.js'
import { hasForked, neverForked } from './object-swap/design.js'
import { scenarios as objectSwap } from './object-swap/scenarios.js'
import { scenarios as page } from './page/scenarios.js'
import { design as descriptors } from './swap-desc/design.js'
import { scenarios as swapDesc } from './swap-desc/scenarios.js'
import { design as slots } from './swap-map/design.js'
import { scenarios as swapSlot } from './swap-map/recorded/slot.js'
import { scenarios as swapMap } from './swap-map/scenarios/index.js'
import { byLock, bySwapCache } from './tiering/design.js'
import { scenarios as tiering } from './tiering/scenarios.js'
import { design as virtual } from './vswap/design.js'
import { scenarios as vswap } from './vswap/scenarios/index.js'

export type { Design } from './comparison/design.js'
export type { Bug, Inexpressible, InVswap } from './corpus/bug.js'
export { bugs, inexpressible, pairOf } from './corpus/index.js'

const all: readonly Scenario[] = [
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
  ...page,
  ...cache,
  ...swapMap,
  ...swapSlot,
  ...dualTree,
  ...swapDesc,
  ...objectSwap,
  ...tiering,
  ...vswap,
]

/** What `specs/COMPARISON.md` compares, in its order. */
export const designs: readonly Design[] = [slots, virtual, descriptors, oneTree, twoTrees, bySwapCache, byLock, neverForked, hasForked]

const corpus = new Set(bugs.flatMap(pairOf))

/** In the order in which `list` shows them; ids are unique. */
export const scenarios: readonly Scenario[] = all.map((s) => (corpus.has(s.id) ? { ...s, tags: ['corpus'] } : s))

export type { Mapping } from './swap-map/recorded/observed.js'
export { type RecordedSpec, recordedSpecs } from './swap-map/recorded/recorded-spec.js'
