/** Negative controls, as text: how many damaged recordings were rejected, and why others were not. */
import { type Control, damages, type Reason, reasons } from '../conform/controls.js'
import { columns } from './table.js'

export function controlsAsText(controls: readonly Control[]): string {
  const sum = (of: (control: Control) => number): string => controls.reduce((all, control) => all + of(control), 0).toLocaleString('en-US')
  const rejected = controls.map(({ damage, tried, rejected }) => [damage, `${rejected} of ${tried}`, damages[damage]])
  const accepted = controls.flatMap(({ damage, accepted: by }) =>
    (Object.keys(reasons) as Reason[]).filter((reason) => by[reason] > 0).map((reason) => [damage, String(by[reason]), reasons[reason]]),
  )
  const lines = [
    '',
    `damaged on purpose, and held against the spec again: ${sum(({ rejected }) => rejected)} of ${sum(({ tried }) => tried)} were rejected`,
    ...indented(rejected),
    ...(accepted.length > 0 ? ['those that were not, as they are behaviours, too', ...indented(accepted)] : []),
  ]
  return `${lines.join('\n')}\n`
}

function indented(rows: readonly string[][]): string[] {
  return columns(rows, [1]).map((line) => `    ${line}`)
}
