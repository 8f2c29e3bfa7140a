/** mm/madvise.c: a thread that writes to its pages and pages them out itself, madvise(MADV_PAGEOUT): shrink_folio_list() as in reclaim. */
import { bool, call, ret } from '../../checker/index.js'
import { shrink_folio_list } from './shrink-folio-list.js'
import { Pte, procedure } from './state.js'
import { user_access } from './user.js'

/** Writes to the first page and pages one out; then, if it is another, the same with the second. */
export const madvise_pageout = procedure(
  'madvise_pageout',
  { args: { first: Pte, second: Pte }, locals: { again: bool }, calls: [user_access, shrink_folio_list] },
  {
    write(_, me) {
      return call(user_access, { pte: me.again ? me.second : me.first, write: true }, 'reclaim_pages')
    },
    /** reclaim_pages(&folio_list) */
    reclaim_pages() {
      return call(shrink_folio_list, {}, 'next')
    },
    next(_, me) {
      if (me.again || me.first === me.second) return ret()
      me.again = true
      return 'write'
    },
  },
)
