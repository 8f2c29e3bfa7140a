/**
 * Two threads on one CPU that meet on a page, the first of higher priority: the other goes on only while that one is blocked or asleep.
 * Without a sleep the first spins, and waits for ever for what the other has begun.
 *
 * Not asked of pairs with reclaim, as a fault spins on a folio whose reference count is frozen: `__remove_mapping()` holds the xa_lock for
 * that, with interrupts off, which no step here shows.
 */
import { type Fairness, oneCpu, type Process, process, type Scenario } from '../../../checker/index.js'
import { devicesGo, FaultCompletes, isAtomic, LockReleased, SwapoffTerminates, WaiterWoken } from '../liveness-properties.js'
import { shmem_file } from '../shmem-file.js'
import { shmemProperties } from '../shmem-properties.js'
import type { State } from '../state.js'
import { swapoffProperties } from '../swapoff-properties.js'
import { user_access } from '../user.js'
import { fault } from '../vswap.js'
import type { Pair } from './pair.js'
import { pairs } from './pairs.js'
import { protectionPairs } from './protection-pairs.js'
import { shmemPairs } from './shmem-pairs.js'
import { read as readShmem } from './shmem-processes.js'
import { swapoffPairs } from './swapoff-pairs.js'

const first = (high: string, low: string): readonly Fairness<State>[] => [oneCpu([[high], [low]], isAtomic), ...devicesGo]
const realtimeFault = process('realtime fault', user_access)({ pte: 1, write: true })
const realtimeShmem = process('realtime shmem', shmem_file)({ index: 1, write: false })

/** In place of two threads that are alike, one that goes first: what neither can do, neither can. */
const ranked = ({ unreachable, ...on }: Pair, high: Process, low: Process): Pair => ({
  ...on,
  run: [high, low],
  fairness: first(high.name, low.name),
  unreachable: Object.fromEntries(
    Object.entries(unreachable).map(([reason, steps]) => [
      reason,
      steps.flatMap((step) => (step.startsWith(`${low.name}/`) ? [step, step.replace(low.name, high.name)] : [step])),
    ]),
  ),
})

const swapoffFirst: Pair = { ...swapoffPairs['swapoff-vs-direct'], fairness: first('swapoff', 'fault') }

export const scenarios: readonly Scenario[] = [
  ...protectionPairs(
    {
      'realtime-cached': {
        title:
          'A fault of higher priority waits for a thread that has pinned the entry, and not yet put a folio into the swap cache (029c4628b2eb)',
        without: 'sleep before another look in __read_swap_cache_async',
        violates: FaultCompletes.name,
        on: { ...ranked(pairs['cached-vs-cached'], realtimeFault, fault({ pte: 1, write: true })), counts: [13_107, 27_335, 129] },
        counts: [13_107, 27_335, 129],
      },
      'realtime-direct': {
        title: 'A fault of higher priority is taken again and again while the other reads the page past the swap cache',
        without: 'sleep before the fault is taken again',
        violates: LockReleased.name,
        properties: [LockReleased],
        on: ranked(pairs['direct-vs-direct'], realtimeFault, fault({ pte: 1, write: true })),
        counts: [6_496, 12_865, 106],
      },
    },
    [FaultCompletes, LockReleased, WaiterWoken],
  ),
  ...protectionPairs(
    {
      'realtime-shmem': {
        title: 'A shmem fault of higher priority waits for the pin of a thread that has the folio locked, and is about to put the pin',
        without: 'sleep before another look in __read_swap_cache_async',
        violates: WaiterWoken.name,
        properties: [WaiterWoken],
        on: ranked(shmemPairs['shmem-vs-shmem'], realtimeShmem, readShmem),
        counts: [9_686, 19_609, 106],
      },
      'realtime-shmem-direct': {
        title: 'A shmem fault of higher priority is taken again and again while the other reads the page past the swap cache',
        without: 'sleep before a shmem page is looked up again',
        violates: FaultCompletes.name,
        missing: 'rfc-v2',
        on: ranked(shmemPairs['shmem-direct-vs-direct'], realtimeShmem, readShmem),
        counts: [6_725, 13_583, 90],
      },
    },
    [...shmemProperties, FaultCompletes, LockReleased, WaiterWoken],
  ),
  ...protectionPairs(
    {
      'realtime-swapoff-entry': {
        title: 'swapoff looks up an entry again and again that a fault of less priority is about to free',
        without: 'sleep before swapoff looks up an entry that goes away again',
        violates: SwapoffTerminates.name,
        on: swapoffFirst,
        counts: [11_813, 24_762, 132],
      },
      'realtime-swapoff-walk': {
        title: 'swapoff walks the slots again and again, as v6.14 does, while a fault of less priority gives one back',
        without: 'sleep before swapoff walks the slots again',
        violates: SwapoffTerminates.name,
        on: swapoffFirst,
        counts: [11_813, 24_762, 132],
      },
    },
    [...swapoffProperties, SwapoffTerminates],
  ),
]
