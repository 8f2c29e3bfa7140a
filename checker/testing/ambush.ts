/** Lays a property in the way of a random machine: one that is broken some steps in, so that counterexamples have a length. */
import type { Scenario } from '../machine/scenario.js'
import type { Draw } from './draw.js'
import { toPlain } from './plain-view.js'
import type { Plan } from './random-plan.js'
import { type Num, type Path, PROMISE, type Test } from './random-program.js'
import { type Place, placesOf } from './random-schema.js'
import { type State, ToyMachine } from './toy-machine.js'

/** How many states are looked at to find a late one. */
const MOST_STATES = 60

/**
 * Lays it in a state that the machine reaches, and names what a few variables hold there and not at first. It is an invariant, a step
 * property, an assertion at the end of every step, or a state that nothing leaves.
 *
 * @param read reads a number from the variables of a state
 */
export function withAmbush(draw: Draw, plan: Plan, scenario: Scenario, read: (num: Num, s: object) => number): Plan {
  const states = someStates(new ToyMachine(scenario)).map((state) => toPlain(state.variables) as object)
  const [first = {}] = states
  const late = states[draw.int(Math.floor(states.length / 2), states.length - 1)] ?? first
  const paths = placesOf('s', plan.fields).flatMap((p) => (p.field.kind === 'set' ? [] : pathsTo(p)))
  const changed = paths.filter((path) => read({ read: path }, late) !== read({ read: path }, first))
  if (changed.length === 0) return plan
  const equalities = draw.list(2, 4, (): Test => {
    const path = draw.from(changed)
    return { equal: [{ read: path }, { code: read({ read: path }, late) }] }
  })
  const test: Test = { not: equalities.reduce((a, b) => ({ both: [a, b] })) }
  const kind = draw.from(['invariant', 'step', 'assertion', 'deadlock', 'quiescent'] as const)
  if (kind === 'assertion') return asserting(plan, test)
  if (kind === 'deadlock') return { ...stopping(plan, test), final: 'where all have returned' }
  const property = { kind, test }
  return { ...(kind === 'quiescent' ? { ...stopping(plan, test), final: 'always' } : plan), properties: [...plan.properties, property] }
}

function stopping(plan: Plan, test: Test): Plan {
  return {
    ...plan,
    actions: plan.actions.map((a) => ({ ...a, guard: { both: [test, a.guard] } })),
    procedures: plan.procedures.map((p) => ({ ...p, steps: p.steps.map((s) => ({ ...s, enabled: { both: [test, s.enabled] } })) })),
  }
}

function asserting(plan: Plan, test: Test): Plan {
  const assertion = { assert: test, text: PROMISE }
  return {
    ...plan,
    actions: plan.actions.map((a) => ({ ...a, effect: [...a.effect, assertion] })),
    procedures: plan.procedures.map((p) => ({ ...p, steps: p.steps.map((s) => ({ ...s, effects: [...s.effects, assertion] })) })),
  }
}

/** Every way to fix the indices of a place among the first few. */
function pathsTo({ path }: Place): Path[] {
  const extend = (paths: Path[], part: string | undefined): Path[] =>
    paths.flatMap((p) => (part === undefined ? [0, 1, 2] : [part]).map((fixed) => [...p, fixed]))
  return path.reduce(extend, [[]])
}

function someStates(machine: ToyMachine): State[] {
  const states = machine.initial()
  for (let i = 0; i < states.length && states.length < MOST_STATES; i++) {
    const successors = machine.edges(states[i] as State).filter((edge) => edge.failed === undefined)
    states.push(...successors.map((edge) => edge.to).filter((state) => !states.some((seen) => seen.equals(state))))
  }
  return states
}
