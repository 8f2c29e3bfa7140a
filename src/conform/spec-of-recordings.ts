/** Finds what recordings are held against. */
import { type RecordedSpec, recordedSpecs } from '../../specs/recorded.js'

export const recordedSpecNames = recordedSpecs.map(({ name }) => name)

/** @param name one of `recordedSpecNames` */
export function recordedSpec(name: string): RecordedSpec {
  const found = recordedSpecs.find((spec) => spec.name === name)
  if (found === undefined) throw new Error(`no spec '${name}' for recordings; there are ${recordedSpecNames.join(', ')}`)
  return found
}
