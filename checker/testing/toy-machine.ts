/**
 * A scenario as a transition relation over Immutable states: what the toy checker (toy-checker.ts) walks.
 *
 * Step functions are given plain mutable objects made from a state (plain-view.ts), and what they leave there becomes the next state.
 */
import { Map as ImmutableMap, List, Record } from 'immutable'
import type { Action, ParameterField } from '../machine/action.js'
import { AssertionFailure } from '../machine/assertion.js'
import { Choices, setRunning } from '../machine/choice.js'
import { blocked, type Call, type Return, type Sleep, type TailCall } from '../machine/outcome.js'
import type { Procedure } from '../machine/procedure.js'
import { Thread } from '../machine/process.js'
import type { Scenario } from '../machine/scenario.js'
import type { Domain } from '../schema/domain.js'
import { record } from '../schema/field.js'
import { fromPlain, initialValue, toPlain, type Value } from './plain-view.js'

type Fields = ImmutableMap<string, Value>

/** One call: where it is, what its arguments and locals hold, and which local of its caller takes what it returns. */
export class Frame extends Record({
  procedure: undefined as Procedure | undefined,
  label: '',
  locals: ImmutableMap() as Fields,
  into: undefined as string | undefined,
}) {}

export class State extends Record({ variables: ImmutableMap() as Fields, stacks: List<List<Frame>>() }) {}

export interface Edge {
  /** Index of the process; undefined for an action. */
  readonly process: number | undefined
  readonly step: string
  readonly args: object
  readonly picks: readonly number[]
  readonly to: State
  /** The property whose assertion failed on the way; `to` is then what the step had done until it did. */
  readonly failed: string | undefined
  /** Does the step begin with a sleep? */
  readonly slept: boolean
}

/** What a step answers that is not blocked. */
type Went = string | Sleep | Call | TailCall | Return

export class ToyMachine {
  readonly #scenario: Scenario

  constructor(scenario: Scenario) {
    this.#scenario = scenario
  }

  initial(): State[] {
    const { spec, run = [], init } = this.#scenario
    const stacks = List(run.map(({ procedure, args }) => List([this.#frame(procedure, args, undefined)])))
    return this.#everyChoice(() => {
      const s = toPlain(initialValue(spec.state, this.#sizeOf)) as object
      spec.init(s)
      init?.(s)
      return [new State({ variables: fromPlain(s) as Fields, stacks })]
    })
  }

  /** The state with the variables that are written, to those that nobody has written. */
  stateOf(write: (s: object) => void): State {
    const s = toPlain(initialValue(this.#scenario.spec.state, this.#sizeOf)) as object
    write(s)
    return new State({ variables: fromPlain(s) as Fields, stacks: List() })
  }

  /** In the engine's order: actions, then processes. */
  edges(state: State): Edge[] {
    const actions = this.#scenario.spec.actions.flatMap((a) => this.#instances(a).flatMap((args) => this.#act(state, a, args)))
    return [...actions, ...state.stacks.toArray().flatMap((stack, i) => this.#step(state, stack, i))]
  }

  isFinal(state: State): boolean {
    const { spec } = this.#scenario
    return spec.final?.(toPlain(state.variables) as object) ?? (state.stacks.size > 0 && state.stacks.every((stack) => stack.isEmpty()))
  }

  #act(state: State, { name, guard, effect }: Action, args: object): Edge[] {
    return this.#everyChoice((choices) => {
      const s = toPlain(state.variables) as object
      const { outcome, failed } = attempt(() => (guard(s, args) ? effect(s, args) : blocked))
      const to = state.set('variables', fromPlain(s) as Fields)
      return outcome === blocked ? [] : [{ process: undefined, step: name, args, picks: choices.picks, to, failed, slept: false }]
    })
  }

  #step(state: State, stack: List<Frame>, process: number): Edge[] {
    const top = stack.last()
    const step = top?.procedure?.steps.get(top.label)
    if (top === undefined || step === undefined) return []
    return this.#everyChoice((choices) => {
      const s = toPlain(state.variables) as object
      const me = toPlain(top.locals) as object
      const { outcome, failed } = attempt(() => step(s, Object.defineProperty(me, 'self', { value: process + 1, enumerable: false })))
      if (outcome === blocked) return []
      const written = stack.set(-1, top.set('locals', fromPlain(me) as Fields))
      const moved = failed === undefined ? this.#advance(written, outcome as Went) : written
      const to = state.set('variables', fromPlain(s) as Fields).setIn(['stacks', process], moved)
      return [{ process, step: `${top.procedure?.name}.${top.label}`, args: {}, picks: choices.picks, to, failed, slept: isSleep(outcome) }]
    })
  }

  /** What the outcome of a step does to the stack of its process. */
  #advance(stack: List<Frame>, outcome: Went): List<Frame> {
    const top = stack.last() ?? new Frame()
    if (typeof outcome === 'string') return stack.set(-1, top.set('label', outcome))
    switch (outcome.outcome) {
      case 'sleep':
        return stack.set(-1, top.set('label', outcome.then))
      case 'call':
        return stack.set(-1, top.set('label', outcome.then)).push(this.#frame(outcome.procedure, outcome.args, outcome.into))
      case 'tail':
        return stack.set(-1, this.#frame(outcome.procedure, outcome.args, top.into))
      case 'return':
        return top.into === undefined ? stack.pop() : stack.pop().setIn([-1, 'locals', top.into], outcome.value)
    }
  }

  #frame(procedure: Procedure, args: object, into: string | undefined): Frame {
    const locals = initialValue(record({ ...procedure.args, ...procedure.locals }), this.#sizeOf) as Fields
    const [label = ''] = procedure.steps.keys()
    return new Frame({ procedure, label, locals: locals.merge(Object.entries(args) as [string, Value][]), into })
  }

  /** Runs something once for each way in which its calls to `choose` can be answered. */
  #everyChoice<T>(run: (choices: Choices) => T[]): T[] {
    const { spec, without = [] } = this.#scenario
    spec.absent.clear()
    for (const protection of without) spec.absent.add(protection)
    const choices = new Choices()
    choices.reset()
    setRunning({ choices, sizeOf: this.#sizeOf })
    const results = []
    do results.push(...run(choices))
    while (choices.next())
    return results
  }

  /** Every combination of an action's parameters; the last turns fastest. */
  #instances({ params }: Action): object[] {
    const add = (combinations: object[], [name, field]: [string, ParameterField]): object[] =>
      combinations.flatMap((args) => this.#valuesOf(field).map((value) => ({ ...args, [name]: value })))
    return Object.entries(params).reduce(add, [{}])
  }

  #valuesOf(field: ParameterField): readonly unknown[] {
    if (field.kind === 'oneOf') return field.names
    if (field.kind === 'bool') return [false, true]
    const [lo, hi] = field.kind === 'int' ? [field.lo, field.hi] : [1, this.#sizeOf(field)]
    return Array.from({ length: hi - lo + 1 }, (_, i) => lo + i)
  }

  #sizeOf = (domain: Domain): number => {
    const { run = [], bounds = {} } = this.#scenario
    return domain === Thread ? Math.max(1, run.length) : (bounds[domain.name] ?? domain.size)
  }
}

function isSleep(outcome: unknown): boolean {
  return (outcome as { outcome?: unknown } | undefined)?.outcome === 'sleep'
}

/** Runs a step; a failed assertion is an outcome, every other error is not ours to explain. */
function attempt(step: () => unknown): { outcome: unknown; failed: string | undefined } {
  try {
    return { outcome: step(), failed: undefined }
  } catch (error) {
    if (!(error instanceof AssertionFailure)) throw error
    return { outcome: undefined, failed: error.property?.name ?? error.message }
  }
}
