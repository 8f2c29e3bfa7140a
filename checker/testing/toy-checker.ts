/**
 * A whole model checker, small enough to read at one sitting. Start here: the engine (explore/search.ts) does the same, fast.
 *
 * A *state* is an Immutable value: the spec's variables, and for each process the stack of its calls. An *edge* is one step of one
 * process, or one action; toy-machine.ts says which edges leave a state. `check` follows them breadth first, remembers every state that it
 * has seen, and says what it met: a broken property, a state where nothing can move, or neither.
 *
 * It runs the same Scenario objects as the engine, and shares none of its packing, storage or search: differential.test.ts compares the two
 * on random machines. A spec that is itself at fault (a value out of range, say) is for the engine to explain.
 */
import { Set as ImmutableSet } from 'immutable'
import type { Procedure } from '../machine/procedure.js'
import type { Scenario } from '../machine/scenario.js'
import type { Property } from '../property/property.js'
import { toPlain } from './plain-view.js'
import { type Edge, type State, ToyMachine } from './toy-machine.js'
import { beginsAs, goesOnAs } from './toy-refinement.js'

export interface Answer {
  readonly verdict: 'holds' | 'vacuous' | 'violated' | 'deadlock'
  /** The properties that a shortest counterexample may show broken; what else was broken, in a deadlock. */
  readonly properties: ReadonlySet<string>
  readonly distinct: number
  readonly generated: number
  readonly depth: number
  /** States in a shortest counterexample, the state after a failing step included; 0 where there is none. */
  readonly traceLength: number
}

export function check(scenario: Scenario): Answer {
  const machine = new ToyMachine(scenario)
  const seen = ImmutableSet<State>().asMutable()
  const fired = new Set<string>()
  const broken = new Set<string>()
  const brokenAtEnd = new Set<string>()
  let generated = 0
  const discover = (state: State): boolean => {
    generated++
    if (seen.has(state)) return false
    seen.add(state)
    noteIn(broken, brokenInvariant(scenario, state))
    return true
  }
  let frontier = machine.initial().filter(discover)
  for (const state of frontier) noteIn(broken, brokenAtStart(scenario, state))
  let [depth, expanded, deadlock] = [1, 0, false]
  while (frontier.length > 0 && broken.size + brokenAtEnd.size === 0 && !deadlock) {
    const next: State[] = []
    for (const state of frontier) {
      const edges = machine.edges(state)
      if (edges.length === 0 && machine.isFinal(state)) noteIn(brokenAtEnd, brokenByEnd(scenario, state))
      else if (edges.length === 0) deadlock = true
      for (const edge of edges) {
        noteIn(broken, brokenByEdge(scenario, state, edge))
        if (edge.failed !== undefined) continue
        fired.add(firingName(scenario, edge.process, edge.step))
        if (discover(edge.to)) next.push(edge.to)
      }
    }
    expanded++
    if (next.length > 0) depth++
    frontier = next
  }
  const figures = { properties: broken, distinct: seen.size, generated, depth }
  if (deadlock) return { verdict: 'deadlock', ...figures, traceLength: expanded }
  if (brokenAtEnd.size > 0) return { verdict: 'violated', ...figures, properties: brokenAtEnd, traceLength: expanded }
  if (broken.size > 0) return { verdict: 'violated', ...figures, traceLength: expanded + 1 }
  return { verdict: isVacuous(scenario, seen, fired) ? 'vacuous' : 'holds', ...figures, traceLength: 0 }
}

function noteIn(names: Set<string>, name: string | undefined): void {
  if (name !== undefined) names.add(name)
}

function propertiesOf({ spec, properties = [], skip = [] }: Scenario): Property[] {
  return [...spec.properties, ...properties].filter((p) => !skip.includes(p.name))
}

/** The first invariant that a state breaks. */
export function brokenInvariant(scenario: Scenario, state: State): string | undefined {
  return propertiesOf(scenario).find((p) => p.kind === 'invariant' && !p.holds(variablesOf(state)))?.name
}

/** The first refinement that an initial state breaks. */
export function brokenAtStart(scenario: Scenario, state: State): string | undefined {
  return propertiesOf(scenario).find((p) => p.kind === 'refines' && !beginsAs(p, scenario, variablesOf(state)))?.name
}

/** The first property of final states that a final state breaks. */
export function brokenByEnd(scenario: Scenario, state: State): string | undefined {
  return propertiesOf(scenario).find((p) => p.kind === 'quiescent' && !p.holds(variablesOf(state)))?.name
}

/** The assertion that failed in a step, or else the first step property, or refinement, that the step breaks. */
export function brokenByEdge(scenario: Scenario, from: State, { to, step, failed }: Edge): string | undefined {
  if (failed !== undefined) return failed
  const [before, after] = [variablesOf(from), variablesOf(to)]
  const isBroken = (p: Property): boolean =>
    (p.kind === 'step' && !p.holds(before, after, step)) || (p.kind === 'refines' && !goesOnAs(p, scenario, before, after))
  return propertiesOf(scenario).find(isBroken)?.name
}

function variablesOf(state: State): object {
  return toPlain(state.variables) as object
}

/** Could nothing have gone wrong? There is a step that never fired, an example that was not found, or a non-property that held. */
function isVacuous(scenario: Scenario, seen: ImmutableSet<State>, fired: ReadonlySet<string>): boolean {
  const excused = Object.values(scenario.unreachable ?? {}).flat()
  const steps = stepNames(scenario)
  const isAsListed = (names: readonly string[]): boolean =>
    names.some((n) => fired.has(n)) !== excused.some((pattern) => names.some((n) => isNamed(n, pattern)))
  const isShown = (p: Property): boolean => {
    if (p.kind === 'reachable') return seen.some((state) => p.found(variablesOf(state)))
    return p.kind === 'mustFail' ? seen.some((state) => !p.holds(variablesOf(state))) : true
  }
  const areKnown = excused.every((pattern) => steps.some((names) => names.some((n) => isNamed(n, pattern))))
  return !areKnown || !steps.every(isAsListed) || !propertiesOf(scenario).every(isShown)
}

/** A pattern is a name, or the beginning of one and `*`. */
function isNamed(name: string, pattern: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern
}

/** What each thing that should fire is called: in full, and by the procedure alone. */
function stepNames(scenario: Scenario): string[][] {
  const { spec, run = [] } = scenario
  const steps = run.flatMap(({ procedure }, i) => stepsOf(procedure).map((step) => [firingName(scenario, i, step), step]))
  return [...spec.actions.map(({ name }) => [name]), ...steps]
}

/** Processes of one name share their steps. */
function firingName({ run = [] }: Scenario, process: number | undefined, step: string): string {
  return process === undefined ? step : `${run[process]?.name}/${step}`
}

function stepsOf(procedure: Procedure): string[] {
  return [...[...procedure.steps.keys()].map((label) => `${procedure.name}.${label}`), ...procedure.calls.flatMap(stepsOf)]
}
