/** The diagram of a trace as swap commit messages draw it: one column per process, time downwards. */
import type { Colors } from 'picocolors/types.js'
import type { Row } from './rows.js'
import { wrap } from './wrap.js'

const GAP = 4
const INDENT = 4
const LOOP = '== from here to the end, again and again =='
/** A lane is not narrowed below this. Its text may run on under the lanes to its right, which are empty in its rows. */
const NARROWEST = 14

/**
 * @param headers the names of the lanes; none is drawn if all are ''
 * @param width of the terminal, in characters
 */
export function lanes(headers: readonly string[], rows: readonly Row[], width: number, colors: Colors): string[] {
  const widths = laneWidths(headers, rows, width)
  const offsets = offsetsOf(widths)
  const body = rows.flatMap((row) => {
    const offset = offsets[row.lane] ?? 0
    const room = Math.max(width - offset, NARROWEST)
    const title = row.failed ? colors.red(row.title) : row.title
    const changes = row.changes.flatMap((change) => wrap(change, room - INDENT))
    const mark = row.startsLoop ? [colors.bold(LOOP)] : []
    return [...mark, ' '.repeat(offset) + title, ...changes.map((line) => ' '.repeat(offset + INDENT) + colors.dim(line))]
  })
  return headers.some((header) => header !== '') ? [...heading(headers, widths, offsets, colors), ...body] : body
}

/** As wide as their contents, but no wider than one width that leaves each lane room to the right for its own contents. */
function laneWidths(headers: readonly string[], rows: readonly Row[], width: number): number[] {
  const natural = headers.map((header, lane) => {
    const own = rows.filter((row) => row.lane === lane)
    return Math.max(header.length, ...own.flatMap((row) => [row.title.length, ...row.changes.map((c) => c.length + INDENT)]))
  })
  const within = (most: number): number[] => natural.map((w) => Math.min(w, most))
  const needed = natural.map((w, lane) => Math.min(w, width - lane * (NARROWEST + GAP)))
  const fits = (most: number): boolean => offsetsOf(within(most)).every((offset, lane) => offset + (needed[lane] ?? 0) <= width)
  let most = Math.max(...natural, NARROWEST)
  while (most > NARROWEST && !fits(most)) most--
  return within(most)
}

/** Where each lane starts. */
function offsetsOf(widths: readonly number[]): number[] {
  return widths.map((_, i) => widths.slice(0, i).reduce((sum, w) => sum + w + GAP, 0))
}

function heading(headers: readonly string[], widths: readonly number[], offsets: readonly number[], colors: Colors): string[] {
  const wrapped = headers.map((header, i) => wrap(header, widths[i] ?? header.length))
  const height = Math.max(...wrapped.map((lines) => lines.length))
  const across = (cell: (lane: number) => string): string =>
    offsets.reduce((line, offset, lane) => line.padEnd(offset) + cell(lane), '').trimEnd()
  const names = Array.from({ length: height }, (_, line) => across((lane) => wrapped[lane]?.[line] ?? ''))
  const rule = across((lane) => '-'.repeat(Math.max(...(wrapped[lane] ?? []).map((line) => line.length))))
  return [...names.map((line) => colors.bold(line)), rule]
}
