/** What a recording showed, as text. */
import type { RecordedSpec } from '../../specs/index.js'
import type { Conformance } from '../conform/conform.js'
import type { Seen, Unexplained } from '../conform/history.js'
import { lanes } from './lanes.js'
import type { Page } from './story.js'
import { wrap } from './wrap.js'

/** @param name of the recording, where there are several */
export function conformanceAsText(spec: RecordedSpec, { tally, unexplained, seconds }: Conformance, name: string, page: Page): string {
  const { events, held, slots, sets } = tally
  const isAccepted = unexplained === undefined
  const verdict = isAccepted ? page.colors.green('accepted') : page.colors.red('rejected')
  const figures = [
    count(events, 'event'),
    `${count(held, 'step')} of ${spec.name}`,
    count(slots, 'slot'),
    `${count(sets, 'set')} of states`,
  ]
  const line = `${verdict}  ${[...figures, `${seconds.toFixed(1)} s`].join(', ')}${name === '' ? '' : `  ${name}`}`
  return `${[line, ...(isAccepted ? [] : ['', ...storyOf(unexplained, page)])].join('\n')}\n`
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
