/** Where scenarios come from: the registry, or a module of the user's. */
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as v from 'valibot'
import type { Scenario } from '../checker/index.js'
import { exitCodes } from './exit-code.js'
import { Refusal, reasonOf } from './refusal.js'

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
 * @throws Refusal where the module cannot be loaded, or exports no scenarios
 */
export async function loadScenarios(file: string | undefined): Promise<readonly Scenario[]> {
  if (file === undefined) return (await import('../specs/index.js')).scenarios
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
