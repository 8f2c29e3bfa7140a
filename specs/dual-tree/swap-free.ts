/** A page table entry does not hold an index any more. */
import { assert, blocked, bool, type Id, ref, ret } from '../../checker/index.js'
import { Entry } from '../kernel/anon/fields.js'
import { NoUnderflow } from '../kernel/atomic.js'
import { guard, procedure, Slot, type State } from './state.js'
import { lock_counts, set_swap_count, swap_count, unlock_counts } from './swap-count.js'
import { swap_slot_free } from './swap-slot.js'

/** True where this was the last one, and the page is in the tree still: who wants the index free takes the page out of it. */
export const swap_free = procedure(
  'swap_free',
  { args: { entry: Entry }, locals: { slot: ref(Slot) }, returns: bool },
  {
    /** spin_lock(&lock); count--; of the tree that has the counts: in one tree, what stands beside a count of 0 goes under the same lock */
    drop(s, me) {
      if (!lock_counts(s, me.self)) return blocked
      const count = swap_count(s, me.entry)
      assert(count > 0, 'swap_free: unused index', NoUnderflow)
      set_swap_count(s, me.entry, count - 1)
      s.in_flight[me.entry] -= 1
      if (s.counts_in === 'swap_counts') {
        if (count > 1 || !guard('hold the lock of the counts until the tree is changed')) unlock_counts(s, me.self)
        return count > 1 ? ret(false) : 'erase'
      }
      return count > 1 ? ret(false) : erased(s, me)
    },
    /** spin_lock(&tree_lock); radix_tree_delete(&swapper_space, index); spin_unlock(&tree_lock); spin_unlock(&counts_lock); */
    erase(s, me) {
      const next = erased(s, me)
      unlock_counts(s, me.self)
      return next
    },
    swap_slot_free(s, me) {
      swap_slot_free(s, me.slot)
      return ret(false)
    },
  },
)

function erased(s: State, me: { entry: Id<'entry'>; slot: State['swapper_space'][Id<'entry'>]['slot'] }) {
  const { is, slot } = s.swapper_space[me.entry]
  if (is === 'page') return ret(true)
  Object.assign(s.swapper_space[me.entry], { is: 'nothing', slot: 0 })
  if (is !== 'slot') return ret(false)
  me.slot = slot
  return 'swap_slot_free'
}
