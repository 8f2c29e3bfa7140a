/** The lossy stores, as a search is asked for them. */
import type { System } from '../machine/system.js'
import { BitArray } from '../store/bit-array.js'
import { FingerprintTable } from '../store/fingerprint-table.js'
import { LossyStore } from '../store/lossy-store.js'
import type { ExploreOptions, StoreKind } from './report.js'

/** What the bits of a bitstate search take where no budget is given. */
const BYTES_OF_BITS = 2 ** 28
/** Of a budget, the share for the bits; the rest is for the states that wait, and for how all were found. */
const SHARE_OF_BITS = 0.5

/**
 * The store that the options ask for; undefined for one that keeps all states.
 *
 * @param capacity how many states, at first
 */
export function lossyStore({ store, maxBytes }: ExploreOptions, { w, current }: System, capacity: number): LossyStore | undefined {
  switch (store) {
    case 'compact':
      return new LossyStore(w, current, new FingerprintTable(), capacity)
    case 'bitstate':
      return new LossyStore(w, current, new BitArray(maxBytes === undefined ? BYTES_OF_BITS : SHARE_OF_BITS * maxBytes), capacity)
    default:
      return undefined
  }
}

/** May only one worker use it? */
export function isForOne(store: StoreKind): boolean {
  return store === 'compact' || store === 'bitstate' || store === 'clickhouse'
}

/** @throws RangeError where several workers are to share a store that is for one */
export function refuseCrowd({ store = 'memory', workers }: ExploreOptions): void {
  if (!isForOne(store) || workers === undefined || workers.count === 1) return
  throw new RangeError(`the store '${store}' is for one worker, and was given ${workers.count}; only 'memory' runs with several`)
}
