/** A recording held against a spec, from its first event to its last, or to the first that no run explains. */
import type { RecordedSpec } from '../../specs/index.js'
import { readRecording } from '../recording/read-recording.js'
import { badRecording } from '../recording/recording.js'
import { SlotRuns, type Tally, type Unexplained } from './slot-runs.js'

export interface Conformance {
  readonly tally: Tally
  /** Undefined: the recording is accepted. */
  readonly unexplained: Unexplained | undefined
  readonly seconds: number
}

/**
 * @param progress is told how many events were read, now and then
 * @throws Refusal where the recording cannot be read, is empty, has a gap, or has no event that is a step of the spec
 */
export async function conform(file: string, spec: RecordedSpec, progress: (events: number, seconds: number) => void): Promise<Conformance> {
  const runs = new SlotRuns(spec)
  const start = performance.now()
  const seconds = (): number => (performance.now() - start) / 1000
  for await (const events of readRecording(file)) {
    for (const event of events) {
      const unexplained = runs.see(event)
      if (unexplained !== undefined) return { tally: runs.tally(), unexplained, seconds: seconds() }
    }
    progress(runs.events, seconds())
  }
  const tally = runs.tally()
  if (tally.held === 0) {
    throw badRecording(
      file,
      `has ${tally.events} events, and none of them is a step of ${spec.name}: it shows nothing; were the recorder's probes armed?`,
    )
  }
  return { tally, unexplained: undefined, seconds: seconds() }
}
