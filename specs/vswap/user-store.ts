/** What user space does that writes to its page until it succeeds, mapped read-only or not. `user.ts` gives up at a read-only page. */
import { blocked, call, ret } from '../../checker/index.js'
import { spin_is_locked } from '../kernel/spinlock.js'
import { do_swap_page } from './do-swap-page.js'
import { do_wp_page } from './do-wp-page.js'
import { held } from './folio.js'
import { pte_lockptr } from './page-table.js'
import { dequeue_sigbus } from './sigbus.js'
import { assert_stable } from './stable-writes.js'
import { Pte, procedure } from './state.js'

/** One store. A page that is not there any more or cannot be read ends it. */
export const user_store = procedure(
  'user_store',
  { args: { pte: Pte }, calls: [do_swap_page, do_wp_page] },
  {
    /** The store itself, as in `user_access`; migration_entry_wait() */
    store(s, me) {
      if (dequeue_sigbus(s, me.self)) return ret()
      const pte = s.pte[me.pte]
      if (pte.kind === 'migration') return blocked
      if (pte.kind === 'none') return spin_is_locked(pte_lockptr(s, me.pte)) ? blocked : ret()
      if (pte.kind === 'swap') return call(do_swap_page, { pte: me.pte, write: true }, 'store')
      if (!pte.writable) return call(do_wp_page, { pte: me.pte }, 'store')
      pte.stored = pte.stored === 3 ? 1 : pte.stored + 1
      pte.dirty = true
      assert_stable(s, held(s, pte.folio))
      held(s, pte.folio).data = pte.stored
      return ret()
    },
  },
)
