/** A thread that takes a page of a shmem file out itself, with madvise(MADV_PAGEOUT): shrink_folio_list() as in reclaim. */
import { bool, call, ret } from '../../checker/index.js'
import { large_shmem_file } from './large-shmem-get-folio.js'
import { shmem_file } from './shmem-file.js'
import { writepage } from './shmem-writepage.js'
import { shrink_folio_list_by } from './shrink-folio-list.js'
import { Pte, procedure } from './state.js'
import { user_access } from './user.js'

const shrink_folio_list = shrink_folio_list_by(writepage)

/** Writes to the page, takes a page out, and reads the page. `file` is of a file with large folios or without. */
const shmem_pageout_by = (file: typeof shmem_file) =>
  procedure(
    'shmem_pageout',
    { args: { index: Pte }, calls: [file, shrink_folio_list] },
    {
      write(_, me) {
        return call(file, { index: me.index, write: true }, 'reclaim_pages')
      },
      /** reclaim_pages(&folio_list) */
      reclaim_pages() {
        return call(shrink_folio_list, {}, 'read')
      },
      read(_, me) {
        return call(file, { index: me.index, write: false }, 'done')
      },
      done() {
        return ret()
      },
    },
  )

export const shmem_pageout = shmem_pageout_by(shmem_file)
export const large_shmem_pageout = shmem_pageout_by(large_shmem_file)

/** Reads the page, takes one out, reads its own anonymous page, and takes out another. */
export const shmem_pageouts = procedure(
  'shmem_pageouts',
  { args: { index: Pte, pte: Pte }, locals: { again: bool }, calls: [shmem_file, shrink_folio_list, user_access] },
  {
    read(_, me) {
      return call(shmem_file, { index: me.index, write: false }, 'reclaim_pages')
    },
    /** reclaim_pages(&folio_list) */
    reclaim_pages() {
      return call(shrink_folio_list, {}, 'access')
    },
    access(_, me) {
      if (me.again) return ret()
      me.again = true
      return call(user_access, { pte: me.pte, write: false }, 'reclaim_pages')
    },
  },
)
