/** What a load of a page that is out gives, or will give: as a fault looks for it, in the swap cache, in zswap, and then in the slot. */
import { type Id, known, ordinal } from '../../checker/index.js'
import { folio_page } from './folio.js'
import type { State } from './state.js'

/** Undefined while whoever reads the page may have its zswap entry out of the tree: into the swap cache, and in v6.5 to v6.8 past it, too. */
export function loads(s: State, entry: Id<'entry'>): number | undefined {
  const folio = s.swapper_space[entry]
  if (folio === 0) return s.zswap_exclusive_loads_enabled ? undefined : in_slot(s, entry)
  if (!s.folio[folio].uptodate) return s.zswap === 'off' ? s.medium[entry] : undefined
  return s.folio[folio_page(s, folio, ordinal(entry) - ordinal(known(s.folio[folio].swap)))].data
}

function in_slot(s: State, entry: Id<'entry'>): number {
  const zentry = s.zswap_tree[entry]
  return zentry === 0 ? s.medium[entry] : s.zswap_entry[zentry].data
}
