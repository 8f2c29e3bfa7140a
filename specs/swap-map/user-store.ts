/** What user space does that writes to its page until it succeeds, mapped read-only or not. `user-access.ts` gives up at a read-only page. */
import { blocked, call, ret } from '../../checker/index.js'
import { spin_is_locked } from '../kernel/spinlock.js'
import { do_swap_page } from './do-swap-page.js'
import { do_wp_page } from './do-wp-page.js'
import { held } from './folio.js'
import { Pte, procedure } from './state.js'

/** One store. A page that is not there any more ends it. */
export const user_store = procedure(
  'user_store',
  { args: { pte: Pte }, calls: [do_swap_page, do_wp_page] },
  {
    /** The store itself, as in `user_access`. */
    store(s, me) {
      const pte = s.pte[me.pte]
      if (pte.kind === 'none') return spin_is_locked(pte.ptl) ? blocked : ret()
      if (pte.kind === 'swap') return call(do_swap_page, { pte: me.pte, write: true }, 'store')
      if (!pte.writable) return call(do_wp_page, { pte: me.pte }, 'store')
      pte.stored = pte.stored === 3 ? 1 : pte.stored + 1
      pte.dirty = true
      held(s, pte.folio).data = pte.stored
      return ret()
    },
  },
)
