/** What the server of `swapcheck explore` answers to its page; everything is worked out anew from the path that is asked for. */
import type { Scenario } from '../../checker/index.js'
import type { LiveAnswer, LiveGoal, LiveMove } from '../html/live-data.js'
import { pageTrace } from '../html/page-trace.js'
import { rowsOf } from '../report/rows.js'
import { findField, findGoal, type GoalFound } from './goals.js'
import { formatPathOfSteps, type Paths, parsePathOfSteps, type Visit } from './path.js'

export function answerAt(scenario: Scenario, paths: Paths, path: string): LiveAnswer {
  const visit = paths.visit(parsePathOfSteps(path))
  const { trace, failure } = visit
  return { path, trace: pageTrace(scenario, trace), moves: movesOf(scenario, visit), failure: failure ?? '' }
}

export async function answerGoal(scenario: Scenario, paths: Paths, name: string, signal: AbortSignal): Promise<LiveGoal> {
  return goalAt(paths, await findGoal(scenario, name, signal))
}

/** @throws Refusal where the text says nothing of the state */
export async function answerField(scenario: Scenario, paths: Paths, text: string, signal: AbortSignal): Promise<LiveGoal> {
  return goalAt(paths, await findField(scenario, text, signal))
}

function goalAt(paths: Paths, found: GoalFound): LiveGoal {
  return 'reason' in found ? { reason: found.reason } : { path: formatPathOfSteps(paths.pathOf(found.trace)) }
}

/** What each enabled step would do. */
function movesOf(scenario: Scenario, { trace, enabled }: Visit): LiveMove[] {
  const last = trace.states.at(-1)
  return enabled.map(({ step, to, failure }, place) => {
    const only = last === undefined ? trace : { processes: trace.processes, states: [last, to.state], steps: [step] }
    const [row] = rowsOf(scenario, only)
    return { place, lane: row?.lane ?? 0, title: row?.title ?? '', changes: row?.changes ?? [], failure: failure ?? '' }
  })
}
