/**
 * JUnit XML, as Jenkins and most CI systems read it: a suite for each spec, a case for each scenario. A case fails if its run is not as
 * expected; it is an error if the spec is at fault, and skipped if the search came to no end.
 */
import type { Scenario } from '../../checker/index.js'
import type { Outcome } from '../judgement.js'
import { plainPage } from '../terminal.js'
import { type Finding, findingOf, messageOf } from './finding.js'
import { replayed } from './replay.js'
import type { Reporter } from './report.js'
import { ruleOf } from './rule.js'
import { story } from './story.js'
import { isTold } from './told.js'
import { type Element, xmlDocument, xmlText } from './xml.js'

type Ending = 'passed' | 'failure' | 'error' | 'skipped'

interface Case {
  readonly spec: string
  readonly name: string
  readonly seconds: number
  readonly ending: Ending
  /** The lines of what is told of it. */
  readonly lines: readonly string[]
  /** What kind of failure, and in a line. */
  readonly type: string
  readonly message: string
}

export function junitReporter(): Reporter {
  let scenarios: readonly Scenario[] = []
  const cases: Case[] = []
  return {
    begin(all) {
      scenarios = all
      return ''
    },
    run(outcome, again) {
      cases.push(caseOf(outcome, findingOf(outcome, again), scenarios.length))
      return ''
    },
    end: () => junit([...cases, ...scenarios.slice(cases.length).map(notRun)]),
    replayed: (finding) => junit([replayedCase(finding)]),
  }
}

function caseOf(outcome: Outcome, finding: Finding, scenarios: number): Case {
  const { scenario, verdict, seconds, distinct, generated, depth } = outcome.report
  const counts = [distinct, generated, depth].map((n) => n.toLocaleString('en-US'))
  const told = isTold(outcome, scenarios) ? ['', ...linesOf(finding), `again: ${finding.again}`] : []
  return {
    ...nameOf(scenario),
    seconds,
    ending: endingOf(finding),
    lines: [`${verdict.kind}: ${counts[0]} distinct, ${counts[1]} generated, depth ${counts[2]}`, ...told],
    type: ruleOf(finding).id,
    message: messageOf(finding).join('; '),
  }
}

function endingOf({ isExpected, verdict }: Finding): Ending {
  if (isExpected) return 'passed'
  if (verdict.kind === 'specError') return 'error'
  return verdict.kind === 'incomplete' ? 'skipped' : 'failure'
}

/** The interruption may not have been theirs. */
function notRun(scenario: Scenario): Case {
  const message = 'not run: the command was interrupted before'
  return { ...nameOf(scenario), seconds: 0, ending: 'skipped', lines: [message], type: '', message }
}

function replayedCase(finding: Finding): Case {
  const lines = replayed(finding, plainPage).trimEnd().split('\n')
  return { ...nameOf(finding.scenario), seconds: 0, ending: 'passed', lines, type: '', message: '' }
}

function nameOf({ spec, name }: Scenario): Pick<Case, 'spec' | 'name'> {
  return { spec: spec.name, name }
}

function linesOf(finding: Finding): string[] {
  return [...finding.differences, ...(finding.differences.length > 0 ? [''] : []), ...story(finding, plainPage)]
}

function junit(cases: readonly Case[]): string {
  const specs = [...new Set(cases.map(({ spec }) => spec))]
  const suites = specs.map((spec) =>
    suiteOf(
      spec,
      cases.filter((c) => c.spec === spec),
    ),
  )
  const { '@skipped': _, ...counts } = countsOf(cases)
  return xmlDocument({ testsuites: { '@name': 'swapcheck', ...counts, testsuite: suites } })
}

function suiteOf(spec: string, cases: readonly Case[]): Element {
  return { '@name': xmlText(spec), ...countsOf(cases), testcase: cases.map(elementOf) }
}

function countsOf(cases: readonly Case[]) {
  const ending = (of: Ending): number => cases.filter((c) => c.ending === of).length
  return {
    '@tests': cases.length,
    '@failures': ending('failure'),
    '@errors': ending('error'),
    '@skipped': ending('skipped'),
    '@time': cases.reduce((sum, c) => sum + c.seconds, 0).toFixed(3),
  }
}

function elementOf({ spec, name, seconds, ending, lines, type, message }: Case): Element {
  const text = xmlText(lines.join('\n'))
  const attributes = { '@classname': xmlText(spec), '@name': xmlText(name), '@time': seconds.toFixed(3) }
  if (ending === 'passed') return { ...attributes, 'system-out': text }
  if (ending === 'skipped') return { ...attributes, skipped: xmlText(message), 'system-out': text }
  return { ...attributes, [ending]: { '@type': xmlText(type), '@message': xmlText(message), '#text': text } }
}
