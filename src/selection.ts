/** Which scenarios a command line names. */
import type { Scenario } from '../checker/index.js'
import { nearest } from './nearest.js'
import { badArguments, type Refusal } from './refusal.js'

export const sets = ['default', 'nightly', 'huge'] as const
export type SetName = (typeof sets)[number]

/**
 * @param patterns ids, names that are unique, tags, or globs over ids; none means the default set
 * @param set keeps only the scenarios of one set; without it, a glob leaves out what takes hours, unless it names nothing else
 * @returns in the order of `scenarios`, each once
 * @throws Refusal where a pattern names nothing, or more than one scenario without being a glob
 */
export function select(scenarios: readonly Scenario[], patterns: readonly string[], set: SetName | undefined): Scenario[] {
  const named = new Set(patterns.flatMap((pattern) => matching(scenarios, pattern, set)))
  const wanted = patterns.length === 0 ? (set ?? 'default') : set
  const inSet = (scenario: Scenario): boolean => wanted === undefined || (scenario.set ?? 'default') === wanted
  const chosen = scenarios.filter((s) => (patterns.length === 0 || named.has(s)) && inSet(s))
  if (chosen.length === 0) throw badArguments(`no scenario of the ${wanted} set is among those named`)
  return chosen
}

function matching(scenarios: readonly Scenario[], pattern: string, set: SetName | undefined): Scenario[] {
  const isGlob = /[*?]/.test(pattern)
  const exact = scenarios.filter((s) => s.id === pattern)
  if (exact.length > 0) return exact
  const tagged = scenarios.filter((s) => s.tags?.includes(pattern))
  if (tagged.length > 0) return tagged
  const matches = globOf(pattern)
  const found = scenarios.filter((s) => matches.test(s.id) || matches.test(s.name))
  if (found.length === 0) throw nothingNamed(scenarios, pattern)
  if (found.length > 1 && !isGlob) {
    throw badArguments(`'${pattern}' names ${found.length} scenarios; say which: ${found.map((s) => s.id).join(', ')}`)
  }
  const shorter = set === undefined && isGlob ? found.filter((s) => s.set !== 'huge') : found
  return shorter.length > 0 ? shorter : found
}

/** `*` stands for any characters, `?` for one. */
export function globOf(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`)
}

function nothingNamed(scenarios: readonly Scenario[], pattern: string): Refusal {
  const wrong = pattern.replace(/[*?]/g, '')
  const byName = nearest(wrong.slice(wrong.lastIndexOf('/') + 1), [...new Set(scenarios.map((s) => s.name))])
  const ids = byName.flatMap((name) => scenarios.filter((s) => s.name === name).map((s) => s.id)).slice(0, 3)
  return badArguments(`no scenario is called '${pattern}'; the nearest are ${ids.join(', ')} ('swapcheck list' shows all)`)
}

/** @throws Refusal where it names none, or several */
export function selectOne(scenarios: readonly Scenario[], name: string): Scenario {
  const [found, ...more] = select(scenarios, [name], undefined)
  if (found === undefined || more.length > 0) throw badArguments(`'${name}' names ${more.length + 1} scenarios; expected one`)
  return found
}
