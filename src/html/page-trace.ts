/** A trace as a page shows it. */
import type { ArrayField, Decoded, DecodedRecord, Field, Scenario, Trace, TraceState } from '../../checker/index.js'
import { fieldAt } from '../report/fields.js'
import { rowsOf } from '../report/rows.js'
import { formatValue } from '../report/value.js'
import { type Leaf, leavesOf, valuesOf } from '../report/variables.js'
import { drawingOf } from './drawing.js'
import type { PageProcess, PageState, PageTrace } from './page-data.js'

export function pageTrace(scenario: Scenario, trace: Trace): PageTrace {
  const [first] = trace.states
  const leaves = first === undefined ? [] : leavesOf(scenario, first.variables)
  return {
    lanes: [...trace.processes, trace.processes.length === 0 ? '' : 'actions'],
    steps: rowsOf(scenario, trace).map(({ lane, title, changes, failed }) => ({ lane, title, changes, failed })),
    ...(trace.loop !== undefined && { loop: trace.loop }),
    variables: leaves.map(({ variable }) => variable),
    states: trace.states.map((state) => pageState(scenario, state, leaves)),
    drawing: drawingOf(leaves, (variable) => domainOf(scenario, variable)),
  }
}

function domainOf({ spec }: Scenario, variable: string): string | undefined {
  const field = (spec.state.fields as Readonly<Record<string, Field>>)[variable]
  return field?.kind === 'array' ? (field as ArrayField).domain.name : undefined
}

function pageState(scenario: Scenario, { variables, processes }: TraceState, leaves: readonly Leaf[]): PageState {
  return {
    values: valuesOf(variables).map(([, value], i) => formatValue(value, leaves[i]?.field)),
    processes: processes.map(({ at, frames }, process): PageProcess => {
      const localsOf = (procedure: string, locals: DecodedRecord) =>
        Object.entries(locals.toObject()).map(
          ([name, value]) => [name, formatValue(value as Decoded, fieldAt(scenario, { process, path: [procedure, name] }))] as const,
        )
      return { at, frames: frames.map(({ procedure, locals }) => ({ procedure, locals: localsOf(procedure, locals) })) }
    }),
  }
}
