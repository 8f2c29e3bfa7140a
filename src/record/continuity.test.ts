import { expect, test } from 'vitest'
import type { RecordedEvent } from '../recording/recording.js'
import { Continuity } from './continuity.js'

const store = (offset: number, old: number, stored: number): RecordedEvent => ({
  ...{ seq: 1, cpu: 0, pid: 1, event: 'store', in: 'put_swap_folio', type: 0 },
  ...{ offset, old, new: stored },
})

test('a store that finds what the last one left is in order; a map that is new is all zero', () => {
  const continuity = new Continuity()
  continuity.see(store(1, 0, 64))
  continuity.see(store(2, 0, 64))
  continuity.see(store(1, 64, 65))
  continuity.see({ seq: 2, cpu: 0, pid: 1, event: 'device', in: '_enable_swap_info', type: 0, fresh: false })
  continuity.see(store(1, 65, 64))
  continuity.see({ seq: 3, cpu: 0, pid: 1, event: 'device', in: '_enable_swap_info', type: 0, fresh: true })
  continuity.see(store(1, 0, 64))
})

test('one that finds something else tells of a store that is not probed', () => {
  const continuity = new Continuity()
  continuity.see(store(1, 0, 64))
  expect(() => continuity.see(store(1, 1, 2))).toThrow(
    'event 1: put_swap_folio() found 1 in swap_map[1] of device 0, and the last store that was recorded had left 64: a store of this kernel is not probed',
  )
})

test('a byte of the continuation is another than the one of swap_map', () => {
  const continuity = new Continuity()
  continuity.see(store(1, 0, 64))
  continuity.see({ ...store(1, 0, 1), event: 'continued' })
  continuity.see(store(1, 64, 65))
  expect(() => continuity.see({ ...store(1, 2, 1), event: 'continued' })).toThrow(
    'found 2 in the continuation of swap_map[1] of device 0, and the last store that was recorded had left 1',
  )
})
