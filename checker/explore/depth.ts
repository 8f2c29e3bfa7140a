/** The part of a search that every worker does alike: one depth after the other. */
import type { Crew } from '../store/crew.js'
import { StoreFull } from '../store/store.js'
import type { Explorer } from './explorer.js'
import { BLOCK, type Frontier } from './frontier.js'
import { EMPTIED, FOUND, MIDST, refuseMemory, type SharedMemory, SPILL, STOP, STOPPED, stop } from './shared.js'

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
 * goes on to the next depth before this one is resumed. What is left when the store is to be emptied is put back.
 *
 * There is one place where workers meet before the end: whoever has nothing left, finds the store full, or is told to stop goes there, and
 * what they see when they have met is the same for all of them.
 *
 * Each looks at the budget of memory after each of its blocks, small ones together: it is exceeded by what a block of each worker adds, at most.
 */
export function* expandDepth(worker: Worker): Generator<undefined, undefined> {
  const { explorer, frontier, crew, memory } = worker
  const { store } = explorer
  const { flags } = memory
  for (;;) {
    while (flags[STOPPED] === STOP.not && flags[SPILL] === 0 && !store.isFull && frontier.take()) {
      expandSome(worker)
      publish(explorer, crew, memory)
      if (store.bytes > memory.maxBytes) refuseMemory(memory)
      yield
    }
    prepareToGrow(worker)
    crew.meet()
    if (!store.isFull || flags[STOPPED] !== STOP.not || flags[SPILL] !== 0) break
    store.grow(crew)
  }
  frontier.add(store.takeRanges())
  if (flags[SPILL] !== 0) frontier.putBack()
  if (memory.published !== undefined) explorer.publish(memory.published, crew.index)
  if (explorer.findings.any) Atomics.store(flags, FOUND, 1)
  yield
  crew.meet()
  return undefined
}

/** How a depth has ended; the same to all workers. */
export interface Ending {
  readonly isStopped: boolean
  /** Not before all of the depth has been expanded. */
  readonly isFound: boolean
  /** Is nothing left to expand? */
  readonly isLast: boolean
  /** Is some of this depth still to come? */
  readonly isMidst: boolean
}

/** Why a depth may be the last; the same to all workers when all of them have expanded their share, until they meet again. */
export function reasons({ flags }: SharedMemory): Pick<Ending, 'isStopped' | 'isFound'> {
  return { isStopped: flags[STOPPED] !== STOP.not, isFound: flags[FOUND] !== 0 }
}

/**
 * Between two depths: makes what was found the frontier. The reasons are read before the workers meet, while nobody sets a flag: afterwards a
 * worker that is quicker may be in the next depth already, and stop there. Only the first sets flags meanwhile, before it comes here.
 */
export function turnDepth(
  { frontier, crew, memory }: Pick<Worker, 'frontier' | 'crew' | 'memory'>,
  { isStopped, isFound } = reasons(memory),
): Ending {
  frontier.turn(crew.index === 0)
  crew.meet()
  const isMidst = memory.flags[MIDST] !== 0
  return { isStopped, isFound: isFound && !isMidst, isLast: frontier.blocks.length === 0 && !isMidst, isMidst }
}

/** How often the store was emptied, as all workers see it between two depths. */
export function emptied({ flags }: SharedMemory): number {
  return flags[EMPTIED] as number
}

/** Before a full store grows: stops all workers, or lets it be emptied, where it cannot, or would take more memory than it may. */
export function prepareToGrow({ explorer: { store }, memory, makeRoom }: Worker): void {
  const fits = store.bytes + store.growth <= memory.maxBytes
  if (store.isFull && (!fits || (store.isAtCapacity && !makeRoom()))) refuseMemory(memory)
}

/** Expands the states of the block that was taken, and of others while they are few together, until the store is full. */
function expandSome({ explorer, frontier, memory }: Worker): void {
  const { store } = explorer
  try {
    let left = BLOCK
    do {
      left -= frontier.to - frontier.from
      while (frontier.from < frontier.to && !store.isFull) explorer.expand(frontier.from++)
    } while (left > 0 && !store.isFull && frontier.take())
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
