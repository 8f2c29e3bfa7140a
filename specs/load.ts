/** The registry by spec: what nobody names is not loaded, as loading all of it takes longer than many a search. */
import type { Scenario } from '../checker/index.js'

interface Scenarios {
  readonly scenarios: readonly Scenario[]
}

/** In the order in which `list` shows them. The name of a spec is what stands before the slash in the ids of its scenarios. */
const specs: Readonly<Record<string, () => Promise<Scenarios>>> = {
  classics: () => import('./classics/index.js'),
  page: () => import('./page/scenarios.js'),
  cache: () => import('./cache/scenarios.js'),
  'swap-map': async () => tagged(await Promise.all([import('./swap-map/scenarios/index.js'), import('./corpus/index.js')])),
  'swap-slot': () => import('./swap-map/recorded/slot.js'),
  'dual-tree': () => import('./dual-tree/scenarios.js'),
  'swap-desc': () => import('./swap-desc/scenarios.js'),
  'object-swap': () => import('./object-swap/scenarios.js'),
  tiering: () => import('./tiering/scenarios.js'),
  vswap: () => import('./vswap/scenarios/index.js'),
}

export const specNames: readonly string[] = Object.keys(specs)

/**
 * @param named of `specNames`
 * @returns the scenarios of these specs, whatever the order of the names in that of `specNames`
 */
export async function scenariosOf(named: readonly string[]): Promise<readonly Scenario[]> {
  const loaded = await Promise.all(Object.entries(specs).flatMap(([name, load]) => (named.includes(name) ? [load()] : [])))
  return loaded.flatMap(({ scenarios }) => scenarios)
}

/** Those that show bugs of the corpus bear its name. */
function tagged([{ scenarios }, { bugs, pairOf }]: readonly [Scenarios, typeof import('./corpus/index.js')]): Scenarios {
  const corpus = new Set(bugs.flatMap(pairOf))
  return { scenarios: scenarios.map((s) => (corpus.has(s.id) ? { ...s, tags: ['corpus'] } : s)) }
}
