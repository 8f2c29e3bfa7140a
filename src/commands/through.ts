/** `--through`: variables of a scenario, by commas. */
import type { Scenario } from '../../checker/index.js'
import { nearest } from '../nearest.js'
import { badArguments } from '../refusal.js'

export function variableNames({ spec }: Scenario): string[] {
  return Object.keys(spec.state.fields as object)
}

/**
 * @param names that may be given; all of them where none is
 * @throws Refusal where another is
 */
export function variablesThrough(given: string | undefined, names: readonly string[]): readonly string[] {
  const chosen = given?.split(',') ?? names
  for (const name of chosen) {
    if (names.includes(name)) continue
    const [near] = nearest(name, names, 3)
    throw badArguments(`--through was given '${name}'; expected ${names.join(', ')}${near === undefined ? '' : `; did you mean ${near}?`}`)
  }
  return chosen
}
