/** A recording held against a spec, from its first event to its last, or to the first that no run explains. */
import type { RecordedSpec } from '../../specs/index.js'
import { chunksOf } from '../recording/chunks.js'
import { badRecording } from '../recording/recording.js'
import { Crew } from './crew.js'
import type { Followers } from './followers.js'
import { historyOf, type Unexplained } from './history.js'
import type { Stop } from './slot-runs.js'
import { type Tally, tallyOf } from './tally.js'

export interface Conformance {
  readonly tally: Tally
  /** Undefined: the recording is accepted. */
  readonly unexplained: Unexplained | undefined
  readonly seconds: number
}

export interface ConformOptions {
  /** How many threads follow slots; with 1, the one that reads follows them too. The answer is the same. */
  readonly workers: number
  /** Is told how many events were read, now and then. */
  progress(events: number, seconds: number): void
}

/** @throws Refusal where the recording cannot be read, is empty, has a gap, or has no event that is a step of the spec */
export async function conform(file: string, spec: RecordedSpec, { workers, progress }: ConformOptions): Promise<Conformance> {
  const start = performance.now()
  const seconds = (): number => (performance.now() - start) / 1000
  const crew = new Crew(file, spec, workers)
  try {
    const stop = await follow(file, crew, () => progress(crew.events, seconds()))
    const [events, held] = stop === undefined ? [crew.events, crew.held] : [stop.seq, stop.held]
    if (held === 0) {
      throw badRecording(
        file,
        `has ${events} events, and none of them is a step of ${spec.name}: it shows nothing; were the recorder's probes armed?`,
      )
    }
    const tally = tallyOf(events, held, await crew.tally(stop?.seq ?? Number.POSITIVE_INFINITY))
    return { tally, unexplained: stop && (await historyOf(file, spec, stop)), seconds: seconds() }
  } finally {
    await crew.end()
  }
}

/** Reads until the end, or until somebody has come to a stop. */
async function follow(file: string, crew: Followers, progress: () => void): Promise<Stop | undefined> {
  const fault = await takeAll(file, crew, progress)
  await crew.settle(fault === undefined && crew.stop === undefined)
  if (crew.stop !== undefined) return crew.stop
  // What is wrong with the file comes behind all that was followed.
  const refusal = crew.refusal ?? fault
  if (refusal !== undefined) throw refusal
  return undefined
}

/** @returns what was thrown on the way */
async function takeAll(file: string, crew: Followers, progress: () => void): Promise<unknown> {
  try {
    for await (const bytes of chunksOf(file)) {
      await crew.take(bytes)
      if (crew.stop !== undefined || crew.refusal !== undefined) break
      progress()
    }
    return undefined
  } catch (fault) {
    return fault
  }
}
