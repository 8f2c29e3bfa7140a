/** mm/madvise.c: a thread that writes to its page and pages it out itself, madvise(MADV_PAGEOUT): shrink_folio_list() as in reclaim. */
import { call, ret } from '../../checker/index.js'
import { shrink_folio_list } from './shrink-folio-list.js'
import { Pte, procedure } from './state.js'
import { user_access } from './user-access.js'

export const madvise_pageout = procedure(
  'madvise_pageout',
  { args: { pte: Pte }, calls: [user_access, shrink_folio_list] },
  {
    write(_, me) {
      return call(user_access, { pte: me.pte, write: true }, 'reclaim_pages')
    },
    /** reclaim_pages(&folio_list) */
    reclaim_pages() {
      return call(shrink_folio_list, {}, 'done')
    },
    done() {
      return ret()
    },
  },
)
