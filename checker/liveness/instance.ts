/**
 * Temporal properties as they are checked: one that is said of each element of a domain is as many as the domain has elements, and a refinement
 * is as many as there are constraints in the fairness of the abstract spec.
 */
import { SpecFault } from '../fault.js'
import type { Scenario } from '../machine/scenario.js'
import type { System } from '../machine/system.js'
import { askedOf } from '../property/properties-of.js'
import type { Endless, Temporal, TemporalForm } from '../property/property.js'
import type { Id } from '../schema/domain.js'
import { idsOf } from '../schema/packed-view.js'
import { refinedInstances } from './refined-fairness.js'

export interface Instance {
  readonly property: Endless
  readonly form: TemporalForm
  /** For people, where the property is said of each element: `client 2`; of a refinement the abstract constraint. */
  readonly element: string | undefined
  /** Of the state that the system's view shows. */
  holds(s: object): boolean
  when(s: object): boolean
  /** Does what it says depend on the variables alone, so that it can be learned? */
  readonly isOfVariables: boolean
  /** Steps that a violation does not take on its loop. */
  readonly avoided?: AvoidedSteps
}

/** Steps that are known by the states before and after them. */
export interface AvoidedSteps {
  /** What is to be known of a state. */
  of(s: object): number
  includes(before: number, after: number): boolean
}

/** The properties that a scenario asks for, and that a behaviour without an end can violate. */
export function temporalOf(scenario: Scenario): readonly Endless[] {
  return askedOf(scenario).filter((p): p is Endless => p.kind === 'temporal' || (p.kind === 'refines' && p.of.fairness.length > 0))
}

/** @throws SpecFault where a process is named that is not there */
export function instancesOf(system: System, property: Endless): readonly Instance[] {
  if (property.kind === 'refines') return refinedInstances(system, property)
  const { each, returned, form } = property
  if (returned !== undefined) return processInstances(system, property, returned)
  const elements = each === undefined ? [undefined] : (idsOf(system.sizeOf(each)) as unknown as readonly Id<string>[])
  return elements.map((id) => ({
    property,
    form,
    element: each && `${each.name} ${String(id)}`,
    holds: (s) => property.holds(s, id),
    when: (s) => property.when?.(s, id) === true,
    isOfVariables: true,
  }))
}

/** A scenario need not have processes of all names, but it must of one. */
function processInstances(system: System, property: Temporal, names: readonly string[]): Instance[] {
  const instances = system.configuration.processes.flatMap(({ process, name }, i): Instance[] => {
    if (!names.includes(process.name)) return []
    return [
      { property, form: property.form, element: name, holds: () => system.processes[i]?.pc === 0, when: () => false, isOfVariables: false },
    ]
  })
  if (instances.length > 0) return instances
  throw new SpecFault('schema', `property ${property.name}: this scenario has no process called ${names.join(' or ')}; skip the property`)
}
