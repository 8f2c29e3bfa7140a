/** The swap count, in the descriptor. */
import { assert, bool, int, ref, ret } from '../../checker/index.js'
import { Entry } from '../kernel/anon/fields.js'
import { NoUnderflow } from '../kernel/atomic.js'
import { ENOMEM } from '../kernel/errno.js'
import { live } from '../kernel/memory.js'
import { is_unused, swap_desc_free } from './desc.js'
import { Desc, guard, procedure } from './state.js'

/** The caller has a reference already: a PTE that holds the id, or the lock of the folio in the swap cache. Never refused: a descriptor has room for any count. */
export const swap_duplicate = procedure(
  'swap_duplicate',
  { args: { entry: Entry }, locals: { desc: ref(Desc), seen: int(0, 3) }, returns: int(-ENOMEM, 0) },
  {
    /** desc = xa_load(&swap_descs, id); the reference keeps it */
    xa_load(s, me) {
      me.desc = s.swap_descs[me.entry]
      return 'add'
    },
    /** spin_lock(&desc->lock); desc->swap_count++; spin_unlock(&desc->lock); */
    add(s, me) {
      const desc = live(s.desc, me.desc)
      me.seen = desc.swap_count
      if (!guard('count under the lock of the descriptor')) return 'store'
      desc.swap_count += 1
      s.in_flight[me.entry] += 1
      return ret(0)
    },
    /** The second half of desc->swap_count++, where the lock is not held. */
    store(s, me) {
      live(s.desc, me.desc).swap_count = me.seen + 1
      s.in_flight[me.entry] += 1
      return ret(0)
    },
  },
)

/** Gives up a reference that a PTE holds. True where it was the last one, and the folio is in the swap cache still. */
export const swap_free = procedure(
  'swap_free',
  { args: { entry: Entry }, locals: { desc: ref(Desc) }, returns: bool },
  {
    /** desc = xa_load(&swap_descs, id); the reference keeps it */
    xa_load(s, me) {
      me.desc = s.swap_descs[me.entry]
      return 'drop'
    },
    /** spin_lock(&desc->lock); if (!--desc->swap_count && !desc->folio) swap_desc_free(desc); spin_unlock(&desc->lock); */
    drop(s, me) {
      const desc = live(s.desc, me.desc)
      assert(desc.swap_count > 0, 'swap_free: unused swap id', NoUnderflow)
      desc.swap_count -= 1
      s.in_flight[me.entry] -= 1
      if (is_unused(desc)) swap_desc_free(s, me.entry)
      return ret(desc.swap_count === 0 && desc.folio !== 0)
    },
  },
)
