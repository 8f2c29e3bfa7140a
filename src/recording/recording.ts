/** What a kernel was recorded doing: the events of all its processors in one order, that in which they took effect. */
import { exitCodes } from '../exit-code.js'
import { Refusal } from '../refusal.js'

/** Where a recording comes from. */
export interface Provenance {
  /** `uname -r`, `uname -v`, and the package. */
  readonly kernel: { readonly release: string; readonly version: string; readonly package: string }
  /** How it swapped, and what it ran. */
  readonly variant: string
  readonly workload: { readonly seed: number; readonly seconds: number; readonly arguments: string; readonly result: string }
  /** The probes, as lines of kprobe_events. */
  readonly probes: readonly string[]
  readonly cpus: number
}

/** One event; what a kind of event does not have is left out. */
export interface RecordedEvent {
  /** From 1, without a gap. */
  readonly seq: number
  readonly cpu: number
  readonly pid: number
  /** `store`, `continued`, `device`, `cache_add`, `cache_delete`, `tree`, `lru`, `call` or `return`. */
  readonly event: string
  /** The kernel function that it happened in. */
  readonly in: string
  /** The device. */
  readonly type?: number
  /** The slot on it. */
  readonly offset?: number
  /** The byte of swap_map before and after a store; of `continued`, that of the continuation. */
  readonly old?: number
  readonly new?: number
  /** What a function returned; of a tree, whether there was an entry, of an LRU, whether it has changed. */
  readonly ret?: number
  /** Of `device`: is its swap_map a new one, all zero? */
  readonly fresh?: boolean
}

/** A recording that cannot be held against a spec: it has gaps, or nothing is in it. */
export function badRecording(file: string, message: string): Refusal {
  return new Refusal(exitCodes.notABehaviour.code, `${file} ${message}`)
}

export function noEvents(file: string): Refusal {
  return badRecording(file, 'is empty: there is no event in it, so that it shows nothing')
}
