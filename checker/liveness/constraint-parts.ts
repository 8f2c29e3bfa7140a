/** What fairness is of: the sets of steps that a spec names. */
import { SpecFault } from '../fault.js'
import { isNamed } from '../machine/step-name.js'
import type { System } from '../machine/system.js'
import type { StepFairness } from '../property/fairness.js'
import type { Id } from '../schema/domain.js'

/** One A: a set of steps, each of an actor. */
export interface Part {
  /** For people: `weak fault`. */
  readonly name: string
  /**
   * @param step index into `System.steps`
   * @param actor index of the process, or of the action's instance
   */
  includes(step: number, actor: number): boolean
}

/** All steps of a process. */
export interface ProcessPart extends Part {
  readonly thread: Id<'thread'>
}

/** @throws SpecFault where a name fits nothing */
export function partsOf(system: System, { of, names }: StepFairness): Part[] {
  if (of === 'processes') return processParts(system, names)
  const steps = names.map((name) => ({ name, steps: stepsNamed(system, name) }))
  if (of === 'any') return [{ name: names.join(' or '), includes: (step) => steps.some((s) => s.steps.has(step)) }]
  if (of === 'steps') return steps.flatMap((s) => eachStep(system, s.steps))
  return steps.flatMap((s) => eachValue(system, s, of.each))
}

function stepsNamed({ steps }: System, name: string): ReadonlySet<number> {
  const found = steps.flatMap((step, i) => (isNamed(name, step) ? [i] : []))
  if (found.length === 0) throw new SpecFault('schema', `fairness of '${name}': no step of this scenario is called so`)
  return new Set(found)
}

/**
 * @param names none for all
 * @throws SpecFault where there is no such process
 */
export function processParts({ configuration, scenario }: System, names: readonly string[]): ProcessPart[] {
  const all = configuration.processes.map((p) => p.process.name)
  const wrong = names.find((name) => !all.includes(name))
  if (wrong !== undefined)
    throw new SpecFault('schema', `fairness of process '${wrong}': the processes here are ${all.join(', ') || 'none'}`)
  const first = scenario.spec.actions.length
  return configuration.processes.flatMap(({ name, process }, index): ProcessPart[] => {
    if (names.length > 0 && !names.includes(process.name)) return []
    const thread = (index + 1) as unknown as Id<'thread'>
    return [{ name, thread, includes: (step, actor) => step >= first && actor === index }]
  })
}

function eachStep({ steps, scenario, configuration }: System, wanted: ReadonlySet<number>): Part[] {
  const actions = scenario.spec.actions.length
  return [...wanted].flatMap((wantedStep): Part[] => {
    const name = steps[wantedStep]?.name ?? ''
    if (wantedStep < actions) return [{ name, includes: (step) => step === wantedStep }]
    const owners = configuration.processes.flatMap(({ process }, i) => (name.startsWith(`${process.name}/`) ? [i] : []))
    return owners.map((owner) => ({ name: `CPU${owner} ${name}`, includes: (step, actor) => step === wantedStep && actor === owner }))
  })
}

function eachValue({ actions }: System, { name, steps }: { name: string; steps: ReadonlySet<number> }, parameter: string): Part[] {
  const values = new Map<unknown, Set<number>>()
  actions.forEach(({ step, args }, actor) => {
    if (!steps.has(step)) return
    if (!(parameter in args)) throw new SpecFault('schema', `fairness of '${name}' for each ${parameter}: it has no such parameter`)
    const value = args[parameter]
    values.set(value, (values.get(value) ?? new Set()).add(actor))
  })
  if (values.size === 0) throw new SpecFault('schema', `fairness of '${name}' for each ${parameter}: only actions have parameters`)
  return [...values].map(([value, actors]) => ({
    name: `${name}(${parameter}=${String(value)})`,
    includes: (step, actor) => steps.has(step) && actors.has(actor),
  }))
}
