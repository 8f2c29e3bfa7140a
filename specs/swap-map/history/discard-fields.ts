/** A device that is told which clusters are free (SWP_PAGE_DISCARD), and the CPU that allocates from it. Only scenarios of discard have one. */
import { array, domain, oneOf, record } from '../../../checker/index.js'
import { spinlock_t } from '../../kernel/spinlock.js'

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

export const discard_protections = ['discard after the local lock is dropped'] as const
