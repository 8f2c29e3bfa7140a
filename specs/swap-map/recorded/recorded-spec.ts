/** What recordings of a kernel can be held against. */
import type { Observer } from '../../../checker/index.js'
import { labelOf, type Mapping, mappings, observer, type SlotEvent } from './observed.js'

export interface RecordedSpec {
  readonly name: string
  readonly title: string
  /** One slot, and what is seen of it. */
  readonly observer: Observer
  /** Which event is which step. */
  readonly mappings: readonly Mapping[]
  /** What an event of one slot looks like to the observer; undefined of one that is no step. */
  labelOf(event: SlotEvent): string | undefined
}

export const recordedSpecs: readonly RecordedSpec[] = [
  {
    name: 'swap-map',
    title: 'The slots of swap devices in Linux 6.12, each by itself',
    observer: observer as unknown as Observer,
    mappings,
    labelOf,
  },
]
