/**
 * Counterexamples as files: ITF (Apalache's trace format, ADR 015), with the step, process, arguments and picks in each state's `#meta`
 * and the provenance in the top one. Where the processes are is one more variable, `processes`: a list of
 * `{ name, at, frames: [{ procedure, locals }] }`. Where the scenario refines another spec, what the state is there follows as `abstract`.
 */
import type { Claim, ProcessState, Trace, TraceState, TraceStep } from '../../checker/index.js'
import { itfShape, parseShape, processesShape, type StateMeta } from './itf-shape.js'
import { fromItfRecord, fromItfValue, ItfError, type ItfValue, toItfRecord } from './itf-value.js'

/** Where a trace comes from. */
export interface Provenance {
  readonly tool: string
  readonly version: string
  readonly spec: string
  /** The scenario's id. */
  readonly scenario: string
  readonly verdict: Claim['kind']
  /** What is violated, its sentence, and the text of the assertion or of the spec error. */
  readonly property?: string | undefined
  readonly sentence?: string | undefined
  readonly message?: string | undefined
  /** Runs it again. */
  readonly command: string
  /** What a person has to say of it; written by hand. */
  readonly story?: string | undefined
}

export interface Counterexample {
  readonly provenance: Provenance
  readonly trace: Trace
}

export interface Itf {
  readonly '#meta': object
  readonly vars: readonly string[]
  /** `Trace.loop`. */
  readonly loop?: number
  readonly states: readonly { readonly '#meta': StateMeta; readonly [variable: string]: ItfValue | StateMeta }[]
}

const FORMAT = { format: 'ITF', 'format-description': 'https://apalache-mc.org/docs/adr/015adr-trace.html' }

export function toItf({ provenance, trace }: Counterexample): Itf {
  const variables = Object.keys(trace.states[0]?.variables.toObject() ?? {})
  const own = freeName('processes', variables)
  const abstract = trace.states.every((s) => s.abstract !== undefined) ? [freeName('abstract', variables)] : []
  const states = trace.states.map((state, index) => ({
    '#meta': { index, ...stepMeta(trace.steps[index - 1]) },
    ...toItfRecord(state.variables),
    [own]: state.processes.map(toItfProcess),
    ...Object.fromEntries(abstract.map((name) => [name, state.abstract ? toItfRecord(state.abstract) : {}])),
  }))
  const vars = [...variables, own, ...abstract]
  return { '#meta': { ...FORMAT, ...provenance }, vars, ...(trace.loop !== undefined && { loop: trace.loop }), states }
}

/** As a file: one state per line, so that two files can be compared line by line. */
export function formatItf({ '#meta': meta, vars, loop, states }: Itf): string {
  const lines = states.map((state) => `    ${JSON.stringify(state)}`).join(',\n')
  const head = JSON.stringify(meta, null, 2).replaceAll('\n', '\n  ')
  return `{\n  "#meta": ${head},\n  "vars": ${JSON.stringify(vars)},\n${loop === undefined ? '' : `  "loop": ${loop},\n`}  "states": [\n${lines}\n  ]\n}\n`
}

/**
 * Reads what `toItf` wrote; JSON numbers are taken as integers too.
 *
 * @throws ItfError where it is not ITF, or not a trace of swapcheck
 */
export function fromItf(json: unknown): Counterexample {
  const { '#meta': provenance, vars, loop, states } = parseShape(itfShape, json, '')
  if (loop !== undefined && loop >= states.length)
    throw new ItfError(`loop: is ${loop}; expected the index of a state, below ${states.length}`)
  const own = vars.filter((name) => /^processes_*$/.test(name)).sort((a, b) => b.length - a.length)[0]
  if (own === undefined) throw new ItfError("vars: there is no 'processes'; expected a trace that swapcheck wrote")
  const variables = vars.slice(0, vars.indexOf(own))
  const [abstract] = vars.slice(variables.length + 1)
  const decoded = states.map((state, i): TraceState => {
    for (const name of vars) if (!Object.hasOwn(state, name)) throw new ItfError(`states[${i}]: variable '${name}' is missing`)
    const values = Object.fromEntries(variables.map((name) => [name, state[name]]))
    return {
      variables: fromItfRecord(values, `states[${i}]`),
      ...(abstract !== undefined && { abstract: fromItfRecord(state[abstract], `states[${i}].${abstract}`) }),
      processes: fromItfProcesses(state[own], `states[${i}].${own}`),
    }
  })
  const steps = states.slice(1).map((state, i) => stepOf(state['#meta'], i + 1))
  const processes = decoded[0]?.processes.map((p) => p.name) ?? []
  return { provenance, trace: { processes, states: decoded, steps, ...(loop !== undefined && { loop }) } }
}

/** What the trace is said to end in. */
export function claimOf({ verdict, property }: Provenance): Claim {
  if (verdict !== 'violated') return { kind: verdict }
  if (property === undefined) throw new ItfError('#meta.property: is missing; a violation says what it violates')
  return { kind: verdict, property }
}

/** A name, with as many underscores behind it as make it no variable of the spec's own. */
function freeName(wanted: string, variables: readonly string[]): string {
  let name = wanted
  while (variables.some((v) => v.startsWith(name) && /^_*$/.test(v.slice(name.length)))) name += '_'
  return name
}

function toItfProcess({ name, at, frames }: ProcessState): ItfValue {
  return { name, at, frames: frames.map(({ procedure, locals }) => ({ procedure, locals: toItfRecord(locals) })) }
}

function fromItfProcesses(json: unknown, path: string): ProcessState[] {
  return parseShape(processesShape, json, path).map(({ name, at, frames }, p) => ({
    name,
    at,
    frames: frames.map(({ procedure, locals }, f) => ({ procedure, locals: fromItfRecord(locals, `${path}[${p}].frames[${f}].locals`) })),
  }))
}

function stepMeta(step: TraceStep | undefined): Omit<StateMeta, 'index'> {
  if (step === undefined) return {}
  const { process, step: name, args, picks, failed } = step
  return {
    ...(process !== undefined && { process }),
    step: name,
    args: args as StateMeta['args'],
    picks: [...picks],
    ...(failed && { failed }),
  }
}

function stepOf({ process, step, args, picks, failed }: StateMeta, index: number): TraceStep {
  if (step === undefined) throw new ItfError(`states[${index}].#meta.step: is missing; a trace that swapcheck wrote names each step`)
  const values = Object.entries(args ?? {}).map(([name, value]) => [name, fromItfValue(value, `states[${index}].#meta.args.${name}`)])
  return { process, step, args: Object.fromEntries(values), picks: picks ?? [], failed: failed ?? false }
}
