/** What `ci` says of scenarios that are not as in the baseline. */
import type { Change } from '../baseline.js'
import { firstFiring } from '../first-firing.js'
import { diagramOf, type Page, story } from './story.js'
import { fill } from './wrap.js'

const MARGIN = '  '
/** So many changed scenarios are shown with a trace each. */
const TOLD = 5

/** A block for each: what it was and is, the steps, and a trace that shows it. */
export function changesAsText(changes: readonly Change[], page: Page): string {
  const inner = { colors: page.colors, width: page.width - MARGIN.length }
  return changes.map((change, i) => `${linesOf(change, inner, i < TOLD).join('\n')}\n\n`).join('')
}

function linesOf(change: Change, page: Page, isTold: boolean): string[] {
  const below = [...change.figures, ...steps('fires now', change.gained, page), ...steps('fires no more', change.lost, page)]
  const sample = isTold ? sampleOf(change, page) : []
  const all = [...below, ...(sample.length > 0 ? ['', ...sample] : [])]
  return [page.colors.red(`${kindOf(change)} ${change.id}`), ...all.map((line) => (line === '' ? '' : MARGIN + line))]
}

export function kindOf({ was, report }: Change): 'new' | 'gone' | 'changed' {
  if (was === undefined) return 'new'
  return report === undefined ? 'gone' : 'changed'
}

function steps(what: string, names: readonly string[], { width }: Page): string[] {
  return names.length === 0 ? [] : fill([`${what}:`, ...names], width)
}

/** The counterexample of a verdict that turned, or how the first of the steps comes to fire. */
function sampleOf({ was, report, gained }: Change, page: Page): string[] {
  if (report === undefined || was === undefined) return []
  const { scenario, verdict } = report
  const property = verdict.kind === 'violated' ? verdict.property : undefined
  if (verdict.kind !== was.verdict || property !== was.property) return story(report, page)
  const [step] = gained
  const trace = step === undefined ? undefined : firstFiring(scenario, step)
  return trace === undefined ? [] : [`how ${step} comes to fire:`, ...diagramOf(scenario, trace, page)]
}

/** `564 scenarios: 560 as in swapcheck.lock, 3 changed, 1 new`. */
export function changesSummary(compared: number, changes: readonly Change[], file: string): string {
  const of = (kind: string): number => changes.filter((c) => kindOf(c) === kind).length
  const parts = (['changed', 'new', 'gone'] as const).flatMap((kind) => (of(kind) === 0 ? [] : [`${of(kind)} ${kind}`]))
  const same = compared - of('changed') - of('new')
  return `${compared} ${compared === 1 ? 'scenario' : 'scenarios'}: ${[`${same} as in ${file}`, ...parts].join(', ')}`
}
