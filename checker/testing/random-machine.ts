/** Random machines for fast-check: plans that print, and the scenarios that they stand for. */
import fc from 'fast-check'
import type { Action } from '../machine/action.js'
import { assert } from '../machine/assertion.js'
import { language } from '../machine/language.js'
import { blocked, call, ret, sleep, tail } from '../machine/outcome.js'
import { makeProcedure, type Procedure } from '../machine/procedure.js'
import { process } from '../machine/process.js'
import { type Scenario, scenario } from '../machine/scenario.js'
import { type Fairness, oneCpu } from '../property/fairness.js'
import { asserted, type Property } from '../property/property.js'
import { type Domain, ordinal } from '../schema/domain.js'
import { type Fields, schema } from '../schema/field.js'
import { withAmbush } from './ambush.js'
import { Draw } from './draw.js'
import {
  type ActionPlan,
  drawPlan,
  type LivePlan,
  type Next,
  type Plan,
  type ProcedurePlan,
  type PropertyPlan,
  type StepPlan,
} from './random-plan.js'
import { Compiler, type Num, PROMISE, PROTECTIONS, type Scope } from './random-program.js'
import { drawRefinement, refinementOf } from './random-refinement.js'

const promise = asserted(PROMISE, 'What the steps assert is true.')

export function scenarioOf(plan: Plan): Scenario {
  return new Builder(plan).scenario()
}

class Builder {
  readonly #plan: Plan
  readonly #words
  readonly #procedures: Procedure[] = []

  constructor(plan: Plan) {
    this.#plan = plan
    this.#words = language(schema(plan.fields), { protections: PROTECTIONS })
    for (let i = plan.procedures.length - 1; i >= 0; i--) this.#procedures[i] = this.#procedure(i)
  }

  scenario(): Scenario {
    const { init, final, run, properties, refines, fields, bounds, without, live } = this.#plan
    const program = this.#compiler({})
    const begin = program.effects(init)
    const isFinal = final === 'where all have returned' ? undefined : program.test(final)
    const spec = this.#words.spec({
      name: 'random',
      title: 'A random machine',
      init: (s) => begin({ s }),
      actions: this.#plan.actions.map((plan, i) => this.#action(plan, i)),
      properties: [
        ...properties.map((p, i) => this.#property(p, i)),
        ...(refines ? [refinementOf(refines, fields, this.#sizeOf)] : []),
        promise,
        ...(live ? [this.#temporal(live)] : []),
      ],
      ...(live && { fairness: this.#fairness(live) }),
      ...(isFinal && { final: (s: object) => isFinal({ s }) }),
    })
    const processes = run.map((r) => {
      const procedure = this.#procedures[r.procedure] as Procedure
      return process(r.name, procedure)(this.#args(r.procedure, r.args, program)({}) as never)
    })
    const expect = { verdict: 'holds', distinct: 0, generated: 0, depth: 0 } as const
    return scenario(spec, { name: 'machine', title: 'A random machine', run: processes, bounds, without, expect }) as unknown as Scenario
  }

  /** What a number is in a state. */
  read(num: Num, s: object): number {
    return this.#compiler({}).num(num)({ s })
  }

  readonly #sizeOf = (domain: Domain): number => this.#plan.bounds[domain.name] ?? domain.size

  #compiler(roots: Readonly<Record<string, Fields>>): Compiler {
    const { fields } = this.#plan
    return new Compiler({
      roots: { s: fields, before: fields, ...roots },
      sizeOf: this.#sizeOf,
      guard: (name) => this.#words.guard(name as 'p' | 'q'),
      assert: (condition, text) => assert(condition, text, text === promise.name ? promise : undefined),
    })
  }

  #action({ params, guard, effect }: ActionPlan, i: number): Action {
    const program = this.#compiler({ args: params })
    const [test, act] = [program.test(guard), program.effects(effect)]
    return this.#words.action(`a${i}`, {
      params,
      guard: (s, args) => test({ s, args }),
      effect: (s, args) => act({ s, args }),
    })
  }

  #property({ kind, test }: PropertyPlan, i: number): Property {
    const holds = this.#compiler({}).test(test)
    const name = `${kind}${i}`
    const sentence = 'A random one.'
    if (kind === 'step') return { kind, name, sentence, holds: (before, s, by) => by.endsWith('1') || holds({ before, s }) }
    if (kind === 'reachable') return { kind, name, sentence, found: (s) => holds({ s }) }
    return { kind, name, sentence, holds: (s) => holds({ s }) }
  }

  #temporal({ form, holds, when, returned }: LivePlan): Property {
    if (returned !== undefined) return this.#words.returns('Live', '', [returned]) as Property
    const [p, q] = [this.#compiler({}).test(holds), this.#compiler({}).test(when)]
    if (form === 'leadsTo') {
      return this.#words.leadsTo(
        'Live',
        '',
        (s) => q({ s }),
        (s) => p({ s }),
      ) as Property
    }
    return this.#words[form]('Live', '', (s) => p({ s })) as Property
  }

  #fairness({ fairness, cpu, atomic }: LivePlan): Fairness[] {
    const test = this.#compiler({}).test(atomic)
    return [...fairness, ...(cpu.length > 0 ? [oneCpu(cpu, (s, thread) => ordinal(thread) % 2 === 1 && test({ s }))] : [])]
  }

  #procedure(index: number): Procedure {
    const { args, locals, returns, steps } = this.#plan.procedures[index] as ProcedurePlan
    const program = this.#compiler({ me: { ...args, ...locals } })
    const functions = steps.map((step, i) => [`l${i}`, this.#step(index, step, program)] as const)
    const callees = new Set(steps.flatMap(({ next }) => calleesOf(next)))
    const calls = this.#procedures.filter((_, i) => callees.has(i))
    return makeProcedure(`f${index}`, { args, locals, calls, returns }, Object.fromEntries(functions))
  }

  #step(index: number, { enabled, testedLast, effects, next }: StepPlan, program: Compiler): (s: object, me: object) => unknown {
    const [test, act, go] = [program.test(enabled), program.effects(effects), this.#next(index, next, program)]
    return (s, me) => {
      if (!testedLast && !test({ s, me })) return blocked
      act({ s, me })
      if (testedLast && !test({ s, me })) return blocked
      return go({ s, me })
    }
  }

  #next(index: number, next: Next, program: Compiler): (scope: Scope) => unknown {
    if ('go' in next) return () => `l${next.go}`
    if ('sleep' in next) return () => sleep(`l${next.sleep}`)
    if ('when' in next) {
      const [test, yes, no] = [program.test(next.when), this.#next(index, next.yes, program), this.#next(index, next.no, program)]
      return (scope) => (test(scope) ? yes(scope) : no(scope))
    }
    if ('ret' in next) {
      const { returns } = this.#plan.procedures[index] as ProcedurePlan
      const value = returns === undefined ? () => undefined : program.value(returns, next.ret)
      return (scope) => ret(value(scope))
    }
    const callee = 'call' in next ? next.call : next.tail
    const args = this.#args(callee, next.args, program)
    const procedure = this.#procedures[callee] as Procedure<string, object>
    if ('tail' in next) return (scope) => tail(procedure, args(scope))
    const { backTo, into } = next
    return (scope) => (into === undefined ? call(procedure, args(scope), `l${backTo}`) : call(procedure, args(scope), `l${backTo}`, into))
  }

  #args(callee: number, nums: readonly Num[], program: Compiler): (scope: Scope) => object {
    const fields = Object.entries(this.#plan.procedures[callee]?.args ?? {})
    const values = fields.map(([name, field], i) => [name, program.value(field, nums[i] ?? { code: 0 })] as const)
    return (scope) => Object.fromEntries(values.map(([name, value]) => [name, value(scope)]))
  }
}

function calleesOf(next: Next): number[] {
  if ('when' in next) return [...calleesOf(next.yes), ...calleesOf(next.no)]
  return 'call' in next ? [next.call] : 'tail' in next ? [next.tail] : []
}

function machine(actions: number, processes: number): fc.Arbitrary<Plan> {
  return fc.gen().map((g) => {
    const draw = new Draw(g)
    const plan = drawPlan(draw, { actions, processes })
    if (draw.chance(40)) return plan
    const builder = new Builder(plan)
    return withAmbush(draw, plan, builder.scenario(), (num, s) => builder.read(num, s))
  })
}

/** Both, with something that they refine or not. */
export const refiningMachine: fc.Arbitrary<Plan> = fc.gen().map((g) => {
  const draw = new Draw(g)
  const plan = drawPlan(draw, { actions: 2, processes: 2 })
  return { ...plan, refines: drawRefinement(draw, plan.fields) }
})

/** Guarded actions alone. */
export const actionMachine = machine(4, 0)
/** One to three processes. */
export const processMachine = machine(0, 3)
/** Both. */
export const mixedMachine = machine(2, 2)
