/** That pages in tiers look like what they stand for: `specs/page`. A page is in where its PTE maps a folio; elsewhere it is out, and a fault asks the descriptor. */
import type { Id } from '../../checker/index.js'
import { page } from '../page/page.js'
import { copy } from './properties.js'
import { refines, type State } from './state.js'

export const Refines = refines(
  'Refines',
  'A page that was written is what is read, until it is zapped, whichever tier it is in.',
  page,
  (s, abstract) => {
    for (const id of s.pte.ids) {
      const { kind, stored, folio } = s.pte[id]
      if (kind === 'none' && stored === 0) continue
      const loads = kind === 'present' && folio !== 0 ? s.folio[folio].data : loaded(s, id)
      Object.assign(abstract.page[id], { is: kind === 'present' ? 'in' : 'out', written: stored, loads })
    }
  },
)

/** What a load of a page that is out gives, when the page table lock and the folio need not be waited for. */
function loaded(s: State, pte: Id<'pte'>): number {
  const { ptl, entry, stored } = s.pte[pte]
  if (ptl.owner !== 0) return stored
  if (entry === 0) return 0
  const { folio } = s.vswap_map[entry]
  if (folio === 0) return copy(s, s.vswap_map[entry])
  return !s.folio[folio].uptodate && s.folio[folio].PG_locked ? stored : s.folio[folio].data
}
