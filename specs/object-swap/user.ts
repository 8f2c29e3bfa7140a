/** What user space does: it reads and writes its page, and the hardware walks the page table for it. */
import { blocked, bool, call, type Id, ret } from '../../checker/index.js'
import { do_swap_page } from './do-swap-page.js'
import { do_wp_page } from './do-wp-page.js'
import { held } from './folio.js'
import { shmem_fault } from './shmem-fault.js'
import { Pte, procedure, type State } from './state.js'

/** One access, taken until it succeeds; a page that is not there any more ends it, with SIGBUS where the file is too short. */
export const user_access = procedure(
  'user_access',
  { args: { pte: Pte, write: bool }, calls: [do_swap_page, do_wp_page, shmem_fault] },
  {
    /** The load or store, with its walk of the page table: one step, as the TLB is flushed under the page table lock. */
    access(s, me) {
      const pte = s.pte[me.pte]
      if (pte.kind === 'none') {
        if (pte.ptl.owner !== 0) return blocked
        const isThere = pte.object !== 0 && s.object[pte.object].is === 'inode' && !s.object[pte.object].truncated
        return isThere ? call(shmem_fault, { pte: me.pte }, 'access') : ret()
      }
      if (pte.kind === 'swap') return call(do_swap_page, { pte: me.pte, write: me.write }, 'access')
      if (!me.write) return ret()
      if (!pte.writable) return call(do_wp_page, { pte: me.pte }, 'access')
      pte.dirty = true
      store(s, me.pte)
      return ret()
    },
  },
)

/** Who else has mapped a page that may be written to shares it. */
function store(s: State, id: Id<'pte'>): void {
  const { folio, stored } = s.pte[id]
  const data = stored === 3 ? 1 : stored + 1
  held(s, folio).data = data
  const { mapping } = held(s, folio)
  const isShared = mapping !== 0 && s.object[mapping].is === 'inode'
  for (const other of s.pte.ids) if (other === id || (isShared && s.pte[other].object === mapping)) s.pte[other].stored = data
}
