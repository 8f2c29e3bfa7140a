/** The engine against the toy checker, on random machines of every sort and on known specs. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scenarios } from '../../specs/index.js'
import { explore } from '../explore/explore.js'
import type { ExploreOptions } from '../explore/report.js'
import { configure } from '../machine/configuration.js'
import type { Scenario } from '../machine/scenario.js'
import type { Verdict } from '../verdict.js'
import { eachMachine } from './each-machine.js'
import { fewestSwitches, switchesBetween } from './fewest-switches.js'
import { actionMachine, mixedMachine, processMachine, refiningMachine, scenarioOf } from './random-machine.js'
import { type Answer, brokenAtStart, brokenByEdge, brokenByEnd, brokenInvariant, check } from './toy-checker.js'
import { ToyMachine } from './toy-machine.js'
import { type Arrival, walk } from './walk.js'
import { withoutTemporal } from './without-temporal.js'

/** Options that change no answer. */
interface Variant {
  readonly name: string
  readonly options: ExploreOptions
  /** The share of the random machines that it is tried on. */
  readonly share: number
  /** Does a counterexample have the fewest switches? */
  readonly hasFewest: boolean
}
const VARIANTS: readonly Variant[] = [
  { name: 'no options', options: {}, share: 1, hasFewest: true },
  { name: 'a compact store', options: { store: 'compact' }, share: 0.1, hasFewest: false },
]

const SEED = 20_261_120
const RUNS = 300
/** Larger ones take the toy too long, and are passed over. */
const MOST_STATES = 300
/** Of the specs here: their states are wide, and cost the toy more. */
const MOST_STATES_OF_SPECS = 150
/** Ten times what a run takes: ends the search for a smaller machine that fails. */
const MOST_MS = 100_000
/** Of the machines of each sort, at least so many end in each way: else the test would see too little of it. */
const LEAST = {
  holds: 8,
  vacuous: 50,
  violated: 50,
  deadlock: 15,
  invariant: 10,
  step: 8,
  assertion: 10,
  quiescent: 5,
  'four states or more': 20,
  'one word': 10,
  'six words or more': 20,
}
const MOST_PASSED_OVER = 30
/** The same of machines that may refine another; `refines` is the property that they violate if they do not. */
const LEAST_REFINED = { refines: 50, vacuous: 25 }

const SORTS = [
  { sort: 'actions', machine: actionMachine, part: 1, least: LEAST },
  { sort: 'processes', machine: processMachine, part: 1, least: LEAST },
  { sort: 'actions and processes', machine: mixedMachine, part: 1, least: LEAST },
  // Each step of these is also looked for among those of the abstract spec, one by one.
  { sort: 'actions and processes that may refine another', machine: refiningMachine, part: 0.2, least: LEAST_REFINED },
]

const small = eachMachine(withoutTemporal(scenarios)).filter((s) => s.expect.distinct <= MOST_STATES_OF_SPECS)
const answers = new Map<Scenario, ReturnType<typeof figuresOf>>()

describe.each(VARIANTS)('with $name', ({ options, share, hasFewest }) => {
  test.each(SORTS)('the engine and the toy agree on random machines of $sort', { timeout: 2 * MOST_MS }, ({ machine, part, least }) => {
    const met: string[] = []
    const property = fc.property(machine, (plan) => {
      const subject = scenarioOf(plan)
      const { verdict, distinct, generated, depth } = explore(subject, { ...options, maxStates: MOST_STATES })
      met.push(verdict.kind === 'incomplete' ? 'passed over' : verdict.kind, ...sizeOf(subject))
      if (verdict.kind === 'incomplete') return
      const answer = check(subject)
      expect({ verdict: verdict.kind, distinct, generated, depth }).toEqual(figuresOf(answer))
      if (verdict.kind === 'violated' || verdict.kind === 'deadlock') {
        if (verdict.kind === 'violated') met.push(verdict.property)
        met.push(...checkTrace(subject, verdict, answer.traceLength, hasFewest))
      }
    })
    fc.assert(property, {
      seed: SEED,
      numRuns: Math.round(part * share * RUNS),
      interruptAfterTimeLimit: MOST_MS,
      markInterruptAsFailure: true,
    })
    for (const [ending, count] of Object.entries(least))
      expect(timesOf(met, ending), ending).toBeGreaterThanOrEqual(Math.floor(part * share * count))
    expect(timesOf(met, 'passed over')).toBeLessThanOrEqual(share * MOST_PASSED_OVER)
  })

  test.each(small)('the engine and the toy agree on $id', (subject) => {
    const { verdict, distinct, generated, depth } = explore(subject, options)
    expect({ verdict: verdict.kind, distinct, generated, depth }).toEqual(answerOf(subject))
  })
})

/** What the toy says of a scenario, which takes it far longer than the engine: asked once. */
function answerOf(subject: Scenario) {
  const answer = answers.get(subject) ?? figuresOf(check(subject))
  answers.set(subject, answer)
  return answer
}

function figuresOf({ verdict, distinct, generated, depth }: Answer) {
  return { verdict, distinct, generated, depth }
}

function sizeOf(subject: Scenario): string[] {
  const { words } = configure(subject)
  return words === 1 ? ['one word'] : words >= 6 ? ['six words or more'] : []
}

function timesOf(met: readonly string[], ending: string): number {
  return met.filter((m) => m === ending).length
}

type Counterexample = Extract<Verdict, { kind: 'violated' | 'deadlock' }>

/**
 * Checks that a counterexample is a behaviour that ends as the verdict says, and that it has the fewest switches, if it is to have them; says
 * of what sort it was.
 */
function checkTrace(scenario: Scenario, verdict: Counterexample, length: number, hasFewest: boolean): string[] {
  const { states, steps } = verdict.trace
  expect(states).toHaveLength(length)
  const isLike = (arrival: Arrival) => endings(scenario, verdict, arrival)
  expect(isLike(walk(scenario, verdict.trace))).toContain(verdict.kind === 'deadlock' ? 'deadlock' : verdict.property)
  const processes = steps.map((s) => s.process).filter((p) => p !== undefined)
  const switches = processes.reduce((sum, p, i) => sum + switchesBetween(processes[i - 1], p), 0)
  if (hasFewest) expect(switches).toBe(fewestSwitches(scenario, length, (arrival) => isLike(arrival).length > 0))
  return [
    verdict.kind === 'violated' ? verdict.by : 'stuck',
    ...(length >= 4 ? ['four states or more'] : []),
    ...(switches > 0 ? ['switches'] : []),
  ]
}

/** What a counterexample that ends here shows, if a verdict of this kind may show it. */
function endings(scenario: Scenario, verdict: Counterexample, { state, last }: Arrival): string[] {
  const machine = new ToyMachine(scenario)
  const isStop = last?.edge.failed === undefined && machine.edges(state).length === 0
  if (verdict.kind === 'deadlock') return isStop && !machine.isFinal(state) ? ['deadlock'] : []
  if (verdict.by === 'quiescent') return isStop && machine.isFinal(state) ? named(brokenByEnd(scenario, state)) : []
  const byEdge = named(last === undefined ? brokenAtStart(scenario, state) : brokenByEdge(scenario, last.from, last.edge))
  return last?.edge.failed === undefined ? [...byEdge, ...named(brokenInvariant(scenario, state))] : byEdge
}

function named(name: string | undefined): string[] {
  return name === undefined ? [] : [name]
}
