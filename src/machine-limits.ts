/** How much of the machine a search uses unless it is told otherwise. */
import { availableParallelism, totalmem } from 'node:os'
import process from 'node:process'
import type { StoreKind } from '../checker/index.js'

const MOST_WORKERS = 8
const SHARE_OF_MEMORY = 0.8

/** One for each core, if the store can be shared. */
export function defaultWorkers(store: StoreKind): number {
  return store === 'memory' || store === 'duckdb' || store === 'duckdb-compact' ? Math.min(availableParallelism(), MOST_WORKERS) : 1
}

/** Bytes for the states: the rest is for all else in the process, and for other processes. Undefined for a store that chooses its size itself. */
export function defaultMaxBytes(store: StoreKind): number | undefined {
  if (store === 'bitstate') return undefined
  const container = process.constrainedMemory()
  return Math.floor(SHARE_OF_MEMORY * (container > 0 ? Math.min(container, totalmem()) : totalmem()))
}
