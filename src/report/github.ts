/**
 * What a job of GitHub Actions shows: an annotation for each property that is violated, at the step where it was, on standard output; on the
 * summary page of the job all that there is to tell.
 */
import type { Locate, Region } from '../locate/region.js'
import { documentReporter, type Told } from './document.js'
import { type Finding, messageOf, traceOf } from './finding.js'
import { stepSummary } from './github-summary.js'
import { definitionsOf, placeOf, type Regions } from './place.js'
import type { Reporter } from './report.js'
import { ruleOf } from './rule.js'

/** GitHub shows no more of a step, and does not say so. */
const MOST = 10
const levels = ['error', 'warning', 'notice'] as const

interface Annotation {
  readonly level: (typeof levels)[number]
  readonly properties: Readonly<Record<string, string | number>>
  readonly message: string
}

export function githubReporter(locate: Locate): Reporter {
  return documentReporter((told) => annotations(told, locate), stepSummary)
}

function annotations({ findings, summary }: Told, locate: Locate): string {
  const regions = locate(findings.flatMap(definitionsOf))
  const ids = [...new Set(findings.map((finding) => ruleOf(finding).id))]
  const all = ids.map((id) => annotationOf(bySeverity(findings.filter((f) => ruleOf(f).id === id)), regions))
  const sorted = all.toSorted((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level))
  const shown = sorted.length > MOST ? [...sorted.slice(0, MOST - 1), rest(sorted.slice(MOST - 1))] : sorted
  return `${[...shown.map(command), summary].join('\n')}\n`
}

function rest(annotations: readonly Annotation[]): Annotation {
  const level = annotations[0]?.level ?? 'notice'
  return { level, properties: {}, message: `${annotations.length} more are on the summary page of the job` }
}

function bySeverity(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => levels.indexOf(levelOf(a)) - levels.indexOf(levelOf(b)))
}

/** What is not as expected is an error, or a warning where it is only not known. */
function levelOf({ isExpected, verdict }: Finding): Annotation['level'] {
  if (isExpected) return 'notice'
  return verdict.kind === 'incomplete' ? 'warning' : 'error'
}

/** @param findings of one rule, the one that is shown first */
function annotationOf([shown, ...others]: readonly Finding[], regions: Regions): Annotation {
  if (shown === undefined) throw new Error('an annotation is of a finding')
  const region = placeOf(shown, regions)
  const steps = traceOf(shown)?.steps.length
  const lines = [
    ...messageOf(shown),
    `in ${shown.scenario.id}${steps === undefined ? '' : `, after ${steps} ${steps === 1 ? 'step' : 'steps'}`}`,
    ...(others.length > 0 ? [`and in ${others.map((f) => f.scenario.id).join(', ')}`] : []),
    `again: ${shown.again}`,
  ]
  const properties = { ...(region && propertiesOf(region)), title: `swapcheck: ${ruleOf(shown).id}` }
  return { level: levelOf(shown), properties, message: lines.join('\n') }
}

/** GitHub takes columns only where both are of one line. */
function propertiesOf({ file, startLine, startColumn, endLine, endColumn }: Region): Annotation['properties'] {
  const lines = { file, line: startLine, endLine }
  return startLine === endLine ? { ...lines, col: startColumn, endColumn: endColumn - 1 } : lines
}

/** As GitHub's own toolkit writes a command to the log. */
function command({ level, properties, message }: Annotation): string {
  const list = Object.entries(properties).map(([name, value]) => `${name}=${inProperty(String(value))}`)
  return `::${level}${list.length > 0 ? ' ' : ''}${list.join(',')}::${inMessage(message)}`
}

function inMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function inProperty(text: string): string {
  return inMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
