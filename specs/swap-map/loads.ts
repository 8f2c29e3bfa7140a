/** What a load of a page that is out gives, or will give: as a fault looks for it, in the swap cache and then in the slot. */
import { type Id, known, ordinal } from '../../checker/index.js'
import { folio_page } from './folio.js'
import type { State } from './state.js'

export function loads(s: State, entry: Id<'entry'>): number {
  const folio = s.swapper_space[entry]
  if (folio === 0 || !s.folio[folio].uptodate) return s.medium[entry]
  return s.folio[folio_page(s, folio, ordinal(entry) - ordinal(known(s.folio[folio].swap)))].data
}
