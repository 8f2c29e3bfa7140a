/** Numbers for what events look like. */
import type { RecordedSpec } from '../../specs/index.js'
import { ABSENT, type EventScanner, MOST_RETURNED } from '../recording/event-scanner.js'
import { kinds as kindsOfEvents } from '../recording/jsonl.js'
import { MOST_NAMES } from '../recording/names.js'
import type { RecordedEvent } from '../recording/recording.js'
import type { Kind } from './sightings.js'

/** Bytes, and one that is not there. */
const BYTES = 257

export class Kinds {
  readonly #labelOf: RecordedSpec['labelOf']
  readonly #kinds: Kind[] = []
  #told = 0
  /** By all that tells kinds apart; -1 of what is no step. */
  readonly #known = new Map<string, number>()
  /** The same of events that were scanned: by kind of event and function, and then by numbers. */
  readonly #scanned: (Map<number, number> | undefined)[] = new Array(kindsOfEvents.length * MOST_NAMES)

  constructor(labelOf: RecordedSpec['labelOf']) {
    this.#labelOf = labelOf
  }

  /** Those that are new since the last time. */
  fresh(): Kind[] {
    const fresh = this.#kinds.slice(this.#told)
    this.#told = this.#kinds.length
    return fresh
  }

  /** @returns -1 of what is no step of the spec */
  of(event: RecordedEvent): number {
    const { event: kind, in: name, old, new: stored, ret } = event
    const key = [kind, name, old, stored, ret].join(' ')
    return this.#known.get(key) ?? this.#add(key, event)
  }

  ofScanned(e: EventScanner): number {
    const place = e.event * MOST_NAMES + e.name
    const bytes = (e.old === ABSENT ? 0 : e.old + 1) * BYTES + (e.stored === ABSENT ? 0 : e.stored + 1)
    const code = bytes + (e.ret === ABSENT ? 0 : e.ret + MOST_RETURNED + 1) * BYTES * BYTES
    const ofFunction = this.#scanned[place] ?? new Map<number, number>()
    const known = ofFunction.get(code)
    if (known !== undefined) return known
    const kind = this.of(eventOf(e))
    this.#scanned[place] = ofFunction.set(code, kind)
    return kind
  }

  #add(key: string, event: RecordedEvent): number {
    const label = this.#labelOf(event)
    const kind = label === undefined ? -1 : this.#kinds.push({ label, isDevice: event.event === 'device' }) - 1
    this.#known.set(key, kind)
    return kind
  }
}

/** What tells its kind. */
function eventOf({ names, event, name, old, stored, ret }: EventScanner): RecordedEvent {
  return {
    ...{ seq: 0, cpu: 0, pid: 0, event: kindsOfEvents[event] ?? '', in: names.textOf(name) },
    ...(old !== ABSENT && { old }),
    ...(stored !== ABSENT && { new: stored }),
    ...(ret !== ABSENT && { ret }),
  }
}
