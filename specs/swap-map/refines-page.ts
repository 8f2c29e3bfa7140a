/**
 * That swap looks as it should to those whose pages are swapped: `specs/page`.
 *
 * A page is in where its PTE maps a folio. Elsewhere it is out; where a fault would wait, for the page table lock, it will find what was last
 * written or nothing: this is looked at when it need not wait any more.
 */
import { page } from '../page/page.js'
import { loads } from './loads.js'
import { refines } from './state.js'

export const Refines = refines(
  'Refines',
  'A page that was written is what is read, until it is zapped, whatever moves underneath.',
  page,
  (s, abstract) => {
    for (const id of s.pte.ids) {
      const { kind, folio, entry, stored, ptl } = s.pte[id]
      if (kind === 'none' && stored === 0) continue
      const p = abstract.page[id]
      p.is = kind === 'present' ? 'in' : 'out'
      p.written = stored
      if (folio !== 0) p.loads = s.folio[folio].data
      else p.loads = ptl.owner !== 0 || entry === 0 ? stored : (loads(s, entry) ?? stored)
    }
  },
)
