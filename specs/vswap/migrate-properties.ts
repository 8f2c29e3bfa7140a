/** What must be true of a folio that is migrated. */
import { invariant } from './state.js'

const BackingFolioCached = invariant(
  'BackingFolioCached',
  'The folio that backs an entry in the swap cache is the one that is there, unless it is locked.',
  (s) =>
    s.vswap_map.ids.every((entry) => {
      const [desc, folio] = [s.vswap_map[entry], s.swapper_space[entry]]
      if (desc === 0 || folio === 0 || s.desc[desc].type !== 'VSWAP_FOLIO' || s.folio[folio].PG_locked) return true
      return s.desc[desc].folio === folio
    }),
)

export const migrateProperties = [BackingFolioCached]
