/** What a run showed when somebody last accepted it, and how a run of today differs from that. */
import type { Report, Verdict } from '../checker/index.js'

/** One scenario of a baseline. */
export interface Baseline {
  readonly verdict: Verdict['kind']
  /** What is violated. */
  readonly property?: string | undefined
  readonly distinct: number
  readonly generated: number
  readonly depth: number
  /** The steps that fired, sorted; how often is left out, as every count changes with any of them. */
  readonly fires: readonly string[]
}

/** By the ids of scenarios. */
export type Baselines = Readonly<Record<string, Baseline>>

/** A scenario that is not as it was: new where it has no `was`, gone where it has no `report`. */
export interface Change {
  readonly id: string
  readonly was?: Baseline
  readonly report?: Report
  /** What was and what is, in words: `distinct: 16 -> 20`. */
  readonly figures: readonly string[]
  /** Steps that fire and did not, and the reverse. */
  readonly gained: readonly string[]
  readonly lost: readonly string[]
}

export function baselineOf({ verdict, distinct, generated, depth, coverage }: Report): Baseline {
  const fires = Object.keys(coverage)
    .filter((step) => coverage[step] !== 0)
    .sort()
  return { verdict: verdict.kind, ...(verdict.kind === 'violated' && { property: verdict.property }), distinct, generated, depth, fires }
}

/** How a run differs from what was accepted; undefined where it does not. */
export function changeOf(report: Report, was: Baseline | undefined): Change | undefined {
  const { id } = report.scenario
  if (was === undefined) return { id, report, figures: [], gained: [], lost: [] }
  const is = baselineOf(report)
  const figures = [
    ...compared('verdict', inWords(was), inWords(is)),
    ...(['distinct', 'generated', 'depth'] as const).flatMap((name) => compared(name, was[name], is[name])),
  ]
  const gained = is.fires.filter((step) => !was.fires.includes(step))
  const lost = was.fires.filter((step) => !is.fires.includes(step))
  return figures.length + gained.length + lost.length === 0 ? undefined : { id, was, report, figures, gained, lost }
}

function inWords({ verdict, property }: Baseline): string {
  return property === undefined ? verdict : `${verdict} (${property})`
}

function compared(what: string, was: string | number, is: string | number): string[] {
  return was === is ? [] : [`${what}: ${was.toLocaleString('en-US')} -> ${is.toLocaleString('en-US')}`]
}

/** Scenarios of the baseline that there are no more. */
export function goneFrom(baselines: Baselines, ids: readonly string[]): Change[] {
  const gone = Object.entries(baselines).filter(([id]) => !ids.includes(id))
  return gone.map(([id, was]) => ({ id, was, figures: [], gained: [], lost: [] }))
}

/** The baselines with what has changed; a scenario that is gone is left out. */
export function accept(baselines: Baselines, changes: readonly Change[]): Baselines {
  const changed = changes.map((c) => c.id)
  const kept = Object.entries(baselines).filter(([id]) => !changed.includes(id))
  return Object.fromEntries([...kept, ...changes.flatMap(({ id, report }) => (report === undefined ? [] : [[id, baselineOf(report)]]))])
}
