/** What user space does: it reads and writes its page, and the hardware walks the page table for it. */
import { blocked, bool, call, ret } from '../../checker/index.js'
import { spin_is_locked } from '../kernel/spinlock.js'
import { do_swap_page } from './do-swap-page.js'
import { held } from './folio.js'
import { Pte, procedure } from './state.js'

/** One access, taken until it succeeds. A page that is not there any more, or that is mapped read-only when it is to be written, ends it. */
export const user_access = procedure(
  'user_access',
  { args: { pte: Pte, write: bool }, calls: [do_swap_page] },
  {
    /**
     * The load or store itself: with its walk of the page table one step, as the TLB is flushed under the page table lock. An empty PTE
     * whose lock is held may be in the middle of try_to_unmap(): do_anonymous_page() would wait for the lock and look again.
     */
    access(s, me) {
      const pte = s.pte[me.pte]
      if (pte.kind === 'swap') return call(do_swap_page, { pte: me.pte, write: me.write }, 'access')
      if (pte.kind === 'none') return spin_is_locked(pte.ptl) ? blocked : ret()
      if (me.write && pte.writable) {
        pte.stored = pte.stored === 3 ? 1 : pte.stored + 1
        pte.dirty = true
        held(s, pte.folio).data = pte.stored
      }
      return ret()
    },
  },
)
