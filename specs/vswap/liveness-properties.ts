/** What must happen at last, if every thread that can go on does, and so do the device and RCU. */
import { type Fairness, type Id, Thread, weak } from '../../checker/index.js'
import { alwaysEventually, Folios, returns, type State } from './state.js'

/** Of each thread, of the completion of each read and write, and of the grace periods. */
export const going: readonly Fairness<State>[] = [
  weak.processes(),
  weak.each('id', 'end_swap_bio_read'),
  weak.each('id', 'end_swap_bio_write'),
  weak.each('desc', 'rcu_do_batch'),
]

export const FaultCompletes = returns('FaultCompletes', 'Who touches a page gets at it, or finds that it is gone.', [
  'fault',
  'store',
  'shmem',
])

export const SwapoffTerminates = returns('SwapoffTerminates', 'swapoff ends.', ['swapoff'])

export const LockReleased = alwaysEventually(
  'LockReleased',
  'A thread that holds a page table lock, a folio lock or the lock of a descriptor lets go of it.',
  (s, thread) => !holdsLock(s, thread),
  { each: Thread },
)

function holdsLock(s: State, thread: Id<'thread'>): boolean {
  for (const id of s.pte.ids) if (s.pte[id].ptl.owner === thread) return true
  for (const id of s.folio.ids) if (s.folio[id].locked_by === thread) return true
  for (const id of s.desc.ids) if (s.desc[id].lock.writer === thread) return true
  return false
}

export const WaiterWoken = alwaysEventually(
  'WaiterWoken',
  'Who waits for a folio to be unlocked, or for its writeback, is woken.',
  (s, folio) => !s.folio[folio].PG_locked && !s.folio[folio].writeback,
  { each: Folios },
)
