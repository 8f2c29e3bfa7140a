/** The swap count, in the descriptor. A reference of the caller keeps what vswap_map leads to. */
import { assert, bool, int, ret } from '../../checker/index.js'
import { Entry } from '../kernel/anon/fields.js'
import { NoUnderflow } from '../kernel/atomic.js'
import { ENOMEM } from '../kernel/errno.js'
import { is_unused, vswap_free } from './desc.js'
import { procedure } from './state.js'

/** Never refused: a descriptor has room for any count. */
export const swap_duplicate = procedure(
  'swap_duplicate',
  { args: { entry: Entry }, returns: int(-ENOMEM, 0) },
  {
    /** spin_lock(&desc->lock); desc->swap_count++; spin_unlock(&desc->lock); */
    add(s, me) {
      s.vswap_map[me.entry].swap_count += 1
      s.in_flight[me.entry] += 1
      return ret(0)
    },
  },
)

/** True where it was the last one, and the folio is in the swap cache still. */
export const swap_free = procedure(
  'swap_free',
  { args: { entry: Entry }, returns: bool },
  {
    /** spin_lock(&desc->lock); if (!--desc->swap_count && !desc->folio && !desc->moving) vswap_free(desc); spin_unlock(&desc->lock); */
    drop(s, me) {
      const desc = s.vswap_map[me.entry]
      assert(desc.swap_count > 0, 'swap_free: unused entry', NoUnderflow)
      desc.swap_count -= 1
      s.in_flight[me.entry] -= 1
      if (is_unused(desc)) vswap_free(s, desc)
      return ret(desc.swap_count === 0 && desc.folio !== 0)
    },
  },
)
