/** Where a search spends itself: an explorer that counts more than others, and what its counts come to. It costs time. */
import type { System } from '../machine/system.js'
import type { Store } from '../store/store.js'
import { Explorer, type ExplorerParts } from './explorer.js'
import { type SampledStates, StateSample } from './state-sample.js'
import { stepTimes } from './step-times.js'
import type { ValuePages } from './value-set.js'
import { VariableValues } from './variable-values.js'

export interface Profile {
  /** In order of declaration. */
  readonly steps: readonly StepProfile[]
  /** Of the states that were expanded. In order of declaration; the spec's own first. */
  readonly variables: readonly VariableProfile[]
  /** How many states the time of the steps was measured in. */
  readonly sampled: number
}

export interface StepProfile {
  /** As in `StepInfo.name`. */
  readonly name: string
  /** Successors. */
  readonly generated: number
  /** Those that were not seen before. Of several steps that lead to a state, one that was taken first. */
  readonly new: number
  /** Those that are the state itself. */
  readonly selfLoops: number
  /** Of the time that the spec's own code takes, in the sample: 0 to 1. */
  readonly share: number
}

export interface VariableProfile {
  /** `desc[].life`, `fault/do_swap_page.entry`. */
  readonly name: string
  /** How many different ones it takes. */
  readonly values: number
}

/** What one worker has counted, as it sends it. Counts are by step of the system. */
export interface Tally {
  readonly generated: Float64Array
  readonly fresh: Float64Array
  readonly selfLoops: Float64Array
  readonly values: readonly ValuePages[]
  readonly sample: SampledStates
}

export class ProfilingExplorer extends Explorer {
  readonly #system: System
  readonly #generated: Float64Array
  readonly #fresh: Float64Array
  readonly #selfLoops: Float64Array
  readonly #values: VariableValues
  readonly #sample = new StateSample()

  constructor(system: System, store: Store, watched: Int32Array, parts: ExplorerParts) {
    super(system, store, watched, parts)
    this.#system = system
    const { length } = system.steps
    this.#generated = new Float64Array(length)
    this.#fresh = new Float64Array(length)
    this.#selfLoops = new Float64Array(length)
    this.#values = new VariableValues(system.configuration)
  }

  override expand(id: number): void {
    super.expand(id)
    const { current } = this.#system
    this.#values.note(current)
    this.#sample.note(current)
  }

  override take(kind: number, touched: number, seen: number, change: number): void {
    const { added } = this.store
    const isSelfLoop = touched === 0 || this.#isUnchanged()
    super.take(kind, touched, seen, change)
    this.settleOne()
    const step = this.stepOf(kind)
    this.#generated[step] = (this.#generated[step] as number) + 1
    if (isSelfLoop) this.#selfLoops[step] = (this.#selfLoops[step] as number) + 1
    if (this.store.added > added) this.#fresh[step] = (this.#fresh[step] as number) + 1
  }

  get tally(): Tally {
    const { zeros, states } = this.#sample
    const values = this.#values.pages
    return { generated: this.#generated, fresh: this.#fresh, selfLoops: this.#selfLoops, values, sample: { zeros, states } }
  }

  /** What this worker and the others have counted, and how long the steps take in the states that they sampled. */
  profile(others: readonly Tally[]): Profile {
    for (const other of others) {
      this.#values.addAll(other.values)
      this.#sample.addAll(other.sample)
    }
    const all = [this.tally, ...others]
    const sum = (which: 'generated' | 'fresh' | 'selfLoops', step: number): number => all.reduce((n, t) => n + (t[which][step] ?? 0), 0)
    const { states } = this.#sample
    const times = stepTimes(this.#system, states)
    const total = times.reduce((a, b) => a + b, 0)
    const steps = this.#system.steps.map(({ name }, step) => ({
      name,
      generated: sum('generated', step),
      new: sum('fresh', step),
      selfLoops: sum('selfLoops', step),
      share: total === 0 ? 0 : (times[step] ?? 0) / total,
    }))
    return { steps, variables: this.#values.counts, sampled: states.length }
  }

  #isUnchanged(): boolean {
    const { w, current } = this.#system
    return w.every((word, i) => word === current[i])
  }
}
