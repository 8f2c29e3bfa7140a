/** What user space does whose PTEs are in a table with others, as in `user.ts`: a fault may bring in several pages. */
import { blocked, bool, call, ret } from '../../checker/index.js'
import { spin_is_locked } from '../kernel/spinlock.js'
import { held } from './folio.js'
import { pte_lockptr } from './page-table.js'
import { dequeue_sigbus } from './sigbus.js'
import { Nr, Pte, procedure } from './state.js'
import { thp_do_swap_page } from './thp-do-swap-page.js'

/** One access, taken until it succeeds. */
export const thp_user_access = procedure(
  'user_access',
  { args: { pte: Pte, write: bool, order_nr: Nr }, calls: [thp_do_swap_page] },
  {
    /** The load or store itself. */
    access(s, me) {
      if (dequeue_sigbus(s, me.self)) return ret()
      const pte = s.pte[me.pte]
      if (pte.kind === 'migration' || (pte.kind === 'none' && spin_is_locked(pte_lockptr(s, me.pte)))) return blocked
      if (pte.kind === 'swap') return call(thp_do_swap_page, { pte: me.pte, write: me.write, order_nr: me.order_nr }, 'access')
      if (pte.kind === 'present' && me.write && pte.writable) {
        pte.stored = pte.stored === 3 ? 1 : pte.stored + 1
        pte.dirty = true
        held(s, pte.folio).data = pte.stored
      }
      return ret()
    },
  },
)
