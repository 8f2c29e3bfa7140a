/**
 * mm/vswap.c: swap_duplicate_nr() of a range (patch 10), as swap_shmem_alloc() calls it.
 *
 * Left out: the undo where an entry is gone. The caller has them all pinned.
 */
import { ret } from '../../checker/index.js'
import { atomic_add_unless } from '../kernel/atomic.js'
import { live } from '../kernel/memory.js'
import { rcu_read_unlock } from '../kernel/rcu.js'
import { Entry, Nr, procedure, SWAP_COUNT_INC } from './state.js'
import { walk, xa_index, xas_for_each, xas_has_next } from './xas-for-each.js'

export const swap_duplicate_nr = procedure(
  'swap_duplicate_nr',
  { args: { entry: Entry, nr: Nr }, locals: walk },
  {
    /** rcu_read_lock(); xas_for_each(&xas, desc, entry.val + nr - 1) */
    xas_for_each(s, me) {
      if (xas_for_each(s, me)) return 'atomic_add_unless'
      if (xas_has_next(me)) return 'xas_for_each'
      rcu_read_unlock(s.rcu, me.self)
      return ret()
    },
    /** if (!desc || !atomic_add_unless(&desc->swap_refs, SWAP_COUNT_INC, 0)) goto done; i++; … done: rcu_read_unlock(); */
    atomic_add_unless(s, me) {
      const isAdded = atomic_add_unless(live(s.desc, me.desc), 'swap_refs', SWAP_COUNT_INC, 0)
      if (isAdded) s.in_flight[xa_index(s, me)] += 1
      if (isAdded && xas_has_next(me)) return 'xas_for_each'
      rcu_read_unlock(s.rcu, me.self)
      return ret()
    },
  },
)
