/** What a run that did not hold has to tell: the diagram, and what went wrong at its end. */
import type { Colors } from 'picocolors/types.js'
import type { Incomplete, Report, Scenario, Trace, VacuityReason, Verdict } from '../../checker/index.js'
import { lanes } from './lanes.js'
import { rowsOf } from './rows.js'
import { formatSize } from './size.js'
import { startOf } from './start.js'
import { listed, wrap } from './wrap.js'

/** How a page is to look. */
export interface Page {
  /** In characters. */
  readonly width: number
  readonly colors: Colors
}

/** Lines without an end; none for a run that holds. */
export function story({ scenario, verdict }: Pick<Report, 'scenario' | 'verdict'>, page: Page): string[] {
  const trace = 'trace' in verdict ? verdict.trace : undefined
  const diagram = trace === undefined ? [] : diagramOf(scenario, trace, page)
  return [...diagram, ...(diagram.length > 0 ? [''] : []), ...endOf(verdict, page)]
}

/** What it starts with, and its steps in lanes; a process that does nothing has none. */
export function diagramOf(scenario: Scenario, trace: Trace, { width, colors }: Page): string[] {
  const [first] = trace.states
  const start = first === undefined ? [] : startOf(scenario, first)
  const initially = start.flatMap((group) => listed(group, width - 4).map((line) => `    ${colors.dim(line)}`))
  const rows = rowsOf(scenario, trace)
  const headers = [...trace.processes, trace.processes.length === 0 ? '' : 'actions']
  const busy = [...headers.keys()].filter((lane) => rows.some((row) => row.lane === lane))
  const inLanes = rows.map((row) => ({ ...row, lane: busy.indexOf(row.lane) }))
  const diagram = lanes(
    busy.map((lane) => headers[lane] ?? ''),
    inLanes,
    width,
    colors,
  )
  return [...(initially.length > 0 ? ['initially', ...initially, ''] : []), ...diagram]
}

/** How it ended; nothing for a run that holds. */
export function endOf(verdict: Verdict, { colors, width }: Page): string[] {
  switch (verdict.kind) {
    case 'holds':
      return []
    case 'violated': {
      const { property, sentence, by, message } = verdict
      const failed = by === 'assertion' ? [`${colors.red('assertion failed:')} ${message}`] : []
      if (property === message) return failed
      const isFirst = verdict.trace.steps.length === 0
      const when =
        by === 'temporal'
          ? whenEndless(verdict.trace)
          : isFirst
            ? ', in the first state'
            : by === 'quiescent'
              ? ', in a state where all has stopped'
              : ''
      const whose = by === 'temporal' && message !== undefined ? `, of ${message},` : ''
      return [...failed, ...wrap(`${property}${whose} is violated${when}: ${sentence}`, width).map((line) => colors.red(line))]
    }
    case 'deadlock':
      return [colors.red('deadlock: nothing can go on, and the state is not final'), ...waiting(verdict.trace)]
    case 'specError': {
      const where = verdict.step === undefined ? '' : ` in ${verdict.step}`
      return wrap(`the spec is at fault (${verdict.fault})${where}: ${verdict.message}`, width).map((line) => colors.red(line))
    }
    case 'vacuous':
      return [colors.red('vacuous: nothing was violated, but'), ...verdict.reasons.map((reason) => `    ${inWords(reason)}`)]
    case 'incomplete':
      if (verdict.bound === 'temporal') return wrap(`incomplete: nothing was violated, but ${TEMPORAL}`, width)
      if (verdict.bound === 'bitstate')
        return ['incomplete: some states may have been missed; nothing was violated in those that were found']
      return wrap(`incomplete: the search was ${stopOf(verdict)}; nothing was violated until there. ${WHOLE_DEPTHS}`, width)
  }
}

function whenEndless({ states, loop }: Trace): string {
  return loop === states.length - 1 ? ', as nothing more need ever happen' : ', as this can go on for ever'
}

const TEMPORAL = 'the temporal properties were not looked at: that takes a store that keeps all states (--store memory)'

const WHOLE_DEPTHS = 'The counts are those of the depths that were searched as a whole.'

function stopOf({ bound, limit }: Incomplete): string {
  if (bound === 'interrupted') return 'interrupted'
  return bound === 'memory' ? `stopped at ${formatSize(limit)} of memory` : `stopped at ${limit.toLocaleString('en-US')} ${bound}`
}

function waiting(trace: Trace): string[] {
  const processes = trace.states.at(-1)?.processes ?? []
  return processes.map(({ name, at }) => `    ${name} ${at === '' ? 'has returned' : `waits at ${at}`}`)
}

function inWords(reason: VacuityReason): string {
  switch (reason.kind) {
    case 'step never fired':
      return `step ${reason.step} never fired; list it as unreachable, with the reason, if that is meant`
    case 'step listed as unreachable fired':
      return `step ${reason.step}, listed as unreachable, fired`
    case 'no such step to list as unreachable':
      return `${reason.step}, listed as unreachable, is no step of this scenario`
    case 'reachable not found':
      return `no state shows ${reason.property}, which must be reachable`
    case 'mustFail not violated':
      return `${reason.property}, which must fail, holds in every state`
    case 'antecedent never holds':
      return `what ${reason.property} asks to be followed never happens`
    case 'no fair behaviour':
      return `no behaviour is as fair as ${reason.property} counts on`
    case 'implied by its fairness':
      return `${reason.property} follows from the fairness that it counts on, whatever the steps do`
  }
}
