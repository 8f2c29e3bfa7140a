/** include/linux/mm.h: page tables. What a fault or a zap finds next to a PTE is in the same table, and under the same lock. */
import { type Id, nth, ordinal, type Ref } from '../../checker/index.js'
import type { Spinlock } from '../kernel/spinlock.js'
import type { State } from './state.js'

/** The first PTE of the table that this one is in. */
function first_of_table({ pte: ptes, PTRS_PER_PTE }: State, pte: Id<'pte'>): Id<'pte'> {
  if (PTRS_PER_PTE === 0) return pte
  return ptes.ids[Math.floor((ordinal(pte) - 1) / PTRS_PER_PTE) * PTRS_PER_PTE] ?? pte
}

/** pte_lockptr(mm, pmd), of the table with this PTE */
export function pte_lockptr(s: State, pte: Id<'pte'>): Spinlock {
  return s.pte[first_of_table(s, pte)].ptl
}

/** pte + n; 0 where that is in another table. */
export function pte_nth(s: State, pte: Ref<'pte'>, n: number): Ref<'pte'> {
  if (pte === 0) return 0
  const at = nth(s.pte.ids, pte, n)
  return at !== 0 && first_of_table(s, at) === first_of_table(s, pte) ? at : 0
}

/** page_vma_mapped_walk(), which goes on with the lock held: to the next PTE, if that is in the same table. */
export function next_of_table(s: State, me: { pte: Ref<'pte'> }): boolean {
  const next = pte_nth(s, me.pte, 1)
  if (next !== 0) me.pte = next
  return next !== 0
}
