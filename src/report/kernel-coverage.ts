/** What recordings confirm of a spec, and what no kernel has confirmed yet. */
import type { RecordedSpec } from '../../specs/index.js'
import type { Possible } from '../conform/possible.js'
import { nameOf } from '../conform/slot-runs.js'
import type { Tally } from '../conform/tally.js'
import { columns } from './table.js'
import { fill } from './wrap.js'

/** @param possible what the spec can show with few counts */
export function kernelCoverageAsText(spec: RecordedSpec, tally: Tally, possible: Possible): string {
  return `${['', ...stepLines(spec, tally), '', ...branchLines(spec, tally, possible), '', ...pairLines(spec, tally, possible)].join('\n')}\n`
}

/** Steps that were seen, and those that were not. */
function stepLines({ mappings }: RecordedSpec, { steps }: Tally): string[] {
  const all = [...new Set(mappings.flatMap((m) => m.steps))]
  const seen = all.filter((step) => (steps.get(step)?.surely ?? 0) > 0)
  const maybe = all.filter((step) => steps.has(step) && !seen.includes(step))
  const unseen = all.filter((step) => !steps.has(step))
  return [
    `steps that were seen: ${seen.length} of ${all.length}`,
    ...indented(seen.map((step) => [String(steps.get(step)?.surely), step])),
    ...section(
      'steps that may have been seen: each of their events may have been another step',
      maybe.map((step) => [String(steps.get(step)?.maybe), step]),
    ),
    ...section(
      'steps that were never seen: no kernel confirms them',
      unseen.map((step) => ['0', step]),
    ),
  ]
}

/** The branches of steps that store: what the byte was, and what it became. */
function branchLines({ small }: RecordedSpec, { labels }: Tally, possible: Possible): string[] {
  const stores = [...possible.labels].filter((label) => label.includes('>')).sort()
  const unseen = stores.filter((label) => !labels.has(label))
  return [
    `stores that ${small.id} can show, with the byte before and after: ${stores.length - unseen.length} of ${stores.length} were seen`,
    ...indented(stores.map((label) => [String(labels.get(label) ?? 0), label])),
  ]
}

/** Which events followed one of another processor on the same slot, and which never did although the spec would let them. */
function pairLines({ mappings, small }: RecordedSpec, { pairs }: Tally, possible: Possible): string[] {
  const inOrder = [...pairs].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  const names = [...new Set(mappings.filter(({ event }) => event !== 'device').map(({ label }) => nameOf(label)))]
  const isUnseen = (pair: string): boolean => possible.pairs.has(pair) && !pairs.has(pair)
  const unseen = names.map((before) => [before, names.filter((after) => isUnseen(`${before} -> ${after}`))] as const)
  const rows = unseen.filter(([, after]) => after.length > 0)
  return [
    `events that followed one of another processor on the same slot: ${pairs.size} kinds`,
    ...indented(inOrder.map(([pair, times]) => [String(times), pair])),
    `those that ${small.id} would allow to another thread, and that were never seen: ${rows.reduce((sum, [, after]) => sum + after.length, 0)} kinds`,
    ...rows.flatMap(([before, after]) => [`    ${before} ->`, ...fill(after.map(withComma), WIDTH).map((line) => `        ${line}`)]),
  ]
}

const WIDTH = 90

function withComma(name: string, i: number, names: readonly string[]): string {
  return i < names.length - 1 ? `${name},` : name
}

function section(title: string, rows: readonly string[][]): string[] {
  return rows.length === 0 ? [] : [title, ...indented(rows)]
}

function indented(rows: readonly string[][]): string[] {
  return columns(rows, [0]).map((line) => `    ${line}`)
}
