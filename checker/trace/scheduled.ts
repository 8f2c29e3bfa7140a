/**
 * Behaviours that a list of numbers chooses, one number for each step: which of those that are enabled is taken. 0 lets the process go on that
 * has moved last, so that smaller numbers are simpler behaviours.
 */
import { AssertionFailure } from '../machine/assertion.js'
import type { Scenario } from '../machine/scenario.js'
import { System } from '../machine/system.js'
import { PropertyCheck } from '../property/property-check.js'
import { StateDecoder } from './decode-state.js'
import type { Claim } from './ending.js'
import type { Trace } from './trace.js'
import { traceStep } from './trace-step.js'

/** What a schedule leads to. */
export interface ScheduledRun {
  /** Something wrong, everything done, or the end of the list. */
  readonly ending: Claim | 'final' | 'cut'
  /** The schedule without what makes no difference: less than there was to choose from, and nothing after the last step. */
  readonly schedule: readonly number[]
  /** How many steps were taken. */
  readonly steps: number
  /** The behaviour, decoded. */
  trace(): Trace
}

interface Taken {
  readonly step: number
  readonly actor: number
  readonly picks: readonly number[]
  readonly slept: boolean
  readonly words: Int32Array
  readonly failed: boolean
  /** What it threw, if it failed. */
  readonly error: unknown
}

export class Scheduler {
  /** How often each step was taken; names as in a report's coverage. */
  readonly #fired: number[]
  readonly #system: System
  readonly #properties: PropertyCheck
  readonly #initial: readonly Int32Array[]

  /** @throws SpecFault where the spec or the scenario makes no sense */
  constructor(scenario: Scenario) {
    this.#system = new System(scenario)
    this.#properties = new PropertyCheck(this.#system)
    this.#fired = this.#system.steps.map(() => 0)
    const initial: Int32Array[] = []
    this.#system.initial(() => initial.push(this.#system.w.slice()))
    this.#initial = initial
  }

  get coverage(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#system.steps.map(({ name }, i) => [name, this.#fired[i] ?? 0]))
  }

  /**
   * Of several initial states, the first number chooses one. Temporal properties are not looked at.
   *
   * @param schedule natural numbers; each counts modulo how many there are to choose from
   */
  run(schedule: readonly number[]): ScheduledRun {
    const numbers = schedule.values()
    const chosen: number[] = []
    const choose = <T>(from: readonly T[], number: number): T => {
      chosen.push(number % from.length)
      return from[number % from.length] as T
    }
    const first = this.#initial.length === 1 ? (this.#initial[0] as Int32Array) : choose(this.#initial, numbers.next().value ?? 0)
    const taken: Taken[] = []
    const done = (ending: ScheduledRun['ending']): ScheduledRun => ({
      ending,
      schedule: chosen,
      steps: taken.length,
      trace: () => this.#decode(first, taken),
    })
    const wrong = this.#show(first, first, () => this.#properties.brokenBy() ?? this.#properties.brokenAtStart())
    if (wrong !== undefined) return done(wrong)
    let state = first
    for (;;) {
      const enabled = this.#enabled(state, taken.at(-1))
      if (enabled.length === 0) return done(this.#stopped(state))
      const { value } = numbers.next()
      if (value === undefined) return done('cut')
      const next = choose(enabled, value)
      taken.push(next)
      const claim = this.#take(state, next)
      if (claim !== undefined) return done(claim)
      state = next.words
    }
  }

  /** What can happen in a state: first what the process can do that has moved last, then the others, in order. */
  #enabled(state: Int32Array, last: Taken | undefined): Taken[] {
    const system = this.#system
    const found: Taken[] = []
    const note = (step: number, actor: number, failed: boolean, error: unknown): void => {
      found.push({ step, actor, picks: system.choices.picks, slept: !failed && system.slept, words: system.w.slice(), failed, error })
    }
    system.current.set(state)
    system.expand({
      successor: (step, actor) => note(step, actor, false, undefined),
      failure: (error, step, actor) => note(step, actor, true, error),
    })
    const isOfLast = (t: Taken): boolean => last !== undefined && this.#unitOf(t) === this.#unitOf(last)
    return [...found.filter(isOfLast), ...found.filter((t) => !isOfLast(t))]
  }

  #unitOf({ step, actor }: Taken): number {
    const { actions, scenario } = this.#system
    return step < scenario.spec.actions.length ? actor : actions.length + actor
  }

  /** What a step breaks. */
  #take(from: Int32Array, { step, words, failed, error }: Taken): Claim | undefined {
    if (failed) return claimOf(error)
    this.#fired[step] = (this.#fired[step] as number) + 1
    const name = this.#system.steps[step]?.step ?? ''
    this.#properties.turn()
    return this.#show(from, words, () => this.#properties.brokenByStep(name) ?? this.#properties.brokenBy())
  }

  #stopped(state: Int32Array): ScheduledRun['ending'] {
    const broken = this.#show(state, state, () => (this.#system.isFinal ? this.#properties.brokenAtEnd() : undefined))
    if (broken !== undefined) return broken
    return this.#system.isFinal ? 'final' : { kind: 'deadlock' }
  }

  /** Asks something of a state and the one before it. */
  #show(before: Int32Array, words: Int32Array, broken: () => { readonly name: string } | undefined): Claim | undefined {
    const system = this.#system
    system.activate()
    system.current.set(before)
    system.w.set(words)
    system.view.load()
    try {
      const property = broken()
      return property && { kind: 'violated', property: property.name }
    } catch (error) {
      return claimOf(error)
    }
  }

  #decode(first: Int32Array, taken: readonly Taken[]): Trace {
    const system = this.#system
    const decoder = new StateDecoder(system)
    const states = [first, ...taken.map((t) => t.words)].map((words) => {
      system.w.set(words)
      return decoder.decode()
    })
    const steps = taken.map((t) => traceStep(system, t, t.failed))
    return { processes: system.configuration.processes.map((p) => p.name), states, steps }
  }
}

function claimOf(error: unknown): Claim {
  if (error instanceof AssertionFailure) return { kind: 'violated', property: error.property?.name ?? error.message }
  return { kind: 'specError' }
}
