/** What a recording showed, as text. */
import type { Mapping, RecordedSpec } from '../../specs/index.js'
import type { Conformance } from '../conform/conform.js'
import { nameOf, type Seen, type Unexplained } from '../conform/slot-runs.js'
import { lanes } from './lanes.js'
import type { Page } from './story.js'
import { columns } from './table.js'
import { wrap } from './wrap.js'

export function conformanceAsText(
  spec: RecordedSpec,
  { tally, unexplained, seconds }: Conformance,
  withCoverage: boolean,
  page: Page,
): string {
  const { events, held, slots, sets } = tally
  const read = `${count(events, 'event')}, ${count(held, 'step')} of ${spec.name}, ${count(slots, 'slot')}, ${count(sets, 'set')} of states, ${seconds.toFixed(1)} s`
  const lines =
    unexplained === undefined
      ? [`${page.colors.green('accepted')}  ${read}`, ...(withCoverage ? ['', ...coverage(spec, tally)] : [])]
      : [`${page.colors.red('rejected')}  ${read}`, '', ...storyOf(unexplained, page)]
  return `${lines.join('\n')}\n`
}

function count(n: number, what: string): string {
  return `${n.toLocaleString('en-US')} ${what}${n === 1 ? '' : 's'}`
}

function storyOf(unexplained: Unexplained, { width, colors }: Page): string[] {
  const { event, label, type, offset, history, allowed } = unexplained
  const shown: Seen[] = [...history, { event, label }]
  const cpus = [...new Set(shown.map(({ event }) => event.cpu))].sort((a, b) => a - b)
  const rows = shown.map((seen, i) => ({
    lane: cpus.indexOf(seen.event.cpu),
    title: `${seen.event.seq} ${seen.label} (${seen.event.pid})`,
    changes: [],
    failed: i === shown.length - 1,
    startsLoop: false,
  }))
  const headers = cpus.map((cpu) => `CPU${cpu}`)
  return [
    `slot ${offset} of device ${type}: event, what it was, and the thread`,
    '',
    ...lanes(headers, rows, width - 2, colors).map((line) => (line === '' ? '' : `  ${line}`)),
    '',
    ...wrap(
      colors.red(`No run of the spec explains event ${event.seq}: ${label} in ${event.in}(), of thread ${event.pid} on CPU${event.cpu}.`),
      width,
    ),
    allowed.length === 0 ? 'The spec allows nothing of this slot here.' : 'The spec would have allowed:',
    ...byLabel(allowed).map((line) => `    ${line}`),
  ]
}

/** Each label once, with the threads that could have done it. */
function byLabel(allowed: Unexplained['allowed']): string[] {
  const threads = new Map<string, Set<string>>()
  for (const { label, pid } of allowed) {
    const of = threads.get(label) ?? new Set<string>()
    threads.set(label, of.add(pid === undefined ? 'any thread' : `thread ${pid}`))
  }
  return [...threads].map(([label, of]) => (of.has('any thread') ? label : `${label}, by ${[...of].join(' or ')}`))
}

/** The steps that were seen and those that were not, and which events followed one of another processor on the same slot. */
function coverage({ mappings }: RecordedSpec, { steps, pairs }: Conformance['tally']): string[] {
  const all = [...new Set(mappings.flatMap((m) => m.steps))]
  const seen = all.filter((step) => (steps.get(step)?.surely ?? 0) > 0)
  const maybe = all.filter((step) => steps.has(step) && !seen.includes(step))
  const unseen = all.filter((step) => !steps.has(step))
  const inOrder = [...pairs].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
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
    '',
    `events that followed one of another processor on the same slot: ${pairs.size} kinds of ${pairsOf(mappings)}`,
    ...indented(inOrder.map(([pair, times]) => [String(times), pair])),
  ]
}

function section(title: string, rows: readonly string[][]): string[] {
  return rows.length === 0 ? [] : [title, ...indented(rows)]
}

function indented(rows: readonly string[][]): string[] {
  return columns(rows, [0]).map((line) => `    ${line}`)
}

/** How many kinds of pairs there can be. */
function pairsOf(mappings: readonly Mapping[]): number {
  return new Set(mappings.filter(({ event }) => event !== 'device').map(({ label }) => nameOf(label))).size ** 2
}
