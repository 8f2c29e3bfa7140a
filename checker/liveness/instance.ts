/** Temporal properties as they are checked: one that is said of each element of a domain is as many as the domain has elements. */

import { SpecFault } from '../fault.js'
import type { Scenario } from '../machine/scenario.js'
import type { System } from '../machine/system.js'
import { propertiesOf } from '../property/properties-of.js'
import type { Temporal } from '../property/property.js'
import type { Id } from '../schema/domain.js'
import { idsOf } from '../schema/packed-view.js'

export interface Instance {
  readonly property: Temporal
  /** For people, where the property is said of each element: `client 2`. */
  readonly element: string | undefined
  /** Of the state that the system's view shows. */
  holds(s: object): boolean
  when(s: object): boolean
  /** Does what it says depend on the variables alone, so that it can be learned? */
  readonly isOfVariables: boolean
}

/** The temporal properties that a scenario asks for. */
export function temporalOf(scenario: Scenario): readonly Temporal[] {
  return propertiesOf(scenario).filter((p) => p.kind === 'temporal')
}

/** @throws SpecFault where a process is named that is not there */
export function instancesOf(system: System, property: Temporal): readonly Instance[] {
  const { each, returned } = property
  if (returned !== undefined) return processInstances(system, property, returned)
  const elements = each === undefined ? [undefined] : (idsOf(system.sizeOf(each)) as unknown as readonly Id<string>[])
  return elements.map((id) => ({
    property,
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
    return [{ property, element: name, holds: () => system.processes[i]?.pc === 0, when: () => false, isOfVariables: false }]
  })
  if (instances.length > 0) return instances
  throw new SpecFault('schema', `property ${property.name}: this scenario has no process called ${names.join(' or ')}; skip the property`)
}
