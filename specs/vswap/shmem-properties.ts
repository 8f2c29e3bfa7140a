/** What must be true of a page of a shmem file. */
import { invariant } from './state.js'

export const ShmemKeepsPage = invariant(
  'ShmemKeepsPage',
  'A page that was written, and not truncated, is in the page cache, swapped out, or known to be lost.',
  (s) => s.pte.ids.slice(0, 1).every((id) => s.pte[id].kind !== 'none' || s.pte[id].stored === 0),
)

const ReadIsBacked = invariant('ReadIsBacked', 'No page is read from slot 0, the header of the first device.', (s) =>
  s.folio.ids.every((id) => !s.folio[id].uptodate || s.folio[id].data !== 0),
)

export const shmemProperties = [ShmemKeepsPage, ReadIsBacked]
