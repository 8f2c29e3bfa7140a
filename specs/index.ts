/** The registry: every scenario of every spec. */
import type { Scenario } from '../checker/index.js'
import { scenarios as asyncTerminationDetection } from './classics/async-termination-detection.js'
import { scenarios as dieHard } from './classics/die-hard.js'
import { scenarios as diningPhilosophers } from './classics/dining-philosophers.js'
import { scenarios as ewd840 } from './classics/ewd840.js'
import { scenarios as filterLock } from './classics/filter-lock.js'
import { scenarios as peterson } from './classics/peterson.js'
import { scenarios as readersWriters } from './classics/readers-writers.js'
import { scenarios as simpleAllocator } from './classics/simple-allocator.js'
import { scenarios as transactionCommit } from './classics/transaction-commit.js'
import { scenarios as twoPhaseCommit } from './classics/two-phase-commit.js'
import { scenarios as vswapBackingProtections } from './vswap/backing-protections.js'
import { scenarios as vswapBackingThreeWay } from './vswap/backing-three-way.js'
import { scenarios as vswapCacheOnlyHint } from './vswap/cache-only-hint.js'
import { scenarios as vswapCross } from './vswap/cross-pairs.js'
import { scenarios as vswapEverything } from './vswap/everything.js'
import { scenarios as vswapFourWay } from './vswap/four-way.js'
import { scenarios as vswapLargeAlloc } from './vswap/large-alloc-pairs.js'
import { scenarios as vswapLarge } from './vswap/large-pairs.js'
import { scenarios as vswapLargeProtections } from './vswap/large-protections.js'
import { scenarios as vswapLargeSplit } from './vswap/large-split-pairs.js'
import { scenarios as vswapLargeSwapoff } from './vswap/large-swapoff-pairs.js'
import { scenarios as vswapLive } from './vswap/live-pairs.js'
import { scenarios as vswapLocks } from './vswap/lock-pairs.js'
import { scenarios as vswapMemcg } from './vswap/memcg-pairs.js'
import { scenarios as vswapMemcgProtections } from './vswap/memcg-protections.js'
import { scenarios as vswapMigrate } from './vswap/migrate-pairs.js'
import { scenarios as vswapMigrateProtections } from './vswap/migrate-protections.js'
import { scenarios as vswapOther } from './vswap/other-pairs.js'
import { scenarios as vswapOtherProtections } from './vswap/other-protections.js'
import { scenarios as vswapPairs } from './vswap/pairs.js'
import { scenarios as vswapProtections } from './vswap/protections.js'
import { scenarios as vswapReadahead } from './vswap/readahead-pairs.js'
import { scenarios as vswapShmemBacking } from './vswap/shmem-backing-pairs.js'
import { scenarios as vswapShmem } from './vswap/shmem-pairs.js'
import { scenarios as vswapShmemProtections } from './vswap/shmem-protections.js'
import { scenarios as vswapStableWrites } from './vswap/stable-writes-pairs.js'
import { scenarios as vswapSwapoff } from './vswap/swapoff-pairs.js'
import { scenarios as vswapSwapoffProtections } from './vswap/swapoff-protections.js'
import { scenarios as vswapSwapoffZswap } from './vswap/swapoff-zswap-pairs.js'
import { scenarios as vswapThp } from './vswap/thp-pairs.js'
import { scenarios as vswapThpProtections } from './vswap/thp-protections.js'
import { scenarios as vswapThpThreeWay } from './vswap/thp-three-way.js'
import { scenarios as vswapThreeWay } from './vswap/three-way.js'
import { scenarios as vswapTwoDevices } from './vswap/two-device-pairs.js'
import { scenarios as vswapWp } from './vswap/wp-pairs.js'
import { scenarios as vswapWriteError } from './vswap/write-error-pairs.js'
import { scenarios as vswapZeroPairs } from './vswap/zero-pairs.js'
import { scenarios as vswapZswapMemcg } from './vswap/zswap-memcg-pairs.js'
import { scenarios as vswapZswapMove } from './vswap/zswap-move-pairs.js'
import { scenarios as vswapZswapPairs } from './vswap/zswap-pairs.js'
import { scenarios as vswapZswapReclaimPairs } from './vswap/zswap-reclaim-pairs.js'

/** In the order in which `list` shows them; ids are unique. */
export const scenarios: readonly Scenario[] = [
  ...dieHard,
  ...peterson,
  ...filterLock,
  ...transactionCommit,
  ...twoPhaseCommit,
  ...ewd840,
  ...asyncTerminationDetection,
  ...simpleAllocator,
  ...diningPhilosophers,
  ...readersWriters,
  ...vswapPairs,
  ...vswapZswapPairs,
  ...vswapZswapReclaimPairs,
  ...vswapZeroPairs,
  ...vswapThreeWay,
  ...vswapBackingThreeWay,
  ...vswapSwapoff,
  ...vswapSwapoffZswap,
  ...vswapTwoDevices,
  ...vswapWriteError,
  ...vswapCross,
  ...vswapOther,
  ...vswapCacheOnlyHint,
  ...vswapZswapMove,
  ...vswapWp,
  ...vswapThp,
  ...vswapThpThreeWay,
  ...vswapStableWrites,
  ...vswapShmem,
  ...vswapShmemBacking,
  ...vswapShmemProtections,
  ...vswapReadahead,
  ...vswapMigrate,
  ...vswapMigrateProtections,
  ...vswapFourWay,
  ...vswapEverything,
  ...vswapLive,
  ...vswapMemcg,
  ...vswapZswapMemcg,
  ...vswapMemcgProtections,
  ...vswapLarge,
  ...vswapLargeAlloc,
  ...vswapLargeSwapoff,
  ...vswapLargeSplit,
  ...vswapProtections,
  ...vswapLocks,
  ...vswapBackingProtections,
  ...vswapSwapoffProtections,
  ...vswapOtherProtections,
  ...vswapLargeProtections,
  ...vswapThpProtections,
]
