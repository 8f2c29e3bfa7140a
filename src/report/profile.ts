/** Where a search has spent itself, as tables: by step, by variable, by depth. */
import type { Colors } from 'picocolors/types.js'
import type { Profile, Report } from '../../checker/index.js'
import type { Page } from './story.js'
import { columns } from './table.js'
import { wrap } from './wrap.js'

/** Lines without an end; none where no profile was asked for. */
export function profileLines({ profile, depths }: Pick<Report, 'profile' | 'depths'>, { width, colors }: Page): string[] {
  if (profile === undefined) return []
  return [...stepLines(profile, width, colors), '', ...variableLines(profile, colors), '', ...depthLines(depths, colors)]
}

/** Those that generated most first. */
function stepLines({ steps, sampled }: Profile, width: number, colors: Colors): string[] {
  const fired = steps.filter((s) => s.generated > 0).toSorted((a, b) => b.generated - a.generated)
  const never = steps.length - fired.length
  const rows = fired.map((s) => [s.name, count(s.generated), count(s.new), count(s.selfLoops), `${(100 * s.share).toFixed(1)}%`])
  const states = sampled === 1 ? '1 state' : `${count(sampled)} states`
  const notes = [
    ...(never === 0 ? [] : [`${never} more ${never === 1 ? 'step' : 'steps'} never fired.`]),
    'New are the states that were found by this step first.',
    `Time is that of the spec's own code, run as it stands in ${states}; a search runs most steps from what it has learned of them.`,
  ]
  return [...table(['step', 'generated', 'new', 'self-loops', 'time'], rows, colors), ...wrap(notes.join(' '), width).map(colors.dim)]
}

/** Those with the most values first. */
function variableLines({ variables }: Profile, colors: Colors): string[] {
  const taken = variables.filter((v) => v.values > 0).toSorted((a, b) => b.values - a.values)
  const rows = taken.map(({ name, values }) => [name, count(values)])
  return table(['variable', 'values'], rows, colors)
}

/** The states at each depth, and how many times those of the depth before that is. */
function depthLines(depths: readonly number[], colors: Colors): string[] {
  const rows = depths.map((states, i) => {
    const before = depths[i - 1]
    return [count(i + 1), count(states), before === undefined ? '' : (states / before).toFixed(2)]
  })
  return table(['depth', 'states', 'growth'], rows, colors)
}

/** The first column to the left, all others to the right. */
function table(heads: readonly string[], rows: readonly (readonly string[])[], colors: Colors): string[] {
  const [first = '', ...rest] = columns([heads, ...rows], [...heads.keys()].slice(1))
  return [colors.dim(first), ...rest]
}

function count(n: number): string {
  return n.toLocaleString('en-US')
}
