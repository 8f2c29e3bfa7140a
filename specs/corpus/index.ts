/** The corpus: real bugs of Linux swap, each with the pair of scenarios that shows it. */

import { addToSwapCacheSleeps } from './add-to-swap-cache-sleeps.js'
import { allocationVsSwapoff } from './allocation-vs-swapoff.js'
import { availListVsSwapoff } from './avail-list-vs-swapoff.js'
import type { Bug, Inexpressible } from './bug.js'
import { countContinuation } from './count-continuation.js'
import { directReadVsSwapoff } from './direct-read-vs-swapoff.js'
import { discardInAllocation } from './discard-in-allocation.js'
import { freeSwapAndCacheVsSwapoff } from './free-swap-and-cache-vs-swapoff.js'
import { memcgMoveVsSwapFree } from './memcg-move-vs-swap-free.js'
import { migrateLargeSwapCache } from './migrate-large-swap-cache.js'
import { moveIgnoresCache } from './move-ignores-cache.js'
import { moveMissedFolio } from './move-missed-folio.js'
import { moveOtherFolio } from './move-other-folio.js'
import { realtimeCached } from './realtime-cached.js'
import { realtimeShmemDirect } from './realtime-shmem-direct.js'
import { reclaimSwapRecount } from './reclaim-swap-recount.js'
import { shmemLargeForever } from './shmem-large-forever.js'
import { shmemLargeOrder } from './shmem-large-order.js'
import { shmemSwapinVsSwapoff } from './shmem-swapin-vs-swapoff.js'
import { shmemSwapoffReadError } from './shmem-swapoff-read-error.js'
import { shmemUnuseVsUmount } from './shmem-unuse-vs-umount.js'
import { skipSwapcacheAba } from './skip-swapcache-aba.js'
import { swapCacheStat } from './swap-cache-stat.js'
import { swapcacheWakeUp } from './swapcache-wake-up.js'
import { swapinCacheAba } from './swapin-cache-aba.js'
import { swapinCharge } from './swapin-charge.js'
import { swapinLeaksFolio } from './swapin-leaks-folio.js'
import { swapinVsSwapoff } from './swapin-vs-swapoff.js'
import { swapoffOtherEntry } from './swapoff-other-entry.js'
import { swaponReusesSwapInfo } from './swapon-reuses-swap-info.js'
import { swapoutOfOfflineMemcg } from './swapout-of-offline-memcg.js'
import { tmpfsWritepageVsTruncate } from './tmpfs-writepage-vs-truncate.js'
import { vmaReadaheadVsSwapoff } from './vma-readahead-vs-swapoff.js'
import { z3foldReclaimVsFree } from './z3fold-reclaim-vs-free.js'
import { zramAsyncRead } from './zram-async-read.js'
import { zsmallocDeferredHandle } from './zsmalloc-deferred-handle.js'
import { zswapCpuHotunplug } from './zswap-cpu-hotunplug.js'
import { zswapDisabledStale } from './zswap-disabled-stale.js'
import { zswapDoubleInvalidate } from './zswap-double-invalidate.js'
import { zswapLargeStoreRollback } from './zswap-large-store-rollback.js'
import { zswapLruSkip } from './zswap-lru-skip.js'
import { zswapObjcgUaf } from './zswap-objcg-uaf.js'
import { zswapShrinkWorkPool } from './zswap-shrink-work-pool.js'
import { zswapStoreFailsStale } from './zswap-store-fails-stale.js'
import { zswapStoreRecursion } from './zswap-store-recursion.js'
import { zswapSwapoffTreeUaf } from './zswap-swapoff-tree-uaf.js'
import { zswapSynchronousDataLoss } from './zswap-synchronous-data-loss.js'
import { zswapWritebackStale } from './zswap-writeback-stale.js'
import { zswapWritebackStrandsFolio } from './zswap-writeback-strands-folio.js'
import { zswapWritebackWaits } from './zswap-writeback-waits.js'

/** In the order of their ids. */
export const bugs: readonly Bug[] = [
  skipSwapcacheAba,
  swapinCacheAba,
  swapoffOtherEntry,
  moveOtherFolio,
  moveMissedFolio,
  moveIgnoresCache,
  swapinCharge,
  zswapWritebackStale,
  zswapWritebackStrandsFolio,
  zswapStoreFailsStale,
  zswapDisabledStale,
  zswapObjcgUaf,
  zswapLargeStoreRollback,
  zswapDoubleInvalidate,
  zswapSynchronousDataLoss,
  zswapSwapoffTreeUaf,
  zswapLruSkip,
  zswapShrinkWorkPool,
  zswapCpuHotunplug,
  zswapWritebackWaits,
  zsmallocDeferredHandle,
  z3foldReclaimVsFree,
  swapinVsSwapoff,
  directReadVsSwapoff,
  shmemSwapinVsSwapoff,
  freeSwapAndCacheVsSwapoff,
  availListVsSwapoff,
  allocationVsSwapoff,
  vmaReadaheadVsSwapoff,
  tmpfsWritepageVsTruncate,
  shmemUnuseVsUmount,
  shmemSwapoffReadError,
  reclaimSwapRecount,
  swaponReusesSwapInfo,
  addToSwapCacheSleeps,
  realtimeCached,
  swapcacheWakeUp,
  realtimeShmemDirect,
  shmemLargeForever,
  shmemLargeOrder,
  countContinuation,
  migrateLargeSwapCache,
  zramAsyncRead,
  discardInAllocation,
  swapinLeaksFolio,
  zswapStoreRecursion,
  swapCacheStat,
  swapoutOfOfflineMemcg,
  memcgMoveVsSwapFree,
]

export const inexpressible: readonly Inexpressible[] = []

/** The ids of its scenarios: that of the bug, and that of the fix. */
export const pairOf = ({ spec, slug }: Bug): readonly [string, string] => [`${spec}/${slug}+broken`, `${spec}/${slug}+fixed`]

/** What its stored counterexample says of it: `counterexamples/<spec>-<slug>+broken.itf.json`. */
export function storyOf({ cve, commits, kernel, story }: Bug): string {
  const by = commits.length === 0 ? '' : ` by ${commits.join(' and ')}`
  const fixed = kernel.fixed === '' ? '' : ` in ${kernel.fixed}`
  return [`${cve === undefined ? 'Fixed' : `${cve}: fixed`}${fixed}${by}.`, ...story].join(' ')
}
