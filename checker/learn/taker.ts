import type { Sink } from '../machine/system.js'

/** Takes the successors of a state, one after the other; during a call the system's words are the successor's. */
export interface Taker {
  /**
   * @param kind of successor: says its step and its actor (`Leaves.steps`, `Leaves.actors`)
   * @param touched which words its step changed (`touchedBit`); 0 where it leads back to the state
   * @param seen not 0 where it changed a bit that is watched
   * @param change what its step wrote, by a number: the same number, the same writes; 0 where that has not been learned
   */
  take(kind: number, touched: number, seen: number, change: number): void
  /** A step threw. */
  failure: Sink['failure']
}
