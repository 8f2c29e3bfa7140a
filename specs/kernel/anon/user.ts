/** What user space does: it reads and writes its page, and the hardware walks the page table for it. */
import { blocked, bool, call, ret } from '../../../checker/index.js'
import { Pte, procedure } from './fields.js'
import { held } from './folio.js'
import type { Fault } from './swap.js'

/** One access, taken until it succeeds; a page that is not there any more ends it. */
export const userAccess = ({ do_swap_page, do_wp_page }: Fault) =>
  procedure(
    'user_access',
    { args: { pte: Pte, write: bool }, calls: [do_swap_page, do_wp_page] },
    {
      /** The load or store, with its walk of the page table: one step, as the TLB is flushed under the page table lock. */
      access(s, me) {
        const pte = s.pte[me.pte]
        if (pte.kind === 'none' && pte.ptl.owner !== 0) return blocked
        if (pte.kind === 'swap') return call(do_swap_page, { pte: me.pte, write: me.write }, 'access')
        if (pte.kind === 'present' && me.write) {
          if (!pte.writable) return call(do_wp_page, { pte: me.pte }, 'access')
          pte.stored = pte.stored === 3 ? 1 : pte.stored + 1
          pte.dirty = true
          held(s, pte.folio).data = pte.stored
        }
        return ret()
      },
    },
  )
