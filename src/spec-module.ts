/** Where scenarios come from: the registry, or a module of the user's. */
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as v from 'valibot'
import type { Scenario } from '../checker/index.js'
import { scenariosOf, specNames } from '../specs/load.js'
import { exitCodes } from './exit-code.js'
import { Refusal, reasonOf } from './refusal.js'
import { globOf } from './selection.js'

/** As much of a scenario as tells that `scenario()` made it. */
const scenarioShape = v.looseObject({
  kind: v.literal('scenario'),
  id: v.string(),
  name: v.string(),
  spec: v.looseObject({ kind: v.literal('spec'), name: v.string() }),
  expect: v.looseObject({ verdict: v.string() }),
})
const moduleShape = v.looseObject({ scenarios: v.pipe(v.array(scenarioShape), v.minLength(1)) })

/**
 * @param file an ES module that exports `scenarios`; without one, the scenarios that come with swapcheck
 * @param named ids, names, tags or globs: of specs besides those that they name, nothing needs to be loaded; none mean all
 * @throws Refusal where the module cannot be loaded, or exports no scenarios
 */
export async function loadScenarios(file: string | undefined, named: readonly string[] = []): Promise<readonly Scenario[]> {
  if (file === undefined) return comingAlong(named)
  const parsed = v.safeParse(moduleShape, await load(file))
  if (!parsed.success) {
    throw notLoaded(`${file} exports no scenarios; expected 'export const scenarios = [scenario(…), …]' with at least one`)
  }
  const scenarios = parsed.output.scenarios as unknown as Scenario[]
  const ids = scenarios.map((s) => s.id)
  const twin = ids.find((id, i) => ids.indexOf(id) < i)
  if (twin !== undefined) throw notLoaded(`${file} exports two scenarios called '${twin}'; each needs a name of its own`)
  return scenarios
}

/** Where a name is wrong, the nearest may be in any spec. */
async function comingAlong(named: readonly string[]): Promise<readonly Scenario[]> {
  const scenarios = await scenariosOf(specsNamed(named))
  const areFound = named.every((pattern) => scenarios.some(({ id }) => globOf(pattern).test(id)))
  return areFound ? scenarios : scenariosOf(specNames)
}

/** The specs whose scenarios are meant by 'vswap/…'; all of them where something may be of any. */
export function specsNamed(named: readonly string[]): readonly string[] {
  const found = named.map((pattern) => /^([^/]*)\//.exec(pattern)?.[1] ?? '')
  return found.length > 0 && found.every((spec) => specNames.includes(spec)) ? found : specNames
}

async function load(file: string): Promise<unknown> {
  try {
    return { ...(await import(pathToFileURL(resolve(file)).href)) }
  } catch (error) {
    const isTypeScript = (error as { code?: unknown }).code === 'ERR_UNKNOWN_FILE_EXTENSION'
    throw notLoaded(`cannot load ${file}: ${isTypeScript ? 'expected JavaScript; compile it first' : reasonOf(error)}`)
  }
}

function notLoaded(message: string): Refusal {
  return new Refusal(exitCodes.notLoaded.code, message)
}
