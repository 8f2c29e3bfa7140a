/** Two steps swapped: what always comes second comes first, and then the process goes on where the second had led. */
import { blocked, type Call, type MoreSteps, rewrite, type Scenario, type StepFunction, type StepOfProcess } from '../../checker/index.js'
import { type Answer, answerOf, comingBackTo, isFree, nameOf, outcomeOf } from './answer.js'
import type { Mutant } from './mutant.js'
import type { Observed, StepSeen } from './observed.js'

export function swaps({ steps }: Observed): Mutant[] {
  return steps.flatMap((first) => {
    const label = onlyNext(first)
    const second = steps.find((step) => step.procedure === first.procedure && step.label === label)
    return second === undefined || second === first ? [] : swapped(first, second)
  })
}

/** Where the process goes on after the step, or after what it calls, if that is one place. */
function onlyNext({ answers }: StepSeen): string | undefined {
  const next = new Set([...answers.values()].map((answer) => (answer.kind === 'label' || answer.kind === 'call' ? answer.to : undefined)))
  const [only] = next
  return next.size === 1 ? only : undefined
}

/** None where one of them does nothing, or cannot be made to go on where the other one did. */
function swapped(first: StepSeen, second: StepSeen): Mutant[] {
  if (first.run.length === 0 || second.run.length === 0) return []
  const ends = [...second.answers.values()].map(wayOf)
  const calls = [...first.answers.values()].some(({ kind }) => kind === 'call')
  const cannot = ends.some((way) => way === undefined || (calls && way.kind !== 'label'))
  if (cannot || ends.length === 0) return []
  const { name, steps } = first.procedure
  // Coming first, the second step may answer what it never did.
  const labels = [...steps.keys()].map((to): Answer => ({ kind: 'label', to }))
  const late = new Map([...labels, ...ends].flatMap((way) => (way === undefined ? [] : [[lateLabel(first.label, way), way] as const])))
  return [
    {
      id: `swap:${first.name}:${second.label}`,
      kind: 'swaps',
      change: `at ${first.label} the process does what it does at ${second.label}, and after that what it did at ${first.label}`,
      at: first.run,
      scenarios: [...first.scenarios],
      moved: [second.label, ...late.keys()].map((label) => `${name}.${label}`),
      apply: (scenario) => swappedIn(scenario, first, second, late),
    },
  ]
}

/** Where the second step, or what it calls, ends. */
function wayOf(answer: Answer): Answer | undefined {
  if (answer.kind === 'call') return { kind: 'label', to: answer.to }
  return isFree(answer) ? answer : undefined
}

function swappedIn(scenario: Scenario, first: StepSeen, second: StepSeen, late: ReadonlyMap<string, Answer>): Scenario {
  const more: MoreSteps = (_, procedure) => {
    if (procedure !== first.procedure) return []
    return [...late].map(([label, way]): [string, StepFunction] => [label, (s, me) => leadingTo(first.run(s, me), way)])
  }
  const isFirst = (step: StepOfProcess): boolean => step.procedure === first.procedure && step.label === first.label
  return rewrite(scenario, (step) => (isFirst(step) ? (s, me) => leadingToFirst(second.run(s, me), first.label) : step.run), more)
}

/** The step in which the first one comes second. */
function lateLabel(first: string, way: Answer): string {
  return `${first}, late, then ${nameOf(way)}`
}

/** What the second step answers, where the first one is still to come. */
function leadingToFirst(outcome: unknown, first: string): unknown {
  const answer = answerOf(outcome)
  const way = answer && wayOf(answer)
  if (way === undefined) return outcome
  const label = lateLabel(first, way)
  return answer?.kind === 'call' ? comingBackTo(label, outcome as Call) : label
}

/** What the first step answers, where the second one has come before. */
function leadingTo(outcome: unknown, way: Answer): unknown {
  if (outcome === blocked) return outcome
  const isCall = answerOf(outcome)?.kind === 'call'
  return isCall && way.kind === 'label' ? comingBackTo(way.to, outcome as Call) : outcomeOf(way)
}
