/**
 * What one may want to jump to: a state that shows a property, or breaks one, or in which a field has some value; found by a search from the initial
 * states, so the nearest to them.
 */
import { askedOf, exploreInTurns, type Property, type Scenario, type Trace } from '../../checker/index.js'
import { soughtField } from './sought-field.js'

/** A search for a goal ends after so many seconds. */
const MAX_SECONDS = 60

export interface Goal {
  readonly name: string
  /** For people: what is looked for. */
  readonly wanted: string
}

/** The shortest way there; else why there is none. */
export type GoalFound = { readonly trace: Trace } | { readonly reason: string }

export function goalsOf(scenario: Scenario): Goal[] {
  return askedOf(scenario).flatMap((p) => {
    if (p.kind === 'reachable') return [{ name: p.name, wanted: `a state that shows ${p.name}` }]
    return p.kind === 'invariant' || p.kind === 'mustFail' || p.kind === 'step' || p.kind === 'asserted'
      ? [{ name: p.name, wanted: `a state or step that breaks ${p.name}` }]
      : []
  })
}

/** @param signal ends the search */
export async function findGoal(scenario: Scenario, name: string, signal: AbortSignal): Promise<GoalFound> {
  const property = askedOf(scenario).find((p) => p.name === name)
  if (property === undefined) return { reason: `the scenario has no property called '${name}'` }
  return search(scenario, contraryOf(property), property.kind === 'reachable' ? 'no state shows it' : 'nothing breaks it', signal)
}

/**
 * @param text a field, and a value or none: `desc[1].swap_refs = 3`
 * @throws Refusal where that says nothing of the state
 */
export async function findField(scenario: Scenario, text: string, signal: AbortSignal): Promise<GoalFound> {
  const sought = soughtField(scenario, text)
  return search(scenario, sought, sought.kind === 'step' ? 'no step changes it' : 'it never is', signal)
}

/** @param never what to say where nothing violates the property */
async function search(scenario: Scenario, property: Property, never: string, signal: AbortSignal): Promise<GoalFound> {
  const spec = { ...scenario.spec, properties: [], final: () => true }
  const { verdict } = await exploreInTurns({ ...scenario, spec, properties: [property], skip: [] }, { maxSeconds: MAX_SECONDS, signal })
  if (verdict.kind === 'incomplete') return { reason: `nothing was found within ${MAX_SECONDS} s` }
  if (verdict.kind === 'specError') return { reason: `the search ended where the spec is at fault: ${verdict.message}` }
  if (verdict.kind !== 'violated') return { reason: never }
  return verdict.property === property.name
    ? { trace: verdict.trace }
    : { reason: `the search ended at ${verdict.property}, which is broken before` }
}

/** What is violated where the goal is reached. */
function contraryOf(property: Property): Property {
  const { name, sentence } = property
  if (property.kind === 'reachable') return { kind: 'invariant', name, sentence, holds: (s) => !property.found(s) }
  if (property.kind === 'mustFail') return { kind: 'invariant', name, sentence, holds: (s) => property.holds(s) }
  return property
}
