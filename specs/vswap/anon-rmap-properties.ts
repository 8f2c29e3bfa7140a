/** What must be true of where a folio is mapped, while userfaultfd moves pages. */
import { ordinal } from '../../checker/index.js'
import { invariant } from './state.js'

const RmapFindsPte = invariant('RmapFindsPte', 'The folio that a PTE maps says where it is mapped.', (s) => {
  if (!s.anon_rmap.watched) return true
  for (const id of s.pte.ids) {
    const { kind, folio } = s.pte[id]
    if (kind === 'present' && folio !== 0 && s.folio[folio].index !== ordinal(id)) return false
  }
  return true
})

export const anonRmapProperties = [RmapFindsPte]
