/** The part of a search that every worker does alike: one depth after the other. */
import type { Crew } from '../store/crew.js'
import { StoreFull } from '../store/store.js'
import type { Explorer } from './explorer.js'
import type { Frontier } from './frontier.js'
import { FOUND, type SharedMemory, STOP, STOPPED, stop } from './shared.js'

export interface Worker {
  readonly explorer: Explorer
  readonly frontier: Frontier
  readonly crew: Crew
  readonly memory: SharedMemory
  /** Moves the store to more memory, if there is any. */
  makeRoom(): boolean
}

/**
 * Expands this worker's share of the frontier. Yields between blocks, and once when all workers are done, or all have to stop: none of them
 * goes on to the next depth before this one is resumed.
 *
 * There is one place where workers meet before the end: whoever has nothing left, finds the store full, or is told to stop goes there, and
 * what they see when they have met is the same for all of them.
 *
 * Each looks at the budget of memory after each of its blocks: it is exceeded by what a block of each worker adds, at most.
 */
export function* expandDepth(worker: Worker): Generator<undefined, undefined> {
  const { explorer, frontier, crew, memory } = worker
  const { store } = explorer
  const { flags } = memory
  for (;;) {
    while (flags[STOPPED] === STOP.not && !store.isFull && frontier.take()) {
      expandBlock(worker)
      publish(explorer, crew, memory)
      if (store.bytes > memory.maxBytes) stop(memory, STOP.memory)
      yield
    }
    prepareToGrow(worker)
    crew.meet()
    if (!store.isFull || flags[STOPPED] !== STOP.not) break
    store.grow(crew)
  }
  frontier.add(store.takeRanges())
  if (explorer.findings.any) Atomics.store(flags, FOUND, 1)
  yield
  crew.meet()
  return undefined
}

/** How a depth has ended; the same to all workers. */
export interface Ending {
  readonly isStopped: boolean
  readonly isFound: boolean
  /** Is nothing left to expand? */
  readonly isLast: boolean
}

/**
 * Between two depths: makes what was found the frontier. The flags are read before the workers meet, while nobody sets one: afterwards a
 * worker that is quicker may be in the next depth already, and stop there.
 */
export function turnDepth({ frontier, crew, memory }: Pick<Worker, 'frontier' | 'crew' | 'memory'>): Ending {
  const { flags } = memory
  const isStopped = flags[STOPPED] !== STOP.not
  const isFound = flags[FOUND] !== 0
  frontier.turn(crew.index === 0)
  crew.meet()
  return { isStopped, isFound, isLast: frontier.blocks.length === 0 }
}

/** Before a full store grows: stops all workers where it cannot, or would take more memory than it may. */
export function prepareToGrow({ explorer: { store }, memory, makeRoom }: Worker): void {
  const fits = store.bytes + store.growth <= memory.maxBytes
  if (store.isFull && (!fits || (store.isAtCapacity && !makeRoom()))) stop(memory, STOP.memory)
}

/** Expands the states of the block that was taken, until the store is full. */
function expandBlock({ explorer, frontier, memory }: Worker): void {
  const { store } = explorer
  try {
    while (frontier.from < frontier.to && !store.isFull) explorer.expand(frontier.from++)
    explorer.settle()
  } catch (error) {
    if (!(error instanceof StoreFull)) throw error
    stop(memory, STOP.memory)
  }
}

function publish(explorer: Explorer, crew: Crew, { figures }: SharedMemory): void {
  figures[2 * crew.index] = explorer.store.added
  figures[2 * crew.index + 1] = explorer.generated
}
