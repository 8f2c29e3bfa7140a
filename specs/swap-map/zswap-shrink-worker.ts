/** mm/zswap.c: who keeps the pool for shrink_worker() (v5.6 to v6.6). What the worker shrinks is left out. */
import { blocked, ret } from '../../checker/index.js'
import { atomic_dec, atomic_inc } from '../kernel/atomic.js'
import { guard, procedure, type State } from './state.js'

/** zswap_pool_put(pool): kref_put(&pool->kref, __zswap_pool_empty); the pool of a scenario has its own reference, and is never destroyed. */
function zswap_pool_put(s: State): void {
  atomic_dec(s.zswap_pool, 'kref')
}

/** The end of zswap_store() of a page for which the pool is full. */
export const zswap_store_full = procedure(
  'zswap_store',
  {},
  {
    /** shrink: pool = zswap_pool_last_get(); kref_get_unless_zero(&pool->kref) */
    zswap_pool_last_get(s) {
      atomic_inc(s.zswap_pool, 'kref')
      return 'queue_work'
    },
    /** if (pool && !queue_work(shrink_wq, &pool->shrink_work)): one test_and_set_bit(WORK_STRUCT_PENDING_BIT) */
    queue_work(s) {
      const wasPending = s.zswap_pool.pending
      s.zswap_pool.pending = true
      if (wasPending && guard('put the pool where the shrink work is queued already')) return 'zswap_pool_put'
      s.zswap_pool.stores -= 1
      return ret()
    },
    /** zswap_pool_put(pool); */
    zswap_pool_put(s) {
      zswap_pool_put(s)
      s.zswap_pool.stores -= 1
      return ret()
    },
  },
)

/** The workqueue: it runs the work as often as it is queued, until nobody is left who may queue it. */
export const shrink_wq = procedure(
  'shrink_wq',
  {},
  {
    /** process_one_work(): set_work_pool_and_clear_pending(work, …); worker->current_func(work); */
    process_one_work(s) {
      if (!s.zswap_pool.pending) return s.zswap_pool.stores === 0 ? ret() : blocked
      s.zswap_pool.pending = false
      return 'shrink_worker'
    },
    /** shrink_worker(w): … zswap_pool_put(pool); */
    shrink_worker(s) {
      zswap_pool_put(s)
      return 'process_one_work'
    },
  },
)
