/** What a search is asked for, and what it reports. */
import type { Scenario } from '../machine/scenario.js'
import type { Omission } from '../store/lossy-store.js'
import type { Verdict } from '../verdict.js'
import type { ClusterOption, DatabaseOption } from './database.js'
import type { Outside } from './place.js'
import type { Profile } from './profile.js'
import type { Reserve } from './reserve.js'
import type { ScenarioSource } from './shared.js'

/**
 * What is kept of the states: all of it; of each a fingerprint of 64 bits; or of each a few bits in an array whose length does not change. These
 * two may miss states (`Report.omission`), are for one worker, and do not promise the fewest switches. `duckdb` keeps all of each state, by depth, in
 * a database on disk, which is what a search is resumed from; `duckdb-compact` keeps 128 bits of each there, may miss states, and where something is
 * found searches again for the way to it. `clickhouse` keeps states in a cluster, where several searches of one worker each are one.
 */
export type StoreKind = 'memory' | 'compact' | 'bitstate' | 'duckdb' | 'duckdb-compact' | 'clickhouse'

/**
 * `symmetry` keeps one state of each orbit, where a spec declares that elements are interchangeable. `partial-order` leaves out orders of steps
 * that cannot matter to the properties, by one worker; a violation is then searched for again, whole.
 */
export type Reduction = 'symmetry' | 'partial-order'

export interface ExploreOptions {
  /** Stop, incomplete, at this many distinct states. */
  readonly maxStates?: number
  /** Stop, incomplete, after this many seconds. */
  readonly maxSeconds?: number
  /**
   * Stop, incomplete, before the store grows beyond this many bytes; what each worker has at hand, up to 128 states, is still expanded. With a
   * database it is for that, too, and when the memory is full the search goes on there.
   */
  readonly maxBytes?: number
  /** Stop, incomplete, when it is aborted. */
  readonly signal?: AbortSignal
  /**
   * Let several threads search; each finds the scenario by itself. They are called for when the search is large enough to be worth it: from a
   * reserve of one less than `count`, if there is one, and else they are started then.
   */
  readonly workers?: { readonly count: number; readonly source: ScenarioSource; readonly reserve?: Reserve | undefined }
  /** Where states are kept; `memory` unless another is asked for. */
  readonly store?: StoreKind
  /** Takes the states in the stores `duckdb` and `duckdb-compact`, and in the store `memory` when that is full; only with `exploreInTurns`, as it has to be waited for. */
  readonly database?: DatabaseOption
  /** Takes all states in the store `clickhouse`; only with `exploreInTurns`. */
  readonly cluster?: ClusterOption
  /** Explore less that ends alike (checker/adr/0015). */
  readonly reduction?: Reduction
  /** Report where the search spends itself; it takes longer. */
  readonly profile?: boolean
  /** Called about once a second, and never in a search that is shorter. */
  readonly onProgress?: (figures: Figures) => void
}

/** Counted as TLC counts. */
export interface Figures {
  /** States. */
  readonly distinct: number
  /** Initial states and all successors, those already seen and self-loops included. */
  readonly generated: number
  /** States on the longest of the shortest paths; an initial state is at depth 1. */
  readonly depth: number
  /** States that wait to be expanded. */
  readonly frontier: number
  readonly seconds: number
  /** What the store has taken. */
  readonly bytes: number
  /** How many workers search: one, until the others have joined. */
  readonly workers: number
}

/** Of a search that was stopped: the counts and the coverage are those of its whole depths. */
export interface Report extends Omit<Figures, 'frontier'> {
  readonly scenario: Scenario
  readonly verdict: Verdict
  readonly store: StoreKind
  /** Where the states are that memory did not take. */
  readonly outside?: Outside
  /** What a store that does not keep all of each state may have missed. */
  readonly omission?: Omission
  /** What the counts are reduced by. */
  readonly reductions: readonly Reduction[]
  /** The reduction that was asked for and left out, as it does not preserve the temporal properties of the scenario. */
  readonly unreduced?: Reduction
  /** The counts of everything that was seen: in a search that was stopped, also in the depth that is not whole. */
  readonly seen: Pick<Figures, 'distinct' | 'generated'>
  /** States at each depth. */
  readonly depths: readonly number[]
  /** The most states that one depth had. */
  readonly frontierMax: number
  /** How often each step fired, in order of declaration; names as in `StepInfo.name`. */
  readonly coverage: Readonly<Record<string, number>>
  /** The protections that stood in the way of some step, of those that the first worker ran: what else is taken out changes nothing here. */
  readonly asked: readonly string[]
  /** Where it was asked for: of everything that was seen. */
  readonly profile?: Profile
}
