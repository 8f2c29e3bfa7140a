/** The registry by spec: what nobody names is not loaded, as loading all of it takes longer than many a search. */
import type { Scenario } from '../checker/index.js'
import { bugs, pairOf } from './corpus/index.js'

interface Scenarios {
  readonly scenarios: readonly Scenario[]
}

/** In the order in which `list` shows them. The name of a spec is what stands before the slash in the ids of its scenarios. */
const specs: Readonly<Record<string, () => Promise<Scenarios>>> = {
  classics: () => import('./classics/index.js'),
  page: () => import('./page/scenarios.js'),
  cache: () => import('./cache/scenarios.js'),
  'swap-map': () => import('./swap-map/scenarios/index.js'),
  'swap-slot': () => import('./swap-map/recorded/slot.js'),
  'dual-tree': () => import('./dual-tree/scenarios.js'),
  'swap-desc': () => import('./swap-desc/scenarios.js'),
  'object-swap': () => import('./object-swap/scenarios.js'),
  tiering: () => import('./tiering/scenarios.js'),
  vswap: () => import('./vswap/scenarios/index.js'),
}

export const specNames: readonly string[] = Object.keys(specs)

const corpus = new Set(bugs.flatMap(pairOf))

/**
 * @param named of `specNames`
 * @returns the scenarios of these specs, whatever the order of the names in that of `specNames`
 */
export async function scenariosOf(named: readonly string[]): Promise<readonly Scenario[]> {
  const loaded = await Promise.all(Object.entries(specs).flatMap(([name, load]) => (named.includes(name) ? [load()] : [])))
  const found = loaded.flatMap(({ scenarios }) => scenarios)
  return found.map((s) => (corpus.has(s.id) ? { ...s, tags: ['corpus'] } : s))
}
