/** That the tree looks like what it stands for: `specs/page`. A page is in where its PTE maps a folio; elsewhere it is out, and a fault looks for it in the tree. */
import type { Id } from '../../checker/index.js'
import { page } from '../page/page.js'
import { refines, type State } from './state.js'

export const Refines = refines(
  'Refines',
  'A page that was written is what is read, until it is zapped, whatever moves underneath.',
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
function loaded(s: State, id: Id<'pte'>): number {
  const { ptl, entry, stored } = s.pte[id]
  if (ptl.owner !== 0) return stored
  if (entry === 0) return 0
  const { is, slot, folio } = s.swapper_space[entry]
  if (is === 'zeroes') return s.zeroes
  if (is === 'slot') return slot === 0 ? 0 : s.medium[slot]
  if (folio === 0) return 0
  return !s.folio[folio].uptodate && s.folio[folio].PG_locked ? stored : s.folio[folio].data
}
