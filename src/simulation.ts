/** Random schedules of a scenario; one that goes wrong is shrunk. */
import fc from 'fast-check'
import { type Claim, type Replayed, replay, type Scenario, type ScheduledRun, Scheduler, type Trace } from '../checker/index.js'

export interface SimulationOptions {
  readonly seed: number
  readonly runs: number
  /** Steps of a run, at most. */
  readonly maxDepth: number
}

export interface Simulation {
  readonly options: SimulationOptions
  /** How many runs there were, the last one included. */
  readonly runs: number
  /** How many of them came to an end where all is done. */
  readonly finished: number
  readonly steps: number
  /** How often each step was taken, before anything was shrunk. */
  readonly coverage: Readonly<Record<string, number>>
  readonly failure?: Failure
}

export interface Failure {
  /** Steps of the run as it was found. */
  readonly found: number
  /** Runs that were tried to make it shorter. */
  readonly tried: number
  readonly claim: Claim
  readonly trace: Trace
  /** What the shrunk trace ends in when it is replayed. */
  readonly verdict: Replayed['verdict']
}

const number = fc.nat()

/** The same seed, the same answer. */
export function simulate(scenario: Scenario, options: SimulationOptions): Simulation {
  const { seed, runs, maxDepth } = options
  const scheduler = new Scheduler(scenario)
  const all = { runs: 0, finished: 0, steps: 0 }
  const passes = (schedule: readonly number[]): boolean => {
    const { ending, steps } = scheduler.run(schedule)
    all.runs++
    all.steps += steps
    if (ending === 'final') all.finished++
    return typeof ending === 'string'
  }
  const schedules = fc.array(number, { minLength: maxDepth, maxLength: maxDepth })
  const { counterexample } = fc.check(fc.property(schedules, passes), { seed, numRuns: runs, endOnFailure: true })
  const { coverage } = scheduler
  const failing = counterexample?.[0]
  return { options, ...all, coverage, ...(failing && { failure: shrunk(scenario, scheduler, failing) }) }
}

/** The smallest schedule that fast-check finds to go wrong in the same way. */
function shrunk(scenario: Scenario, scheduler: Scheduler, failing: readonly number[]): Failure {
  const first = scheduler.run(failing)
  let tried = 0
  const passes = (schedule: readonly number[]): boolean => {
    tried++
    return !isSame(scheduler.run(schedule).ending, first.ending)
  }
  const used = [...first.schedule]
  const schedules = fc.array(number, { maxLength: used.length, size: 'max' })
  const { counterexample } = fc.check(fc.property(schedules, passes), { seed: 0, numRuns: 1, examples: [[used]] })
  const smallest = scheduler.run(counterexample?.[0] ?? used)
  const claim = first.ending as Claim
  const trace = smallest.trace()
  return { found: first.steps, tried, claim, trace, verdict: validated(scenario, trace, claim) }
}

function isSame(a: ScheduledRun['ending'], b: ScheduledRun['ending']): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** Step by step, by what `replay` knows of the spec. */
function validated(scenario: Scenario, trace: Trace, claim: Claim): Replayed['verdict'] {
  const result = replay(scenario, { trace, claim })
  if (result.kind === 'replayed') return result.verdict
  throw new Error(`the shrunk trace of ${scenario.id} is not a behaviour: ${result.why} at ${result.at}`)
}
