/** What the procedures here call, of the spec: its swap entries, and its swap cache. */
import type { bool, IntField, Procedure, RefField } from '../../../checker/index.js'
import type { Entry, Folios, Pte } from './fields.js'

type OfEntry<R> = Procedure<string, { entry: typeof Entry }, R>
type OfFolio<R> = Procedure<string, { folio: typeof Folios }, R>

/** One more PTE is going to hold the entry; the caller has a reference already. 0, or -ENOMEM where the count is refused. */
export type SwapDuplicate = OfEntry<IntField>
/** A PTE is going to hold the entry no more: true where it was the last, and the folio is in the swap cache still. */
export type SwapFree = OfEntry<typeof bool>
/** The folio behind the entry, with a reference for the caller, maybe locked by somebody else; 0 where the entry has gone, or there is no memory. */
export type ReadSwapCache = OfEntry<RefField<'folio'>>
/** Looks for the folio of an entry that nobody holds any more, and takes it out of the swap cache. */
export type TryToReclaimSwap = OfEntry<undefined>
/** By the holder of the folio lock: false where page table entries hold its entry; else the folio has left the swap cache. */
export type FolioFreeSwap = OfFolio<typeof bool>
/** The same, for who has a reference alone. */
export type FreeSwapCache = OfFolio<undefined>

/** The faults of `userAccess`. */
export interface Fault {
  readonly do_swap_page: Procedure<string, { pte: typeof Pte; write: typeof bool }, undefined>
  readonly do_wp_page: Procedure<string, { pte: typeof Pte }, undefined>
}

/** The protections of a fault; a spec has them among its own. */
export const faultProtections = ['recheck the entry of the folio once it is locked', 'pte_same under the page table lock'] as const

export type Guard = (protection: (typeof faultProtections)[number]) => boolean
