/** How a step comes to fire: the shortest behaviour that ends in it. */
import { assert, blocked, explore, rewrite, type Scenario, type Trace } from '../checker/index.js'

const FIRES = 'the step fires'

/** What a search for one step may look at. */
const MOST_STATES = 1_000_000

/**
 * @param name as in a report's coverage: `fault/do_swap_page.out`, or the name of an action
 * @returns undefined where it does not fire, or something goes wrong before it does
 */
export function firstFiring(scenario: Scenario, name: string): Trace | undefined {
  const { verdict } = explore(trapped(scenario, name), { maxStates: MOST_STATES })
  if (verdict.kind !== 'violated' || verdict.property !== FIRES) return undefined
  return { ...verdict.trace, steps: verdict.trace.steps.map((step) => ({ ...step, failed: false })) }
}

/** The scenario with a step that fails where it has fired, and with no other property. */
function trapped(scenario: Scenario, name: string): Scenario {
  const { spec } = scenario
  const actions = spec.actions.map((action) => {
    if (action.name !== name) return action
    return {
      ...action,
      effect(s: object, args: object) {
        action.effect(s, args)
        assert(false, FIRES)
      },
    }
  })
  const bare = { ...scenario, spec: { ...spec, actions, properties: [], final: () => true }, properties: [], skip: [], fairness: [] }
  return rewrite(bare, ({ process, procedure, label, run }) => {
    if (`${process}/${procedure.name}.${label}` !== name) return run
    return (s, me) => {
      const outcome = run(s, me)
      assert(outcome === blocked, FIRES)
      return outcome
    }
  })
}
