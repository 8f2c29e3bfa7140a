/** Every scenario of the virtual swap space, in the order in which `list` shows them. */
import type { Property, Scenario } from '../../../checker/index.js'
import { Refines } from '../refines-page.js'
import { asPages } from './as-pages.js'
import { scenarios as backingProtections } from './backing-protections.js'
import { scenarios as backingThreeWay } from './backing-three-way.js'
import { scenarios as badSlot } from './bad-slot-pairs.js'
import { scenarios as cacheOnlyHint } from './cache-only-hint.js'
import { scenarios as cross } from './cross-pairs.js'
import { scenarios as everything } from './everything.js'
import { scenarios as fourWay } from './four-way.js'
import { scenarios as largeAlloc } from './large-alloc-pairs.js'
import { scenarios as largeFour } from './large-four-pairs.js'
import { scenarios as largeMemcg } from './large-memcg-pairs.js'
import { scenarios as largeMemcgProtections } from './large-memcg-protections.js'
import { scenarios as largeMemcgSplit } from './large-memcg-split-pairs.js'
import { scenarios as largeMigrate } from './large-migrate-pairs.js'
import { scenarios as large } from './large-pairs.js'
import { scenarios as largeProtections } from './large-protections.js'
import { scenarios as largeReadError } from './large-read-error-pairs.js'
import { scenarios as largeReclaimSplit } from './large-reclaim-split-pairs.js'
import { scenarios as largeShmemBacking } from './large-shmem-backing-pairs.js'
import { scenarios as largeShmem } from './large-shmem-pairs.js'
import { scenarios as largeShmemProtections } from './large-shmem-protections.js'
import { scenarios as largeShmemReplace } from './large-shmem-replace-pairs.js'
import { scenarios as largeSplit } from './large-split-pairs.js'
import { scenarios as largeSwapoff } from './large-swapoff-pairs.js'
import { scenarios as largeThreeWay } from './large-three-way.js'
import { scenarios as live } from './live-pairs.js'
import { scenarios as locks } from './lock-pairs.js'
import { scenarios as madviseFree } from './madvise-free-pairs.js'
import { scenarios as madviseFreeProtections } from './madvise-free-protections.js'
import { scenarios as memcg } from './memcg-pairs.js'
import { scenarios as memcgProtections } from './memcg-protections.js'
import { scenarios as migrateCross } from './migrate-cross-pairs.js'
import { scenarios as migrate } from './migrate-pairs.js'
import { scenarios as migrateProtections } from './migrate-protections.js'
import { scenarios as mincore } from './mincore-pairs.js'
import { scenarios as move } from './move-pairs.js'
import { scenarios as moveProtections } from './move-protections.js'
import { scenarios as noMemory } from './no-memory-pairs.js'
import { scenarios as pairs } from './pairs.js'
import { scenarios as priority } from './priority-pairs.js'
import { scenarios as protections } from './protections.js'
import { scenarios as readError } from './read-error-pairs.js'
import { scenarios as readErrorProtections } from './read-error-protections.js'
import { scenarios as readahead } from './readahead-pairs.js'
import { scenarios as readaheadSwapoff } from './readahead-swapoff-pairs.js'
import { scenarios as rmapNoMemory } from './rmap-no-memory-pairs.js'
import { scenarios as shmemBacking } from './shmem-backing-pairs.js'
import { scenarios as shmemBorder } from './shmem-border-pairs.js'
import { scenarios as shmemFour } from './shmem-four-pairs.js'
import { scenarios as shmemMemcg } from './shmem-memcg-pairs.js'
import { scenarios as shmem } from './shmem-pairs.js'
import { scenarios as shmemProtections } from './shmem-protections.js'
import { scenarios as shmemReclaim } from './shmem-reclaim-pairs.js'
import { scenarios as shmemSplit } from './shmem-split-pairs.js'
import { scenarios as shmemSplitProtections } from './shmem-split-protections.js'
import { scenarios as shmemSplitThreeWay } from './shmem-split-three-way.js'
import { scenarios as shmemSwapoff } from './shmem-swapoff-pairs.js'
import { scenarios as shmemWriteError } from './shmem-write-error-pairs.js'
import { scenarios as stableWrites } from './stable-writes-pairs.js'
import { scenarios as swapoff } from './swapoff-pairs.js'
import { scenarios as swapoffProtections } from './swapoff-protections.js'
import { scenarios as swapoffZswap } from './swapoff-zswap-pairs.js'
import { scenarios as thpBatch } from './thp-batch-backing.js'
import { scenarios as thpCached } from './thp-cached-pairs.js'
import { scenarios as thpFault } from './thp-fault-pairs.js'
import { scenarios as thpFork } from './thp-fork-pairs.js'
import { scenarios as thpProtections } from './thp-protections.js'
import { scenarios as thpThreeWay } from './thp-three-way.js'
import { scenarios as thpZap } from './thp-zap-pairs.js'
import { scenarios as threeWay } from './three-way.js'
import { scenarios as twoDevices } from './two-device-pairs.js'
import { scenarios as vmaReadahead } from './vma-readahead-pairs.js'
import { scenarios as wp } from './wp-pairs.js'
import { scenarios as wpProtections } from './wp-protections.js'
import { scenarios as writeError } from './write-error-pairs.js'
import { scenarios as zeroPairs } from './zero-pairs.js'
import { scenarios as zswapMemcg } from './zswap-memcg-pairs.js'
import { scenarios as zswapMove } from './zswap-move-pairs.js'
import { scenarios as zswapPairs } from './zswap-pairs.js'
import { scenarios as zswapReclaimPairs } from './zswap-reclaim-pairs.js'

const all: readonly Scenario[] = [
  ...pairs,
  ...zswapPairs,
  ...zswapReclaimPairs,
  ...zeroPairs,
  ...threeWay,
  ...backingThreeWay,
  ...swapoff,
  ...swapoffZswap,
  ...twoDevices,
  ...writeError,
  ...readError,
  ...cross,
  ...move,
  ...badSlot,
  ...cacheOnlyHint,
  ...zswapMove,
  ...wp,
  ...thpFault,
  ...thpCached,
  ...thpZap,
  ...thpBatch,
  ...thpFork,
  ...thpThreeWay,
  ...stableWrites,
  ...shmem,
  ...shmemReclaim,
  ...shmemBacking,
  ...shmemSwapoff,
  ...shmemMemcg,
  ...shmemWriteError,
  ...shmemProtections,
  ...readahead,
  ...readaheadSwapoff,
  ...vmaReadahead,
  ...mincore,
  ...madviseFree,
  ...migrate,
  ...migrateCross,
  ...migrateProtections,
  ...fourWay,
  ...everything,
  ...live,
  ...priority,
  ...memcg,
  ...zswapMemcg,
  ...memcgProtections,
  ...large,
  ...largeFour,
  ...largeMemcg,
  ...largeAlloc,
  ...largeSwapoff,
  ...largeSplit,
  ...largeReclaimSplit,
  ...largeMemcgSplit,
  ...largeMigrate,
  ...rmapNoMemory,
  ...noMemory,
  ...largeThreeWay,
  ...protections,
  ...locks,
  ...backingProtections,
  ...swapoffProtections,
  ...readErrorProtections,
  ...madviseFreeProtections,
  ...moveProtections,
  ...wpProtections,
  ...largeProtections,
  ...largeMemcgProtections,
  ...thpProtections,
  ...largeShmem,
  ...largeShmemBacking,
  ...largeShmemReplace,
  ...shmemFour,
  ...shmemSplit,
  ...shmemBorder,
  ...shmemSplitThreeWay,
  ...largeShmemProtections,
  ...shmemSplitProtections,
  ...largeReadError,
]

/** Those that hold refine `specs/page`, too. Of those that violate something else, `as-pages.ts` asks some for it. */
const refining = all.map((s) => (s.expect.verdict === 'holds' ? { ...s, properties: [...(s.properties ?? []), Refines as Property] } : s))

export const scenarios: readonly Scenario[] = [...refining, ...asPages(all)]
