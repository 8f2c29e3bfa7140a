/** A scenario whose spec has another action in place of one. */
import type { Action, Scenario } from '../../checker/index.js'

export function withAction(scenario: Scenario, name: string, change: (action: Action) => Partial<Action>): Scenario {
  const actions = scenario.spec.actions.map((action) => (action.name === name ? { ...action, ...change(action) } : action))
  return { ...scenario, spec: { ...scenario.spec, actions } }
}
