/** `swapcheck check --baseline`: the same runs, compared with what they showed before. */
import type { Scenario } from '../../checker/index.js'
import type { ExitCode } from '../exit-code.js'
import { changesSince, type Gate, goneSince, openGate, pass } from '../gate.js'
import type { Outcome } from '../judgement.js'
import { badArguments } from '../refusal.js'
import { plainPage, type Terminal } from '../terminal.js'
import { wholeReport } from '../whole-search.js'
import type { CheckArgs } from './check-options.js'

/** @throws Refusal where counts are asked for that say nothing of all states, or the file cannot be read */
export function gateOf({ baseline, update, store, reduction, maxStates, maxTime }: CheckArgs): Gate | undefined {
  if (baseline === undefined) {
    if (update) throw badArguments('--update accepts what differs from a baseline, and none is given; name it with --baseline')
    return undefined
  }
  const partial = [store.kind !== 'memory' && '--store', reduction && '--reduction', maxStates && '--max-states', maxTime && '--max-time']
  const [option] = partial.filter(Boolean)
  if (option) throw badArguments(`--baseline compares the counts of all states, and ${option} was given; leave one of the two out`)
  return openGate(baseline, update)
}

/** Says what has changed: on standard output, unless another report than that for people is there. */
export function atGate(gate: Gate, outcomes: readonly Outcome[], all: readonly Scenario[], args: CheckArgs, terminal: Terminal): ExitCode {
  const reports = outcomes.map((outcome) => wholeReport(outcome.report))
  const changes = [...changesSince(gate, reports), ...goneSince(gate, args, all)]
  const isForPeople = args.reporter === 'text' || args.out !== undefined
  const { text, code } = pass(gate, changes, reports.length, args, isForPeople ? terminal.page : plainPage)
  if (isForPeople) terminal.print(text)
  else terminal.note(text.trimEnd())
  return code
}
