/** A run as a page shows it. */
import { isNamed, type Scenario } from '../../checker/index.js'
import type { Outcome } from '../judgement.js'
import { type Finding, findingOf, messageOf, traceOf } from '../report/finding.js'
import type { PageRun, ProcessCoverage } from './page-data.js'
import { pageTrace } from './page-trace.js'

/** @param again the command that shows it again */
export function pageRun(outcome: Outcome, again: string): PageRun {
  const { scenario, distinct, generated, depth, seconds, coverage } = outcome.report
  const figures = { distinct, generated, depth, seconds }
  return { ...pageOfFinding(findingOf(outcome, again)), figures, coverage: coverageOf(scenario, coverage) }
}

/** A counterexample that was run again: nothing was searched. */
export function pageOfFinding(finding: Finding): PageRun {
  const { scenario, verdict, isExpected, story, again } = finding
  const trace = traceOf(finding)
  return {
    id: scenario.id,
    title: scenario.title,
    verdict: verdict.kind,
    property: verdict.kind === 'violated' ? verdict.property : '',
    isAsExpected: isExpected,
    ...(story !== undefined && { story: story.split('\n') }),
    ending: messageOf(finding),
    again,
    coverage: [],
    ...(trace && { trace: pageTrace(scenario, trace) }),
  }
}

/** In the order in which the steps are declared. */
function coverageOf(scenario: Scenario, coverage: Readonly<Record<string, number>>): ProcessCoverage[] {
  const processes = new Map<string, Map<string, ProcessCoverage['procedures'][number]['steps'][number][]>>()
  for (const [id, times] of Object.entries(coverage)) {
    const [, process = '', name = id] = /^(.*?)\/(.*)$/.exec(id) ?? []
    const [, procedure = '', step = name] = /^(.*?)\.(.*)$/.exec(name) ?? []
    const procedures = processes.get(process) ?? new Map()
    processes.set(process, procedures)
    const unreachable = reasonOf(scenario, { name: id, step: name })
    procedures.set(procedure, [...(procedures.get(procedure) ?? []), { name: step, times, ...(unreachable && { unreachable }) }])
  }
  return [...processes].map(([process, procedures]) => ({
    process,
    procedures: [...procedures].map(([name, steps]) => ({ name, steps })),
  }))
}

/** Why the scenario says that the step cannot fire. */
function reasonOf({ unreachable = {} }: Scenario, step: Parameters<typeof isNamed>[1]): string | undefined {
  return Object.entries(unreachable).find(([, patterns]) => patterns.some((pattern) => isNamed(pattern, step)))?.[0]
}
