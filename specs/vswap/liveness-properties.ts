/** What must happen at last, if every thread that can go on does, and so do the device and RCU. */
import { type Fairness, type Id, Thread, weak } from '../../checker/index.js'
import { alwaysEventually, Folios, returns, type State } from './state.js'

/** Of the completion of each read and write, and of the grace periods. */
export const devicesGo: readonly Fairness<State>[] = [
  weak.each('id', 'end_swap_bio_read'),
  weak.each('id', 'end_swap_bio_write'),
  weak.each('desc', 'rcu_do_batch'),
]

/** Of each thread, too. */
export const going: readonly Fairness<State>[] = [weak.processes(), ...devicesGo]

export const FaultCompletes = returns('FaultCompletes', 'Who touches a page gets at it, or finds that it is gone.', [
  'fault',
  'store',
  'shmem',
  'thp fault',
  'realtime fault',
  'realtime shmem',
  'pageout',
])

export const SwapoffTerminates = returns('SwapoffTerminates', 'swapoff ends.', ['swapoff'])

export const LockReleased = alwaysEventually(
  'LockReleased',
  'A thread that holds a page table lock, a folio lock, or the lock of a descriptor or of vswap_map, lets go of it.',
  (s, thread) => !holdsLock(s, thread),
  { each: Thread },
)

/** Does it hold a spin lock, or one side of one? Then preemption is off. */
export function isAtomic(s: State, thread: Id<'thread'>): boolean {
  for (const id of s.pte.ids) if (s.pte[id].ptl.owner === thread) return true
  for (const id of s.desc.ids) if (s.desc[id].lock.writer === thread || s.desc[id].lock.readers.has(thread)) return true
  return s.vswap_map_lock.owner === thread
}

function holdsLock(s: State, thread: Id<'thread'>): boolean {
  return isAtomic(s, thread) || s.folio.ids.some((id) => s.folio[id].locked_by === thread)
}

export const WaiterWoken = alwaysEventually(
  'WaiterWoken',
  'Who waits for a folio to be unlocked, or for its writeback, is woken.',
  (s, folio) => !s.folio[folio].PG_locked && !s.folio[folio].writeback,
  { each: Folios },
)
