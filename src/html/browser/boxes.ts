/** Where the objects of a state are drawn. A box is as high as its object needs in any state of the trace, so that none moves. */
import type { DrawnObject, PageTrace } from '../page-data.js'
import { isAlike, isLive } from './drawn-arrows.js'

export interface Box {
  readonly name: string
  readonly isLive: boolean
  readonly lines: readonly { readonly text: string; readonly isChanged: boolean }[]
  readonly column: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const WIDTH = 150
const GAP_X = 48
const GAP_Y = 14
const LINE = 14
const HEAD = 26
/** A longer text would leave its box. */
const LONGEST = 20

export function boxesOf(trace: PageTrace, at: number): Box[] {
  return trace.drawing.columns.flatMap((objects, column) => {
    let y = GAP_Y
    return objects.flatMap((object) => {
      const most = Math.max(0, ...trace.states.map((_, state) => linesOf(trace, object, state).length))
      if (most === 0 && !isReferred(trace, object)) return []
      const height = HEAD + LINE * most
      const box = { column, x: GAP_X / 2 + column * (WIDTH + GAP_X), y, width: WIDTH, height }
      y += height + GAP_Y
      const alive = isLive(object.life, trace.states[at]?.values ?? [])
      return [{ ...box, name: object.name, isLive: alive, lines: linesOf(trace, object, at) }]
    })
  })
}

export function sizeOf(boxes: readonly Box[]): { readonly width: number; readonly height: number } {
  const [right, bottom] = [boxes.map((b) => b.x + b.width), boxes.map((b) => b.y + b.height)]
  return { width: Math.max(0, ...right) + GAP_X / 2, height: Math.max(0, ...bottom) + GAP_Y }
}

/** From the right of a box to the left of one further right; else around the left. */
export function curve(from: Box, to: Box): string {
  const [y1, y2] = [from.y + from.height / 2, to.y + to.height / 2]
  if (to.column > from.column) {
    const [x1, x2] = [from.x + from.width, to.x]
    const bend = (x2 - x1) / 2
    return `M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`
  }
  if (to.column === from.column) {
    const side = from.x - GAP_X / 2
    return `M${from.x} ${y1 + 6} C${side} ${y1 + 6} ${side} ${y2 + 6} ${to.x} ${y2 + 6}`
  }
  const [x1, x2] = [from.x, to.x + to.width]
  const bend = (x2 - x1) / 2
  return `M${x1} ${y1 + 6} C${x1 + bend} ${y1 + 6} ${x2 - bend} ${y2 + 6} ${x2} ${y2 + 6}`
}

/** What differs from how it starts, or has just been changed; and what differs in another object of its kind, as the two are to be compared. */
function linesOf({ states, variables, drawing }: PageTrace, { name: own, life, fields }: DrawnObject, at: number): Box['lines'] {
  const [values, before] = [states[at]?.values ?? [], states[Math.max(0, at - 1)]?.values ?? []]
  const alike = drawing.columns.flat().filter(({ name }) => isAlike(name, own))
  const shown = life < 0 ? fields : [['life', life] as const, ...fields]
  return shown.flatMap(([name, variable]) => {
    const value = values[variable] ?? ''
    const isChanged = value !== before[variable]
    const text = value === 'true' ? name : `${name} ${value}`
    const differs = (variable: number): boolean => (values[variable] ?? '') !== variables[variable]?.initial
    const isOtherwise =
      isLive(life, values) && !/^(true|false|NULL)$/.test(value) && alike.some((o) => o.fields.some(([of, v]) => of === name && differs(v)))
    return differs(variable) || isChanged || isOtherwise ? [{ text: text.slice(0, LONGEST), isChanged }] : []
  })
}

/** Does anything refer to it in any state, or it to anything? */
function isReferred({ drawing, states }: PageTrace, { name }: DrawnObject): boolean {
  return drawing.arrows.some(({ from, domain, variable }) =>
    states.some(({ values }) => values[variable] !== 'NULL' && (from === name || `${domain}[${values[variable]}]` === name)),
  )
}
