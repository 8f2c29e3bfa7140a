/**
 * Baselines as a lock file: JSON, sorted, a block for each scenario and in it a line for each procedure, so that a change is small in a diff
 * and two branches that change different scenarios merge.
 */
import { List } from 'immutable'
import * as v from 'valibot'
import type { Baseline, Baselines } from '../baseline.js'
import { parseShape } from './itf-shape.js'
import { ItfError } from './itf-value.js'

const count = v.pipe(v.number(), v.integer(), v.minValue(0))

const lockShape = v.strictObject({
  swapcheck: v.literal(1),
  scenarios: v.record(
    v.string(),
    v.strictObject({
      verdict: v.picklist(['holds', 'violated', 'deadlock', 'vacuous', 'incomplete', 'specError']),
      property: v.optional(v.string()),
      distinct: count,
      generated: count,
      depth: count,
      fires: v.record(v.string(), v.array(v.string())),
    }),
  ),
})

export function formatLock(baselines: Baselines): string {
  const sorted = Object.entries(baselines).sort(([a], [b]) => (a < b ? -1 : 1))
  const blocks = sorted.map(([id, baseline]) => `    ${JSON.stringify(id)}: ${blockOf(baseline)}`)
  return `{\n  "swapcheck": 1,\n  "scenarios": {\n${blocks.join(',\n')}\n  }\n}\n`
}

function blockOf({ fires, ...figures }: Baseline): string {
  const lines = Object.entries(figures).map(([name, value]) => `      ${JSON.stringify(name)}: ${JSON.stringify(value)}`)
  const procedures = [...List(fires).groupBy(procedureOf)].map(([procedure, steps]) => {
    const labels = steps.map((step) => JSON.stringify(labelOf(step, procedure)))
    return `        ${JSON.stringify(procedure)}: [${labels.join(', ')}]`
  })
  const inner = procedures.length === 0 ? '{}' : `{\n${procedures.join(',\n')}\n      }`
  return `{\n${[...lines, `      "fires": ${inner}`].join(',\n')}\n    }`
}

/** `fault/do_swap_page` of `fault/do_swap_page.out`; '' of an action. */
function procedureOf(step: string): string {
  return step.includes('/') ? step.slice(0, step.lastIndexOf('.')) : ''
}

function labelOf(step: string, procedure: string): string {
  return procedure === '' ? step : step.slice(procedure.length + 1)
}

/** @throws ItfError where it is not what `formatLock` wrote; the message says where */
export function parseLock(text: string): Baselines {
  const { scenarios } = parseShape(lockShape, parseJson(text), '')
  return Object.fromEntries(
    Object.entries(scenarios).map(([id, { fires, ...figures }]) => {
      const steps = Object.entries(fires).flatMap(([procedure, labels]) => labels.map((l) => (procedure === '' ? l : `${procedure}.${l}`)))
      return [id, { ...figures, fires: steps.sort() }]
    }),
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    const conflict = text.split('\n').findIndex((line) => line.startsWith('<<<<<<<'))
    throw new ItfError(conflict < 0 ? 'it is not JSON, or only a part of it' : `line ${conflict + 1} begins a conflict of a merge`)
  }
}
