/** A lock left out: it is not taken and not dropped, or a step that waits goes on. */
import { blocked, leavingOut, rewrite, type StepFunction, type Taken } from '../../checker/index.js'
import { type Answer, inWords, isFree, nameOf, outcomeOf } from './answer.js'
import type { Mutant } from './mutant.js'
import type { Observed, StepSeen } from './observed.js'

export function locks({ steps }: Observed): Mutant[] {
  return [...steps.filter(({ takes }) => takes.has('lock')).map(unlocked), ...sections(steps), ...steps.flatMap(hurried)]
}

/** Whoever drops a lock need not be who has taken it: so all steps drop what they hold, and no more. */
function unlocked({ name, procedure, label, run, scenarios }: StepSeen): Mutant {
  return {
    id: `lock:${name}`,
    kind: 'locks',
    change: 'the step goes on without the lock that it takes, and nobody drops it',
    at: run,
    scenarios: [...scenarios],
    moved: [],
    apply: (scenario) =>
      rewrite(scenario, (step) =>
        without(step.run, { lacked: 'lock', ...(step.procedure === procedure && step.label === label && { taken: 'lock' }) }),
      ),
  }
}

/** Sections nest, and so are left out of a procedure as a whole: what it has not entered it does not leave. */
function sections(steps: readonly StepSeen[]): Mutant[] {
  const entering = steps.filter(({ takes }) => takes.has('section'))
  return [...new Set(entering.map(({ procedure }) => procedure))].map((entered) => {
    const [first, ...more] = entering.filter(({ procedure }) => procedure === entered) as [StepSeen, ...StepSeen[]]
    return {
      id: `lock:${first.name.slice(0, -first.label.length - 1)}`,
      kind: 'locks',
      change: 'the procedure enters no read-side section, and leaves none',
      at: first.run,
      scenarios: [...new Set([first, ...more].flatMap(({ scenarios }) => [...scenarios]))],
      moved: [],
      apply: (scenario) =>
        rewrite(scenario, ({ procedure, run }) => (procedure === entered ? without(run, { taken: 'section', lacked: 'section' }) : run)),
    }
  })
}

function without(run: StepFunction, what: { readonly taken?: Taken; readonly lacked: Taken }): StepFunction {
  return (s, me) => leavingOut(what, () => run(s, me))
}

/** A wait for anything but a lock. */
function hurried({ name, procedure, label, run, answers, isBlocked, takes, scenarios }: StepSeen): Mutant[] {
  if (!isBlocked || takes.has('lock')) return []
  const ways = [...answers.values()].map((answer): Answer => (answer.kind === 'call' ? { kind: 'label', to: answer.to } : answer))
  return [...new Map(ways.filter(isFree).map((way) => [nameOf(way), way])).values()].map((way) => ({
    id: `lock:${name}:${nameOf(way)}`,
    kind: 'locks',
    change: `where the step would wait, it does nothing, and ${inWords(way)}`,
    at: run,
    scenarios: [...scenarios],
    moved: [],
    apply: (scenario) =>
      rewrite(scenario, (step) => {
        if (step.procedure !== procedure || step.label !== label) return step.run
        return (s, me) => {
          const outcome = step.run(s, me)
          return outcome === blocked ? outcomeOf(way) : outcome
        }
      }),
  }))
}
