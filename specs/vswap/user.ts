/** What user space does: it reads and writes its page, and the hardware walks the page table for it. */
import { blocked, bool, call, ret } from '../../checker/index.js'
import { spin_is_locked } from '../kernel/spinlock.js'
import { do_swap_page } from './do-swap-page.js'
import { held } from './folio.js'
import { pte_lockptr } from './page-table.js'
import { dequeue_sigbus } from './sigbus.js'
import { assert_stable } from './stable-writes.js'
import { Pte, procedure } from './state.js'

/**
 * One access, taken until it succeeds. A page that is not there any more or cannot be read, or that is mapped read-only when it is to be written
 * (do_wp_page() would copy it, and never looks at a swap slot for that), ends it.
 */
export const user_access = procedure(
  'user_access',
  { args: { pte: Pte, write: bool }, calls: [do_swap_page] },
  {
    /**
     * The load or store itself: with its walk of the page table one step, as the TLB is flushed under the page table lock. An empty PTE
     * whose lock is held may be in the middle of try_to_unmap(): do_anonymous_page() would wait for the lock and look again. A migration entry is
     * waited for, migration_entry_wait().
     */
    access(s, me) {
      if (dequeue_sigbus(s, me.self)) return ret()
      const pte = s.pte[me.pte]
      const isChanging = pte.kind === 'none' && spin_is_locked(pte_lockptr(s, me.pte))
      if (isChanging || pte.kind === 'migration') return blocked
      if (pte.kind === 'swap') return call(do_swap_page, { pte: me.pte, write: me.write }, 'access')
      if (pte.kind === 'present' && me.write && pte.writable) {
        pte.stored = pte.stored === 3 ? 1 : pte.stored + 1
        pte.dirty = true
        assert_stable(s, held(s, pte.folio))
        held(s, pte.folio).data = pte.stored
      }
      return ret()
    },
  },
)
