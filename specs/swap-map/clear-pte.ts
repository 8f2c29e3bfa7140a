/** include/linux/pgtable.h: pte_clear(). The caller holds the page table lock. */
import type { PageTableEntry } from './state.js'

export function clear_pte(pte: PageTableEntry): void {
  Object.assign(pte, { kind: 'none', folio: 0, entry: 0, writable: false, dirty: false, exclusive: false, stored: 0 })
}
