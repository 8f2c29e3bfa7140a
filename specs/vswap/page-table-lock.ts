/** The page table lock, where a scenario may take it out. */
import type { Id } from '../../checker/index.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import type { lock_protections } from './lock-names.js'
import { pte_lockptr } from './page-table.js'
import { guard, type State } from './state.js'

type Protection = (typeof lock_protections)[number]

/** pte_offset_map_lock(): false while somebody else has it; the step then returns `blocked`. */
export function pte_lock(s: State, pte: Id<'pte'>, self: Id<'thread'>, protection: Protection): boolean {
  return !guard(protection) || spin_lock(pte_lockptr(s, pte), self)
}

/** pte_unmap_unlock() */
export function pte_unlock(s: State, pte: Id<'pte'>, self: Id<'thread'>, protection: Protection): void {
  if (guard(protection)) spin_unlock(pte_lockptr(s, pte), self)
}
