/** What of migration, and of the replacement of a folio by shmem, a scenario may take out; and a field that only the latter has. */
import { type Domain, ref } from '../../checker/index.js'

/** Field of the state, by its name: the domain of folios is made where the state is. */
export const migrate_fields = (folios: Domain<'folio'>) => ({
  /** The folio that lies in a zone whose folios the mapping of the shmem file does not take; constant in a scenario. */
  wrong_zone: ref(folios),
})

export const migrate_protections = [
  'tell the descriptor of the folio that is migrated',
  'move the dirty bit with the folio',
  'store the folio that is migrated at every entry of its range',
  'give up a folio under writeback in migration',
  'tell the descriptor of the folio that shmem puts in',
  'make a migration entry readable that is copied',
] as const
