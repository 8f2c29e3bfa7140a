/** The story of a counterexample is written by hand: it stays when the file is written anew. */
import { readFileSync } from 'node:fs'
import { fromItf } from './formats/itf.js'

/** What the file tells of a counterexample of this scenario; undefined where it is none, or tells nothing. */
export function storedStory(file: string, scenario: string): string | undefined {
  try {
    const { provenance } = fromItf(JSON.parse(readFileSync(file, 'utf8')))
    return provenance.scenario === scenario ? provenance.story : undefined
  } catch {
    return undefined
  }
}
