/** What `replay` says. */
import type { Difference, NotABehaviour, Scenario, Verdict } from '../../checker/index.js'
import type { Provenance } from '../formats/itf.js'
import { printable } from '../printable.js'
import { fieldAt } from './fields.js'
import { type Finding, traceOf } from './finding.js'
import { titleOf } from './rows.js'
import { diagramOf, type Page, story } from './story.js'
import { formatPath, formatValue } from './value.js'
import { wrap } from './wrap.js'

export function replayed({ scenario, verdict, story: told }: Finding, page: Page): string {
  const above =
    told === undefined
      ? []
      : [
          ...printable(told)
            .split('\n')
            .flatMap((line) => wrap(line, page.width)),
          '',
        ]
  const lines = [`${scenario.id}: ${scenario.title}`, '', ...above, ...story({ scenario, verdict }, page)]
  return `${[...lines, replayedLine(verdict)].join('\n')}\n`
}

/** `replayed: 23 steps, violates NoUseAfterFree`. */
export function replayedLine(verdict: Verdict): string {
  const steps = traceOf({ verdict })?.steps.length ?? 0
  return `replayed: ${steps} ${steps === 1 ? 'step' : 'steps'}, ${endInWords(verdict)}`
}

function endInWords(verdict: Verdict): string {
  if (verdict.kind === 'violated') return `violates ${verdict.property}`
  return verdict.kind === 'deadlock' ? 'ends in a deadlock' : 'ends in an error of the spec'
}

/** Which differences are listed in a message. */
const SHOWN = 5

/** @returns the diagram as far as it could be run, and why no further */
export function notReplayed(
  scenario: Scenario,
  { verdict, property }: Provenance,
  result: NotABehaviour,
  page: Page,
): { readonly before: string; readonly message: string } {
  const lines = result.trace.steps.length === 0 ? [] : [...diagramOf(scenario, result.trace, page), '']
  return {
    before: lines.map((line) => `${line}\n`).join(''),
    message: `is not a behaviour of ${scenario.id}: ${why(scenario, result, property ?? verdict)}`,
  }
}

function why(scenario: Scenario, { why, at, step, differences, enabled, trace }: NotABehaviour, claimed: string): string {
  const name = (s: NotABehaviour['enabled'][number]): string => {
    const process = s.process === undefined ? undefined : (trace.processes[s.process] ?? `process ${s.process}`)
    return [process, titleOf(s)].filter(Boolean).join(' ') + (s.picks.length > 0 ? ` (choice ${s.picks.join(', ')})` : '')
  }
  const changes = differences.slice(0, SHOWN).map((d) => inWords(scenario, trace.processes, d))
  const more = differences.length > SHOWN ? ` and ${differences.length - SHOWN} more` : ''
  switch (why) {
    case 'no such initial state':
      return `it starts in no initial state; from the file to the spec: ${changes.join(', ')}${more}`
    case 'step not enabled':
      return `step ${at}, ${step && name(step)}, is not enabled; enabled are ${enabled.map(name).join(', ') || 'none'}`
    case 'state differs':
      return `step ${at}, ${step && name(step)}, leads to another state; from the file to the spec: ${changes.join(', ')}${more}`
    case 'ends without the violation':
      return `all ${at} steps can be run, but do not end in ${claimed}`
  }
}

/** Unlike in a diagram, it is said whose place or local it is. */
function inWords(scenario: Scenario, processes: readonly string[], difference: Difference): string {
  const { process, path, before, after } = difference
  const field = fieldAt(scenario, difference)
  const where = process === undefined ? formatPath(path) : `${processes[process] ?? `process ${process}`}: ${formatPath(path)}`
  return `${where} ${formatValue(before, field)} -> ${formatValue(after, field)}`
}
