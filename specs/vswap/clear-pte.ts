/** include/linux/pgtable.h: pte_clear(). The caller holds the page table lock. */
import type { PageTableEntry } from './state.js'

export function clear_pte(pte: PageTableEntry): void {
  pte.kind = 'none'
  pte.folio = 0
  pte.entry = 0
  pte.writable = false
  pte.dirty = false
  pte.exclusive = false
  pte.stored = 0
}
