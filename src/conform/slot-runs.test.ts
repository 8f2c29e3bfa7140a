/** Slots that are followed together, and cut into parts: the same is seen, and the same stop is found. */
import { describe, expect, test } from 'vitest'
import type { RecordedEvent } from '../recording/recording.js'
import { Packer } from './packer.js'
import { earlier, SlotRuns, type Stop } from './slot-runs.js'
import { recordedSpec } from './spec-of-recordings.js'
import { type Tally, tallyOf } from './tally.js'

const spec = recordedSpec('swap-map')

const store = (pid: number, offset: number, name: string, old: number, stored: number): RecordedEvent => ({
  ...{ seq: 0, cpu: pid % 2, pid, event: 'store', in: name, type: 0 },
  ...{ offset, old, new: stored },
})
const cache = (pid: number, offset: number): RecordedEvent => ({
  seq: 0,
  cpu: 0,
  pid,
  event: 'cache_add',
  in: 'add_to_swap_cache',
  type: 0,
  offset,
})

/** Some slots that are swapped out, and then held twice. */
const out = [5, 6, 7, 8, 9].flatMap((offset) => [
  store(offset, offset, 'cluster_alloc_range', 0, 64),
  cache(offset, offset),
  store(offset, offset, '__swap_duplicate', 64, 65),
  store(offset + 1, offset, '__swap_duplicate', 65, 66),
])
const swapon: RecordedEvent = { seq: 0, cpu: 0, pid: 1, event: 'device', in: '_enable_swap_info', type: 0, fresh: true }

function followed(events: readonly RecordedEvent[], parts: number): { readonly stop: Stop | undefined; readonly tally: Tally } {
  const packer = new Packer(spec, parts)
  for (const [i, event] of events.entries()) packer.add({ ...event, seq: i + 1 })
  const packed = packer.take()
  const runs = Array.from({ length: parts }, () => new SlotRuns(spec))
  for (const [i, run] of runs.entries()) run.see({ source: 0, kinds: packed.kinds, rows: packed.rows[i] ?? new Float64Array(), held: 0 })
  const stop = runs.map((run) => run.stop).reduce(earlier, undefined)
  const parted = runs.map((run) => run.tally(stop?.seq ?? Number.POSITIVE_INFINITY))
  return { stop, tally: tallyOf(stop?.seq ?? packed.events, stop?.held ?? packed.held, parted) }
}

const figuresOf = ({ events, held, slots, sets }: Tally): object => ({ events, held, slots, sets })

describe.each([2, 3, 7])('%d parts', (parts) => {
  test('see what one sees', () => {
    const { stop, tally } = followed(out, parts)
    expect(stop).toBeUndefined()
    expect(tally).toEqual(followed(out, 1).tally)
    expect(tally).toMatchObject({ events: 20, held: 20, slots: 5 })
    expect(tally.pairs).toEqual(
      new Map([
        ['cluster_alloc_range -> add_to_swap_cache', 3],
        ['__swap_duplicate -> __swap_duplicate', 5],
        ['add_to_swap_cache -> __swap_duplicate', 3],
      ]),
    )
  })

  test('stop at the first of two events that no run explains', () => {
    const wrong = [...out.slice(0, 8), store(1, 6, '__swap_duplicate', 66, 70), ...out.slice(8), store(1, 5, 'put_swap_folio', 1, 0)]
    const { stop, tally } = followed(wrong, parts)
    expect(stop).toMatchObject({ seq: 9, held: 9, offset: 6, label: '__swap_duplicate 66>70' })
    const whole = followed(wrong, 1)
    expect(stop).toEqual(whole.stop)
    expect(figuresOf(tally)).toEqual(figuresOf(whole.tally))
  })

  test('a new swap_map is seen by all slots, and the one that was seen first is shown', () => {
    const { stop, tally } = followed([...out, swapon], parts)
    expect(stop).toMatchObject({ seq: 21, offset: 5, label: '_enable_swap_info' })
    expect(tally.slots).toBe(5)
  })
})
