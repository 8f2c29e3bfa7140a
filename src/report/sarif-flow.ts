/** A trace as SARIF's flow of code: a thread for each process, its steps numbered in the order in which they were taken. */
import type { CodeFlow, ThreadFlow, ThreadFlowLocation } from 'sarif'
import type { Scenario, Trace } from '../../checker/index.js'
import { stepDefinition } from './definitions.js'
import { type Finding, traceOf } from './finding.js'
import type { Regions } from './place.js'
import { type Row, rowsOf } from './rows.js'
import { sarifLocation } from './sarif-location.js'
import { startOf } from './start.js'

/** GitHub takes no more of a result. */
const MOST_LOCATIONS = 10_000

export function codeFlowOf(finding: Finding, regions: Regions): CodeFlow | undefined {
  const { scenario } = finding
  const trace = traceOf(finding)
  if (trace === undefined || trace.steps.length === 0) return undefined
  const rows = rowsOf(scenario, trace)
  const leftOut = Math.max(0, rows.length - MOST_LOCATIONS)
  const lanes = [...trace.processes, 'actions']
  const flows = lanes.map((name, lane): ThreadFlow => {
    const own = [...rows.entries()].filter(([i, row]) => i >= leftOut && row.lane === lane)
    const locations = own.map(([i, row]) => locationOf(scenario, trace, i, row, `${i + 1}. ${name}: ${row.title}`, regions))
    return { id: name, message: { text: name }, locations }
  })
  return { message: { text: introduction(scenario, trace, leftOut) }, threadFlows: flows.filter(({ locations }) => locations.length > 0) }
}

function introduction(scenario: Scenario, { states, loop, steps }: Trace, leftOut: number): string {
  const [first] = states
  const start = first === undefined ? [] : startOf(scenario, first).flat()
  return [
    ...(start.length > 0 ? [`Initially: ${start.join(', ')}.`] : []),
    ...(leftOut > 0 ? [`The first ${leftOut} steps are left out.`] : []),
    ...(loop !== undefined && loop < steps.length ? [`From step ${loop + 1} to the end, again and again.`] : []),
    'The numbers of the steps are the order in which they were taken.',
  ].join(' ')
}

function locationOf(scenario: Scenario, trace: Trace, i: number, row: Row, text: string, regions: Regions): ThreadFlowLocation {
  const step = trace.steps[i]
  const definition = step && stepDefinition(scenario, step)
  const depth = step?.process === undefined ? 0 : (trace.states[i]?.processes[step.process]?.frames.length ?? 0)
  return {
    executionOrder: i + 1,
    nestingLevel: Math.max(0, depth - 1),
    importance: i === trace.steps.length - 1 ? 'essential' : row.changes.length > 0 ? 'important' : 'unimportant',
    location: {
      ...sarifLocation(step?.step ?? '', definition && regions.get(definition)),
      message: { text: [text, ...row.changes.map((change) => `    ${change}`)].join('\n') },
    },
  }
}
