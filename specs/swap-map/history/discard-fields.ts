/**
 * A device that is told which clusters are free (SWP_PAGE_DISCARD), and the CPU that allocates from it; and what else of old code stands on a CPU. Only scenarios
 * of these have one.
 */
import { array, domain, oneOf, record, set, Thread } from '../../../checker/index.js'
import { spinlock_t } from '../../kernel/spinlock.js'
import { wait_queue_head_t } from '../../kernel/wait-queue.js'

/** si->cluster_info[], of clusters of one slot each. */
export const Cluster = domain('cluster', 0)
/** The CPU, and the device of its percpu_swap_cluster. */
export const Cpu = domain('cpu', 0)

/** Fields of the state, by their names. */
export const discard_fields = {
  cpu: array(
    Cpu,
    record({
      /** percpu_swap_cluster.lock, a local_lock_t: preemption is off while it is held. */
      local_lock: spinlock_t,
      si_lock: spinlock_t,
      /** Threads that have preemption off. */
      preempt_off: set(Thread),
      /** swapcache_wq of mm/memory.c */
      swapcache_wq: wait_queue_head_t,
      /** Ghost: who slept there when SWAP_HAS_CACHE was cleared, and has not been woken since. */
      owed: set(Thread),
    }),
  ),
  cluster: array(
    Cluster,
    record({
      /** The list that it is on; 'off-list' while it is discarded. */
      list: oneOf('free', 'full', 'discard', 'off-list'),
    }),
  ),
}

export const discard_protections = [
  'discard after the local lock is dropped',
  'preload the radix tree before SWAP_HAS_CACHE is set',
  'wake up who sleeps for SWAP_HAS_CACHE',
  'store a migrated folio for each of its entries',
] as const
