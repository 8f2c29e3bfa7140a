/** What recordings of a kernel can be held against. */
import type { Observer, Scenario } from '../../../checker/index.js'
import { labelOf, type Mapping, mappings, observer, type SlotEvent } from './observed.js'
import { twoCounts } from './slot.js'

export interface RecordedSpec {
  readonly name: string
  readonly title: string
  /** One slot, and what is seen of it. */
  readonly observer: Observer
  /** The same steps with few counts, small enough to be explored. */
  readonly small: Scenario
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
    small: twoCounts as unknown as Scenario,
    mappings,
    labelOf,
  },
]
