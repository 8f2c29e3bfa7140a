/** Plans of random machines: plain data, drawn so that most have few states, and that every verdict is met often. */
import type { Parameters } from '../machine/action.js'
import type { StepFairness } from '../property/fairness.js'
import type { TemporalForm } from '../property/property.js'
import type { Fields, LocalField, ScalarField } from '../schema/field.js'
import { int, oneOf } from '../schema/field.js'
import type { Draw } from './draw.js'
import { ProgramDrawer } from './draw-program.js'
import { type Effect, type Num, PROTECTIONS, type Test } from './random-program.js'
import type { RefinementPlan } from './random-refinement.js'
import { DOMAINS, drawBounds, drawFields, drawLocal, drawScalar, placesOf } from './random-schema.js'

export interface Plan {
  /** Sizes of domains, by name. */
  readonly bounds: Readonly<Record<string, number>>
  readonly fields: Fields
  readonly init: readonly Effect[]
  readonly actions: readonly ActionPlan[]
  /** Each calls later ones only. */
  readonly procedures: readonly ProcedurePlan[]
  readonly run: readonly { readonly name: string; readonly procedure: number; readonly args: readonly Num[] }[]
  readonly properties: readonly PropertyPlan[]
  readonly refines?: RefinementPlan
  readonly final: 'where all have returned' | Test
  readonly without: readonly string[]
  readonly live?: LivePlan
}
/** A temporal property, and what it may count on. */
export interface LivePlan {
  readonly form: TemporalForm
  readonly holds: Test
  readonly when: Test
  /** In place of P: processes of this name return. */
  readonly returned: string | undefined
  readonly fairness: readonly StepFairness[]
  /** Names of processes on one CPU, by falling priority; none for none. */
  readonly cpu: readonly (readonly string[])[]
  /** When the first process is atomic, and the third. */
  readonly atomic: Test
}
export interface ActionPlan {
  readonly params: Parameters
  readonly guard: Test
  readonly effect: readonly Effect[]
}
export interface ProcedurePlan {
  readonly args: Readonly<Record<string, ScalarField>>
  readonly locals: Readonly<Record<string, LocalField>>
  readonly returns: ScalarField | undefined
  /** Labels are `l0`, `l1` and so on. */
  readonly steps: readonly StepPlan[]
}
export interface StepPlan {
  readonly enabled: Test
  /** Are the effects done before the test that may block the step? */
  readonly testedLast: boolean
  readonly effects: readonly Effect[]
  readonly next: Next
}
/** Where a process goes on; steps and procedures by their numbers. */
export type Next =
  | { readonly go: number }
  | { readonly sleep: number }
  | { readonly call: number; readonly args: readonly Num[]; readonly backTo: number; readonly into: string | undefined }
  | { readonly tail: number; readonly args: readonly Num[] }
  | { readonly ret: Num }
  | { readonly when: Test; readonly yes: Next; readonly no: Next }
export interface PropertyPlan {
  readonly kind: 'invariant' | 'step' | 'quiescent' | 'reachable' | 'mustFail'
  readonly test: Test
}

/** @param most how many actions and processes there may be */
export function drawPlan(draw: Draw, most: { readonly actions: number; readonly processes: number }): Plan {
  const fields = drawFields(draw)
  const program = new ProgramDrawer(draw, placesOf('s', fields))
  const procedures = most.processes > 0 ? drawProcedures(draw, fields) : []
  const isSafe = draw.chance(70)
  return {
    bounds: drawBounds(draw),
    fields,
    init: draw.list(0, 2, () => program.write()),
    actions: most.actions === 0 ? [] : draw.list(2, most.actions, () => drawAction(draw, fields)),
    procedures,
    run: most.processes === 0 ? [] : draw.list(Math.min(2, most.processes), most.processes, () => drawRun(draw, procedures, program)),
    properties: isSafe ? [] : draw.list(1, 2, () => drawProperty(draw, fields)),
    final:
      most.processes > 0 && draw.chance(70)
        ? 'where all have returned'
        : draw.chance(70)
          ? 'always'
          : new ProgramDrawer(draw, [], placesOf('s', fields)).test(),
    without: PROTECTIONS.filter(() => draw.chance(30)),
  }
}

function drawProperty(draw: Draw, fields: Fields): PropertyPlan {
  const kind = draw.from(['invariant', 'invariant', 'step', 'step', 'quiescent', 'reachable', 'mustFail'] as const)
  const places = placesOf('s', fields)
  const program = new ProgramDrawer(draw, [], kind === 'step' ? [...places, ...placesOf('before', fields)] : places)
  return { kind, test: kind === 'reachable' ? program.rare() : { not: program.rare() } }
}

function drawAction(draw: Draw, fields: Fields): ActionPlan {
  const ranges = [DOMAINS[0], DOMAINS[2], int(-1, 1), oneOf('red', 'green'), { kind: 'bool' } as const]
  const params = Object.fromEntries(draw.list(0, 2, (i) => [`p${i}`, draw.from(ranges)]))
  const program = new ProgramDrawer(draw, placesOf('s', fields), placesOf('args', params))
  return { params, guard: draw.chance(40) ? program.test() : program.guard(), effect: draw.list(1, 3, () => program.effect()) }
}

function drawRun(draw: Draw, procedures: readonly ProcedurePlan[], program: ProgramDrawer): Plan['run'][number] {
  const procedure = draw.int(0, Math.min(1, procedures.length - 1))
  const args = Object.keys(procedures[procedure]?.args ?? {}).map(() => program.constant())
  return { name: draw.from(['worker', 'reader']), procedure, args }
}

function drawProcedures(draw: Draw, fields: Fields): ProcedurePlan[] {
  const number = int(-1, 2)
  const returns = [number, number, number, undefined, DOMAINS[1]]
  const frames = draw.list(2, 4, (index) => ({
    index,
    args: Object.fromEntries(draw.list(0, 2, (i) => [`a${i}`, drawScalar(draw)])),
    locals: Object.fromEntries(
      draw.list(0, 3, (i) => [`x${i}`, draw.chance(50) ? (draw.from(returns) ?? drawLocal(draw)) : drawLocal(draw)]),
    ),
    returns: draw.from(returns),
  }))
  return frames.map((frame) => {
    const me = { ...frame.args, ...frame.locals }
    const program = new ProgramDrawer(draw, [...placesOf('s', fields), ...placesOf('me', me), ...placesOf('me', me)])
    const count = draw.int(1, 4)
    const steps = Array.from({ length: count }, (_, i) => ({
      enabled: program.guard(),
      testedLast: draw.chance(20),
      effects: draw.list(0, 3, () => program.effect()),
      next: drawNext(draw, program, i, count, frame, frames),
    }))
    return { args: frame.args, locals: frame.locals, returns: frame.returns, steps }
  })
}

interface DrawnFrame extends Omit<ProcedurePlan, 'steps'> {
  readonly index: number
}

function drawNext(draw: Draw, program: ProgramDrawer, step: number, count: number, frame: DrawnFrame, frames: readonly DrawnFrame[]): Next {
  const args = (callee: DrawnFrame): Num[] => Object.keys(callee.args).map(() => program.num())
  const kind = draw.int(0, 9)
  const next: Next = step + 1 < count ? { go: draw.chance(15) ? draw.int(0, count - 1) : step + 1 } : { ret: program.num() }
  const later = frames.filter((f) => f.index > frame.index)
  if (kind < 5 && later.length > 0) {
    const callee = draw.from(later)
    const takers = Object.entries(frame.locals).filter(([, field]) => field === callee.returns)
    const into = takers.length > 0 && draw.chance(80) ? draw.from(takers)[0] : undefined
    return {
      call: callee.index,
      args: args(callee),
      backTo: draw.chance(80) ? Math.min(step + 1, count - 1) : draw.int(0, count - 1),
      into,
    }
  }
  const tails = later.filter((f) => f.returns === frame.returns)
  if (kind < 7 && tails.length > 0) {
    const callee = draw.from(tails)
    return { tail: callee.index, args: args(callee) }
  }
  if (kind === 7) return { when: program.test(), yes: { ret: program.num() }, no: next }
  return kind === 8 ? { ret: program.num() } : next
}
