/** A behaviour: states, and the step between each and the next. */
import type { DecodedRecord } from '../schema/decode.js'

export interface Trace {
  /** The names of the processes, in order; empty in a spec of actions. */
  readonly processes: readonly string[]
  /** One more than there are steps. */
  readonly states: readonly TraceState[]
  readonly steps: readonly TraceStep[]
  /**
   * Of a behaviour without an end, the index of a state that is the same as the last one: what lies between them goes on for ever. Where it is
   * that of the last state, nothing more ever happens.
   */
  readonly loop?: number
}

export interface TraceState {
  /** The spec's variables. */
  readonly variables: DecodedRecord
  /** What it is in the abstract spec, where a property says that the scenario refines one. */
  readonly abstract?: DecodedRecord
  readonly processes: readonly ProcessState[]
}

/** Where a process is, and the frames of its calls, outermost first; none when it has returned. */
export interface ProcessState {
  readonly name: string
  /** `do_swap_page.lookup`, or '' when it has returned. */
  readonly at: string
  readonly frames: readonly { readonly procedure: string; readonly locals: DecodedRecord }[]
}

export interface TraceStep {
  /** Index of the process; undefined for an action. */
  readonly process: number | undefined
  /** `do_swap_page.lookup`, or the action's name. */
  readonly step: string
  /** The action's parameters. */
  readonly args: Readonly<Record<string, unknown>>
  /** What each `choose` picked, as indices from 0. */
  readonly picks: readonly number[]
  /** True of a last step that ended in a failed assertion: the state after it shows what it had done until then. */
  readonly failed: boolean
  /** True where it began with a sleep (see `sleep`); not stored in files, as a replay knows it. */
  readonly slept?: boolean
}
