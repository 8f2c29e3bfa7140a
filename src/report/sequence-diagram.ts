/** A counterexample as a Mermaid sequence diagram: a lane for each process, notes with what each step changed. */
import type { Trace } from '../../checker/index.js'
import { type Finding, messageOf } from './finding.js'
import { mermaidText } from './mermaid-text.js'
import { type Row, rowsOf } from './rows.js'
import { startOf } from './start.js'
import { listed, wrap } from './wrap.js'

/** Mermaid draws no larger text, unless a page that shows it allows that. */
const MOST_CHARACTERS = 50_000

/** Lines without an end. What is too long to be drawn loses its first steps. */
export function sequenceDiagram(finding: Finding, trace: Trace): string[] {
  const { scenario } = finding
  const rows = rowsOf(scenario, trace)
  const names = [...trace.processes, 'actions']
  const busy = [...names.keys()].filter((lane) => rows.some((row) => row.lane === lane))
  const lanes = busy.length > 0 ? busy : [0]
  const over = `    Note over ${[...new Set([lanes[0], lanes.at(-1)])].map((lane) => `p${lane}`).join(',')}: `
  const [first] = trace.states
  const start = first === undefined ? [] : startOf(scenario, first).flatMap((group) => listed(group, WIDEST).map(mermaidText))
  const head = [
    'sequenceDiagram',
    ...lanes.map((lane) => `    participant p${lane} as ${mermaidText(names[lane] ?? '')}`),
    ...(start.length > 0 ? [`${over}initially<br/>${start.join('<br/>')}`] : []),
  ]
  const end = `${over}${messageOf(finding)
    .flatMap((line) => wrap(line, WIDEST))
    .map(mermaidText)
    .join('<br/>')}`
  const steps = rows.map(linesOfStep)
  const kept = lastWithin(MOST_CHARACTERS - size([...head, end, ...LOOP]) - over.length - LEFT_OUT, steps)
  const leftOut = kept === steps.length ? [] : [`${over}the first ${steps.length - kept} steps are left out`]
  return [...head, ...leftOut, ...lastSteps(rows, steps, steps.length - kept), end]
}

/** A note over all lanes is no wider, in characters; Mermaid breaks no lines. */
const WIDEST = 80

const LOOP = ['    loop again and again', '    end']
/** Characters that say how many are left out. */
const LEFT_OUT = 50

function linesOfStep({ lane, title, changes, failed }: Row): string[] {
  const notes = changes.length > 0 ? [`    Note over p${lane}: ${changes.map(mermaidText).join('<br/>')}`] : []
  return [`    p${lane}-${failed ? 'x' : '>>'}p${lane}: ${mermaidText(title)}`, ...notes]
}

/** How many at the end are no larger than that together. */
function lastWithin(most: number, steps: readonly (readonly string[])[]): number {
  let room = most
  const tooMany = steps.toReversed().findIndex((lines) => {
    room -= size(lines)
    return room < 0
  })
  return tooMany === -1 ? steps.length : tooMany
}

/** Those from an index on, and around those that are repeated a loop. */
function lastSteps(rows: readonly Row[], steps: readonly (readonly string[])[], from: number): string[] {
  const loop = rows.findIndex((row) => row.startsLoop)
  if (loop === -1) return steps.slice(from).flat()
  const begin = Math.max(loop, from)
  const [first = '', last = ''] = LOOP
  return [...steps.slice(from, begin).flat(), first, ...steps.slice(begin).flat(), last]
}

function size(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0)
}
