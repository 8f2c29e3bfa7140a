/** The file that keeps the baselines. */
import { existsSync, readFileSync } from 'node:fs'
import type { Baselines } from './baseline.js'
import { ItfError } from './formats/itf-value.js'
import { parseLock } from './formats/lock.js'
import { badArguments, reasonOf } from './refusal.js'

/**
 * @param isBegun an answer where there is no such file: it is about to be written
 * @throws Refusal where it cannot be read, or is no such file; also where it is to be written, as it may be something else
 */
export function readBaselines(file: string, isBegun: boolean): Baselines {
  if (isBegun && !existsSync(file)) return {}
  try {
    return parseLock(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof ItfError) {
      throw badArguments(`${file} is not a baseline: ${error.message}; restore it, or remove it and write it anew with --update`)
    }
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw badArguments(`cannot read '${file}': ${isMissing ? "there is no such file; 'swapcheck ci --update' writes it" : reasonOf(error)}`)
  }
}
