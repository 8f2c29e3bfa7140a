/** What a slot saw before the event that no run explains: read again, so that nothing of it has to be kept. */
import type { RecordedSpec } from '../../specs/index.js'
import { readRecording } from '../recording/read-recording.js'
import type { RecordedEvent } from '../recording/recording.js'
import type { Stop } from './slot-runs.js'

/** An event as a slot saw it. */
export interface Seen {
  readonly event: RecordedEvent
  /** What the spec calls it. */
  readonly label: string
}

/** The first event that no run of the spec explains. */
export interface Unexplained extends Seen, Pick<Stop, 'type' | 'offset' | 'allowed'> {
  /** What the slot saw before, oldest first; not more than `HISTORY`. */
  readonly history: readonly Seen[]
}

/** So much of a slot's history is shown. */
export const HISTORY = 24

/** @throws Refusal where the recording is no longer what it was */
export async function historyOf(file: string, spec: RecordedSpec, { seq, type, offset, first, allowed }: Stop): Promise<Unexplained> {
  const history: Seen[] = []
  for await (const events of readRecording(file)) {
    for (const event of events) {
      const isOfDevice = event.event === 'device' && event.fresh === true && event.seq > first
      if (event.type !== type || (event.offset !== offset && !isOfDevice)) continue
      const label = spec.labelOf(event)
      if (label === undefined) continue
      if (event.seq === seq) return { event, label, type, offset, allowed, history }
      history.push({ event, label })
      if (history.length > HISTORY) history.shift()
    }
  }
  throw new Error(`event ${seq} is no longer in ${file}`)
}
