/** Where the swap count of an index is, in each of the three designs. Whoever reads or changes it holds the lock of the tree that it is in. */
import { type Id, known } from '../../checker/index.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import type { State } from './state.js'

export function swap_count(s: State, index: Id<'entry'>): number {
  return s.counts_in === 'swap_counts' ? s.swap_counts[index] : word(s, index).count
}

export function set_swap_count(s: State, index: Id<'entry'>, count: number): void {
  if (s.counts_in === 'swap_counts') s.swap_counts[index] = count
  else word(s, index).count = count
}

/** What has the count: the page, if it has no room beside the page; or else the word of the tree. */
function word(s: State, index: Id<'entry'>): { count: number } {
  const { is, folio } = s.swapper_space[index]
  return s.counts_in === 'page' && is === 'page' ? s.folio[known(folio)] : s.swapper_space[index]
}

/** spin_lock(&counts_lock), where there is a second tree: false while somebody else has it. Elsewhere tree_lock, taken for one step, is enough. */
export function lock_counts(s: State, self: Id<'thread'>): boolean {
  return s.counts_in !== 'swap_counts' || spin_lock(s.counts_lock, self)
}

export function unlock_counts(s: State, self: Id<'thread'>): void {
  if (s.counts_lock.owner === self) spin_unlock(s.counts_lock, self)
}
