/**
 * Baselines as a lock file: JSON, sorted, a line for each scenario, so that two branches that change different scenarios merge. Of the steps a
 * line has those that never fire there, of all that fire in some scenario of the spec: in a diff a step that begins to fire is a name that goes,
 * and one that ceases to is a name that comes (checker/adr/0022).
 */
import * as v from 'valibot'
import type { Baseline, Baselines } from '../baseline.js'
import { parseShape } from './itf-shape.js'
import { ItfError } from './itf-value.js'

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const names = v.array(v.string())

const lockShape = v.strictObject({
  swapcheck: v.literal(2),
  /** The labels of each procedure, by `<spec>/<procedure>`. */
  steps: v.record(v.string(), names),
  /** The procedures of each kind of process, by `<spec>/<process>`. */
  processes: v.record(v.string(), names),
  scenarios: v.record(
    v.string(),
    v.strictObject({
      verdict: v.picklist(['holds', 'violated', 'deadlock', 'vacuous', 'incomplete', 'specError']),
      property: v.optional(v.string()),
      distinct: count,
      generated: count,
      depth: count,
      /** The actions that fire. */
      actions: v.optional(names),
      /** By process and procedure, the labels that never fire, or all. */
      never: v.record(v.string(), v.record(v.string(), v.union([names, v.literal('all')]))),
    }),
  ),
})

type Lock = v.InferOutput<typeof lockShape>
type Line = Lock['scenarios'][string]
type Never = Line['never'][string]
type Known = Pick<Lock, 'steps' | 'processes'>

interface Step {
  readonly process: string
  readonly procedure: string
  readonly label: string
}

/** The parts of `fault/do_swap_page.out`; undefined of an action. */
function stepOf(name: string): Step | undefined {
  const [, process, procedure, label] = /^([^/]*)\/(.*)\.([^.]*)$/s.exec(name) ?? []
  return process === undefined || procedure === undefined || label === undefined ? undefined : { process, procedure, label }
}

const specOf = (id: string): string => id.slice(0, id.indexOf('/'))

export function formatLock(baselines: Baselines): string {
  const all = Object.entries(baselines).sort(([a], [b]) => (a < b ? -1 : 1))
  const known = knownOf(all)
  const scenarios = Object.fromEntries(all.map(([id, baseline]) => [id, lineOf(id, baseline, known)]))
  const sections = Object.entries({ ...known, scenarios }).map(([name, lines]) => `  ${JSON.stringify(name)}: ${section(lines)}`)
  return `{\n${['  "swapcheck": 2', ...sections].join(',\n')}\n}\n`
}

/** What fires in some scenario. */
function knownOf(baselines: readonly (readonly [string, Baseline])[]): Known {
  const [steps, processes] = [new Names(), new Names()]
  for (const [id, baseline] of baselines) {
    for (const { process, procedure, label } of stepsOf(baseline)) {
      steps.add(`${specOf(id)}/${procedure}`, label)
      processes.add(`${specOf(id)}/${process}`, procedure)
    }
  }
  return { steps: steps.sorted(), processes: processes.sorted() }
}

/** A line for each entry. */
function section(entries: object): string {
  const lines = Object.entries(entries).map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)}`)
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n  }`
}

/** Sets of names, by name. */
class Names {
  readonly #sets = new Map<string, Set<string>>()

  add(key: string, name: string): void {
    this.#sets.set(key, (this.#sets.get(key) ?? new Set()).add(name))
  }

  sorted(): Record<string, string[]> {
    return Object.fromEntries([...this.#sets.keys()].sort().map((key) => [key, [...(this.#sets.get(key) ?? [])].sort()]))
  }
}

function stepsOf({ fires }: Baseline): Step[] {
  return fires.flatMap((name) => stepOf(name) ?? [])
}

function lineOf(id: string, baseline: Baseline, known: Known): Line {
  const { fires, ...figures } = baseline
  const actions = fires.filter((name) => stepOf(name) === undefined)
  const processes = [...new Set(stepsOf(baseline).map((step) => step.process))].sort()
  const fired = new Set(fires)
  const never = processes.map((process) => [process, neverOf(specOf(id), process, fired, known)])
  return { ...figures, ...(actions.length > 0 && { actions }), never: Object.fromEntries(never) }
}

function neverOf(spec: string, process: string, fired: ReadonlySet<string>, { steps, processes }: Known): Never {
  const silent = (processes[`${spec}/${process}`] ?? []).map((procedure): [string, Never[string]] => {
    const labels = steps[`${spec}/${procedure}`] ?? []
    const never = labels.filter((label) => !fired.has(`${process}/${procedure}.${label}`))
    return [procedure, never.length === labels.length ? 'all' : never]
  })
  return Object.fromEntries(silent.filter(([, never]) => never.length > 0))
}

/** @throws ItfError where it is not what `formatLock` wrote; the message says where */
export function parseLock(text: string): Baselines {
  const { scenarios, ...known } = parseShape(lockShape, parseJson(text), '')
  return Object.fromEntries(
    Object.entries(scenarios).map(([id, { never, actions = [], ...figures }]) => {
      const steps = Object.entries(never).flatMap(([process, silent]) => firesOf(specOf(id), process, silent, known))
      return [id, { ...figures, fires: [...actions, ...steps].sort() }]
    }),
  )
}

function firesOf(spec: string, process: string, silent: Never, { steps, processes }: Known): string[] {
  const procedures = entryOf(processes, 'processes', `${spec}/${process}`)
  return procedures.flatMap((procedure) => {
    const never = silent[procedure] ?? []
    const labels = entryOf(steps, 'steps', `${spec}/${procedure}`)
    return labels.filter((label) => never !== 'all' && !never.includes(label)).map((label) => `${process}/${procedure}.${label}`)
  })
}

function entryOf(entries: Readonly<Record<string, string[]>>, section: string, name: string): string[] {
  const entry = entries[name]
  if (entry === undefined) throw new ItfError(`${section} has no '${name}', which a scenario runs`)
  return entry
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    const conflict = text.split('\n').findIndex((line) => line.startsWith('<<<<<<<'))
    throw new ItfError(conflict < 0 ? 'it is not JSON, or only a part of it' : `line ${conflict + 1} begins a conflict of a merge`)
  }
}
