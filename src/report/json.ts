/** The report that programs read: one JSON object per run, each on a line of its own (NDJSON). The names of fields are stable. */
import type { Incomplete, Report, Scenario, StoreKind, Verdict } from '../../checker/index.js'
import { type Itf, toItf } from '../formats/itf.js'
import type { Outcome } from '../judgement.js'
import { provenanceOf } from '../provenance.js'
import { version } from '../version.js'
import type { Finding } from './finding.js'
import type { Reporter } from './report.js'

export interface JsonRun {
  readonly tool: 'swapcheck'
  readonly version: string
  /** Name of the spec, and id of the scenario. */
  readonly spec: string
  readonly scenario: string
  readonly verdict: Verdict['kind']
  /** What is violated. */
  readonly property?: string
  /** Its sentence, the assertion's text, or what is wrong with the spec. */
  readonly message?: string
  /** Why the run is vacuous. */
  readonly reasons?: readonly object[]
  /** What stopped a search that is incomplete, and at how many states, seconds, or bytes of the store. */
  readonly bound?: Incomplete['bound']
  readonly limit?: number
  readonly asExpected: boolean
  readonly expected: Scenario['expect']
  readonly distinct: number
  readonly generated: number
  readonly depth: number
  readonly frontierMax: number
  readonly seconds: number
  /** Generated states. */
  readonly statesPerSecond: number
  readonly bytesPerState: number
  /** How many were asked for. A small search has ended before more than one of them has begun. */
  readonly workers: number
  readonly store: StoreKind
  /** What such a store may have missed: how many states, as an estimate, and the probability that there is one. */
  readonly omission?: { readonly states: number; readonly probability: number }
  /** Where the states are that memory did not take, and the bytes of it on disk. */
  readonly outside?: { readonly name: string; readonly bytes: number }
  readonly reductions: readonly string[]
  /** How often each step fired. */
  readonly coverage: Readonly<Record<string, number>>
  /** By name, what `--profile` shows. */
  readonly profile?: JsonProfile
  readonly trace?: Itf
}

interface JsonProfile {
  /** Time is a share of what the spec's own code takes, 0 to 1, measured in so many `sampled` states. */
  readonly steps: Readonly<
    Record<string, { readonly generated: number; readonly new: number; readonly selfLoops: number; readonly time: number }>
  >
  readonly sampled: number
  /** How many values each takes. */
  readonly variables: Readonly<Record<string, number>>
  /** States at each depth. */
  readonly depths: readonly number[]
}

/** @param workers how many were asked for */
export function jsonReporter(workers: number): Reporter {
  return {
    begin: () => '',
    run: (outcome, again) => `${JSON.stringify(jsonRun(outcome, again, workers))}\n`,
    end: () => '',
    replayed: (finding) => `${JSON.stringify(jsonReplay(finding))}\n`,
  }
}

/** What was run again: the fields that a run has too, where there is something to say. */
export function jsonReplay({ scenario, verdict, again, story }: Finding): object {
  const trace = itfOf(scenario, verdict, again, story)
  return {
    tool: 'swapcheck',
    version,
    spec: scenario.spec.name,
    scenario: scenario.id,
    verdict: verdict.kind,
    ...details(verdict),
    ...trace,
  }
}

export function jsonRun({ report, judgement }: Outcome, again: string, workers: number): JsonRun {
  const { scenario, verdict, distinct, generated, depth, frontierMax, seconds, bytes, seen, coverage } = report
  return {
    tool: 'swapcheck',
    version,
    spec: scenario.spec.name,
    scenario: scenario.id,
    verdict: verdict.kind,
    ...details(verdict),
    asExpected: judgement.differences.length === 0,
    expected: scenario.expect,
    distinct,
    generated,
    depth,
    frontierMax,
    seconds,
    statesPerSecond: seconds === 0 ? 0 : Math.round(seen.generated / seconds),
    bytesPerState: seen.distinct === 0 ? 0 : bytes / seen.distinct,
    workers,
    store: report.store,
    ...(report.omission && { omission: report.omission }),
    ...(report.outside && { outside: report.outside }),
    reductions: report.reductions,
    coverage,
    ...profileOf(report),
    ...itfOf(scenario, verdict, again),
  }
}

function profileOf({ profile, depths }: Report): { profile?: JsonProfile } {
  if (profile === undefined) return {}
  const steps = profile.steps.map(({ name, share, ...counts }) => [name, { ...counts, time: share }] as const)
  const variables = profile.variables.map(({ name, values }) => [name, values] as const)
  return { profile: { steps: Object.fromEntries(steps), sampled: profile.sampled, variables: Object.fromEntries(variables), depths } }
}

function details(verdict: Verdict): Partial<JsonRun> {
  switch (verdict.kind) {
    case 'violated':
      return { property: verdict.property, message: verdict.message ?? verdict.sentence }
    case 'specError':
      return { message: verdict.message }
    case 'vacuous':
      return { reasons: verdict.reasons }
    case 'incomplete':
      return { bound: verdict.bound, ...(verdict.limit > 0 && { limit: verdict.limit }) }
    default:
      return {}
  }
}

function itfOf(scenario: Scenario, verdict: Verdict, again: string, story?: string): { trace?: Itf } {
  if (!('trace' in verdict) || verdict.trace === undefined) return {}
  const provenance = { ...provenanceOf(scenario, verdict, again), ...(story !== undefined && { story }) }
  return { trace: toItf({ provenance, trace: verdict.trace }) }
}
