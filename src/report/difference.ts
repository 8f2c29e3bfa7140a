/** What `diff` says. */
import type { Scenario, Trace } from '../../checker/index.js'
import type { ScenarioDifference, Tally } from '../difference.js'
import { diagramOf, type Page } from './story.js'
import { columns } from './table.js'
import { wrap } from './wrap.js'

export function differenceAsText(first: Scenario, second: Scenario, difference: ScenarioDifference, page: Page): string {
  const { states, transitions, through } = difference
  const changed = [...transitions].filter(([, t]) => t.lost + t.gained > 0)
  const rows = [['states', states] as const, ...changed].map(([name, t]) => [name, ...figures(t)])
  const all = [...transitions.values()]
  const same = all.length - changed.length
  const lines = [
    `from ${first.id} to ${second.id}`,
    ...columns([['', 'in both', 'lost', 'gained'], ...rows], [1, 2, 3]),
    `${same} of ${all.length} steps lead from and to the same states`,
    '',
    ...wrap(`Seen through ${through.join(', ')}:`, page.width),
    ...behaviour('lost', first, second, difference.lost, page),
    ...behaviour('gained', second, first, difference.gained, page),
  ]
  return `${lines.join('\n')}\n`
}

function figures({ both, lost, gained }: Tally): string[] {
  return [both, lost, gained].map((n) => n.toLocaleString('en-US'))
}

function behaviour(what: string, one: Scenario, other: Scenario, trace: Trace | undefined, page: Page): string[] {
  if (trace === undefined) return [`nothing is ${what}: every behaviour of ${one.id} is one of ${other.id}`]
  return [
    ...wrap(`${what}: no behaviour of ${other.id} looks like this one of ${one.id}`, page.width),
    '',
    ...diagramOf(one, trace, page),
    '',
  ]
}
