import type { Scenario } from '../machine/scenario.js'
import type { Property } from './property.js'
import { asStepProperty } from './refinement.js'

/** The properties that a scenario asks for, the spec's first. */
export function askedOf({ spec, properties = [], skip = [] }: Scenario): Property[] {
  return [...spec.properties, ...properties].filter((p) => !skip.includes(p.name))
}

/** The same, with a refinement as the step property that it is but for fairness. */
export function propertiesOf(scenario: Scenario): Property[] {
  return askedOf(scenario).map((p) => (p.kind === 'refines' ? asStepProperty(p, scenario) : p))
}
