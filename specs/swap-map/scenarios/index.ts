/** Every scenario of the design that a virtual swap space replaces. */
import type { Scenario } from '../../../checker/index.js'
import { asPages } from './as-pages.js'
import { scenarios as cgroup } from './cgroup-pairs.js'
import { scenarios as continuation } from './continuation-pairs.js'
import { scenarios as discard } from './discard-pairs.js'
import { scenarios as memsw } from './memsw-pairs.js'
import { scenarios as pairs } from './pairs.js'
import { scenarios as recursion } from './recursion-pairs.js'
import { scenarios as shmem } from './shmem-pairs.js'
import { scenarios as swapCache } from './swap-cache-pairs.js'
import { scenarios as swapin } from './swapin-pairs.js'
import { scenarios as swapoff } from './swapoff-pairs.js'
import { scenarios as tmpfs } from './tmpfs-pairs.js'
import { scenarios as umount } from './umount-pairs.js'
import { scenarios as wait } from './wait-pairs.js'
import { scenarios as zpool } from './zpool-pairs.js'
import { scenarios as zram } from './zram-pairs.js'
import { scenarios as zswapPairs } from './zswap-pairs.js'
import { scenarios as zswapProtections } from './zswap-protections.js'
import { scenarios as zswapRaces } from './zswap-race-pairs.js'
import { scenarios as zswapStore } from './zswap-store-pairs.js'
import { scenarios as zswapWriteback } from './zswap-writeback-pairs.js'

const all: readonly Scenario[] = [
  ...pairs,
  ...swapCache,
  ...swapin,
  ...swapoff,
  ...umount,
  ...continuation,
  ...discard,
  ...recursion,
  ...zram,
  ...tmpfs,
  ...zswapPairs,
  ...zswapWriteback,
  ...zswapRaces,
  ...zswapStore,
  ...zswapProtections,
  ...zpool,
  ...cgroup,
  ...memsw,
  ...shmem,
  ...wait,
]

export const scenarios: readonly Scenario[] = [...all, ...asPages(all)]
