/** The functions of a spec that a trace is about. */
import type { Scenario, TraceStep } from '../../checker/index.js'
import type { Located } from '../locate/region.js'
import { procedureCalled } from './fields.js'

/** Of a step of a process, the function with its label; of an action, its effect. */
export function stepDefinition({ spec, run }: Scenario, { process, step }: TraceStep): Located | undefined {
  if (process === undefined) return spec.actions.find((action) => action.name === step)?.effect
  const dot = step.lastIndexOf('.')
  const root = run?.[process]?.procedure
  return root && procedureCalled(root, step.slice(0, dot))?.steps.get(step.slice(dot + 1))
}

/** What says when a property holds. None of one that steps assert, or of the return of a process. */
export function propertyDefinition({ spec, properties = [] }: Scenario, name: string): Located | undefined {
  const found = [...spec.properties, ...properties].find((property) => property.name === name)
  if (found?.kind === 'refines') return found.map
  const isSaid = found !== undefined && 'holds' in found && !(found.kind === 'temporal' && found.returned)
  return isSaid ? found.holds : undefined
}

/** The first step of all. */
export function beginningOf({ spec, run = [] }: Scenario): Located | undefined {
  return run[0]?.procedure.steps.values().next().value ?? spec.actions[0]?.effect
}
