import type { Levels } from '../explore/levels.js'
import type { System } from '../machine/system.js'
import type { StateTree } from '../store/state-tree.js'

/** A search of one worker, complete: its states have the ids from 0 on, in the order in which they were found. */
export interface Explored {
  readonly system: System
  readonly store: StateTree
  readonly levels: Levels
}
