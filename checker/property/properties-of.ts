import type { Scenario } from '../machine/scenario.js'
import type { Property } from './property.js'
import { asStepProperty } from './refinement.js'

/** The properties that a scenario asks for, the spec's first; a refinement as the step property that says the same. */
export function propertiesOf(scenario: Scenario): Property[] {
  const { spec, properties = [], skip = [] } = scenario
  const asked = [...spec.properties, ...properties].filter((p) => !skip.includes(p.name))
  return asked.map((p) => (p.kind === 'refines' ? asStepProperty(p, scenario) : p))
}
