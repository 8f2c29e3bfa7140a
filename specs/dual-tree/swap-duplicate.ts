/** One more page table entry is going to hold an index. */
import { blocked, int, ret } from '../../checker/index.js'
import { Entry } from '../kernel/anon/fields.js'
import { ENOMEM } from '../kernel/errno.js'
import { guard, procedure } from './state.js'
import { set_swap_count, swap_count } from './swap-count.js'

/** The caller has a reference already: a PTE that holds the index, or the lock of the page that is in the tree. -ENOMEM where there is no room for the count. */
export const swap_duplicate = procedure(
  'swap_duplicate',
  { args: { entry: Entry }, returns: int(-ENOMEM, 0) },
  {
    /** spin_lock(&lock); if (count == SWAP_COUNT_MAX) err = -ENOMEM; else count++; spin_unlock(&lock); of the tree that has the counts */
    add(s, me) {
      if (s.counts_lock.owner !== 0) return blocked
      const count = swap_count(s, me.entry)
      const fits = count < s.SWAP_COUNT_MAX
      if (!fits && guard('refuse a count that there is no room for')) return ret(-ENOMEM)
      set_swap_count(s, me.entry, fits ? count + 1 : 0)
      s.in_flight[me.entry] += 1
      return ret(0)
    },
  },
)
