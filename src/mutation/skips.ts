/** A step skipped: nothing of it happens, and the process goes on where the step was seen to lead. */
import { rewrite, type Scenario } from '../../checker/index.js'
import { type Answer, inWords, isFree, nameOf, outcomeOf } from './answer.js'
import type { Mutant } from './mutant.js'
import type { ActionSeen, Observed, StepSeen } from './observed.js'
import { withAction } from './with-action.js'

export function skips(observed: Observed): Mutant[] {
  return [...observed.actions.map(skippedAction), ...observed.steps.flatMap((step) => skipped(step, observed))]
}

function skippedAction({ action, scenarios }: ActionSeen): Mutant {
  return {
    id: `skip:${action.name}`,
    kind: 'skips',
    change: 'the action changes nothing',
    at: action.effect,
    scenarios: [...scenarios],
    moved: [],
    apply: (scenario) => withAction(scenario, action.name, () => ({ effect() {} })),
  }
}

function skipped(step: StepSeen, observed: Observed): Mutant[] {
  const ways = new Map([...step.answers.values()].flatMap((answer) => withoutCall(answer, observed)).map((way) => [nameOf(way), way]))
  return [...ways.values()].filter((way) => !isSame(step, way)).map((way) => skippedTo(step, way))
}

/** Where a step goes on that calls nothing. */
function withoutCall(answer: Answer, { steps }: Observed): Answer[] {
  if (isFree(answer)) return [answer]
  if (answer.kind === 'call') return [{ kind: 'label', to: answer.to }]
  if (answer.kind !== 'tail') return []
  const answers = steps.filter(({ procedure }) => procedure === answer.procedure).flatMap((step) => [...step.answers.values()])
  return answers.filter(({ kind }) => kind === 'return').slice(0, 1)
}

/** A step that is not given the state does nothing but go on. */
function isSame({ run, answers }: StepSeen, way: Answer): boolean {
  return run.length === 0 && answers.has(nameOf(way))
}

function skippedTo({ name, procedure, label, run, scenarios }: StepSeen, way: Answer): Mutant {
  return {
    id: `skip:${name}:${nameOf(way)}`,
    kind: 'skips',
    change: `the step does nothing, and ${inWords(way)}`,
    at: run,
    scenarios: [...scenarios],
    moved: [],
    apply: (scenario: Scenario) =>
      rewrite(scenario, (step) => (step.procedure === procedure && step.label === label ? () => outcomeOf(way) : step.run)),
  }
}
