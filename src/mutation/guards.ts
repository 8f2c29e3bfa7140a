/** A guard negated: a step that answers one of two things answers the other one, and an action is taken where it may not be. */
import { rewrite } from '../../checker/index.js'
import { type Answer, answerOf, inWords, isFree, nameOf, outcomeOf } from './answer.js'
import type { Mutant } from './mutant.js'
import type { ActionSeen, Observed, StepSeen } from './observed.js'
import { withAction } from './with-action.js'

/** Of a step that was seen to return more values than that, each value is no decision of its own. */
const MOST_VALUES = 3

export function guards({ actions, steps, scenarios }: Observed): Mutant[] {
  return [...actions.map((seen) => negatedAction(seen, scenarios)), ...steps.flatMap(negated)]
}

function negatedAction({ action }: ActionSeen, scenarios: Observed['scenarios']): Mutant {
  return {
    id: `guard:${action.name}`,
    kind: 'guards',
    change: 'the guard is negated',
    at: action.guard,
    scenarios,
    moved: [],
    apply: (scenario) => withAction(scenario, action.name, ({ guard }) => ({ guard: (s, args) => !guard(s, args) })),
  }
}

function negated(step: StepSeen): Mutant[] {
  const free = decisions(step)
  return free.flatMap((one, i) => free.slice(i + 1).map((other) => exchanged(step, one, other)))
}

function decisions({ answers }: StepSeen): Answer[] {
  const free = [...answers.values()].filter(isFree)
  const values = free.filter(({ kind }) => kind === 'return')
  return values.length <= MOST_VALUES ? free : [...free.filter(({ kind }) => kind !== 'return'), ...values.slice(0, 1)]
}

function exchanged({ name, procedure, label, run, scenarios }: StepSeen, one: Answer, other: Answer): Mutant {
  const [first, second] = [nameOf(one), nameOf(other)]
  const instead = new Map([
    [first, outcomeOf(other)],
    [second, outcomeOf(one)],
  ])
  return {
    id: `guard:${name}:${first}:${second}`,
    kind: 'guards',
    change: `the step ${inWords(one)} where it ${inWords(other)}, and the reverse`,
    at: run,
    scenarios: [...scenarios],
    moved: [],
    apply: (scenario) =>
      rewrite(scenario, (step) => {
        if (step.procedure !== procedure || step.label !== label) return step.run
        return (s, me) => {
          const outcome = step.run(s, me)
          const answer = answerOf(outcome)
          return (answer && instead.get(nameOf(answer))) ?? outcome
        }
      }),
  }
}
