/** Where the states of a search live. Ids are handed out from 0 in the order of discovery, so that each depth is a range of ids. */
export interface Store {
  /** How many states it holds. */
  readonly size: number
  /** How many bytes it has taken, tables included. */
  readonly bytes: number
  /**
   * Adds a state unless it is there.
   *
   * @param w the packed state; copied
   * @param parent id of the state that it was reached from, or -1
   * @returns the new id, or `~id` (negative) of the state that was there
   */
  insert(w: Int32Array, parent: number): number
  /** The id of a state, or -1. */
  find(w: Int32Array): number
  /** Copies a state to `into`. */
  read(id: number, into: Int32Array): void
  /** The state that it was first reached from, or -1 for an initial state. */
  parentOf(id: number): number
}
