/** mm/vswap.c: non_swapcache_batch() (patch 10). */
import { assert, asserted, ret } from '../../checker/index.js'
import { live } from '../kernel/memory.js'
import { rcu_read_unlock } from '../kernel/rcu.js'
import { Entry, guard, Nr, procedure, SWAP_CACHE_INC, SWAP_CACHE_SHIFT } from './state.js'
import { walk, xas_for_each, xas_has_next } from './xas-for-each.js'

export const BatchIsUncached = asserted(
  'BatchIsUncached',
  'non_swapcache_batch() counts the slots that are still valid, but not in swap cache.',
)

/** non_swapcache_batch(entry, max_nr) */
export const non_swapcache_batch = procedure(
  'non_swapcache_batch',
  { args: { entry: Entry, nr: Nr }, locals: { ...walk, i: Nr }, returns: Nr },
  {
    /** rcu_read_lock(); xas_for_each(&xas, desc, entry.val + max_nr - 1) */
    xas_for_each(s, me) {
      if (xas_for_each(s, me)) return 'atomic_read'
      if (xas_has_next(me)) return 'xas_for_each'
      rcu_read_unlock(s.rcu, me.self)
      return ret(me.i)
    },
    /**
     * swap_refs = atomic_read(&desc->swap_refs); if (!(swap_refs & SWAP_CACHE_INC) && (swap_refs >> SWAP_CACHE_SHIFT)) goto done; i++; with
     * the protection it goes on there, and is done where the slot is in the swap cache or in no PTE
     */
    atomic_read(s, me) {
      const { swap_refs } = live(s.desc, me.desc)
      const isCounted = (swap_refs & SWAP_CACHE_INC) === 0 && swap_refs >> SWAP_CACHE_SHIFT > 0
      const goesOn = isCounted === guard('count entries that are not in the swap cache')
      assert(goesOn === isCounted, 'a slot that is valid and not in the swap cache ends the batch, or another is counted', BatchIsUncached)
      if (goesOn) me.i++
      if (goesOn && xas_has_next(me)) return 'xas_for_each'
      rcu_read_unlock(s.rcu, me.self)
      return ret(me.i)
    },
  },
)
