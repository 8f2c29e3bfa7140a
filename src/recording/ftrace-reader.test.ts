/** ftrace's text: what its events say, and what is refused. */
import { describe, expect, test } from 'vitest'
import { FtraceReader } from './ftrace-reader.js'
import type { RecordedEvent } from './recording.js'

const MAP = '0xffffc90000100000'
const device = '  swapon-60 [000] .....  1: device: (_enable_swap_info+0x0/0x60) type=0 map=0xffffc90000100000 max=512'
const entries = (n: number, of = n): string => `# entries-in-buffer/entries-written: ${n}/${of}   #P:2`

function read(...lines: string[]): RecordedEvent[] {
  const reader = new FtraceReader('trace')
  const events: RecordedEvent[] = []
  for (const line of lines) reader.line(line, events)
  reader.end()
  return events
}

const at = (slot: number): string => `0x${(BigInt(MAP) + BigInt(slot)).toString(16)}`

describe('events', () => {
  test('a store is one to the slot whose byte it changes', () => {
    const store = `  swap-workload-61 [001] d.Z..  5: store_5: (__swap_duplicate+0xde/0x200) to=${at(7)} old=64 new=65 n=1`
    expect(read(device, store)).toEqual([
      { seq: 1, cpu: 0, pid: 60, in: '_enable_swap_info', event: 'device', type: 0, fresh: true },
      { seq: 2, cpu: 1, pid: 61, in: '__swap_duplicate', event: 'store', type: 0, offset: 7, old: 64, new: 65 },
    ])
  })

  test('memset() is a store to each of its bytes', () => {
    const store = `  a-1 [000] ...2.  5: store_14: (alloc_swap_scan_cluster+0x2d4/0x4b0) to=${at(8)} old=0 new=64 n=2`
    expect(read(device, store).slice(1)).toMatchObject([
      { seq: 2, offset: 8, old: 0, new: 64 },
      { seq: 3, offset: 9, old: 0, new: 64 },
    ])
  })

  test('a store to anything else is none', () => {
    expect(read(device, '  a-1 [000] .....  5: store_0: (swap_duplicate+0x135/0x220) to=0xffff888000001000 old=1 new=2 n=1')).toHaveLength(
      1,
    )
    expect(read(device, `  a-1 [000] .....  5: store_0: (put_swap_folio+0xe1/0x260) to=${at(512)} old=1 new=2 n=1`)).toHaveLength(1)
  })

  test('a store to the continuation of a count is one of the slot that the thread counts', () => {
    const call = '  a-1 [000] .....  4: call_swap_count_continued: (swap_count_continued+0x4/0x220) type=0 offset=3'
    const add = '  a-1 [000] .....  6: continued_1: (swap_count_continued+0x13d/0x220) to=0xffff888000001003 old=0 new=1 n=1'
    expect(read(call, call.replace('a-1', 'b-2').replace('offset=3', 'offset=9'), add).at(-1)).toEqual({
      ...{ seq: 3, cpu: 0, pid: 1, in: 'swap_count_continued', event: 'continued', type: 0, offset: 3, old: 0, new: 1 },
    })
  })

  test('a device that comes back with the same map goes on, one with another map starts anew', () => {
    const other = device.replace('100000', '900000')
    expect(read(device, device, other).map(({ fresh }) => fresh)).toEqual([true, false, true])
  })

  test('a swap entry tells device and slot; a return is one of the function that returned', () => {
    expect(
      read(
        '  kworker/u4:1-9 [000] .....  7: call_zswap_store: (zswap_store+0x4/0x910) entry=0x400000000000005',
        '  kworker/u4:1-9 [000] .....  8: return_zswap_store: (swap_writepage+0x109/0x300 <- zswap_store) entry=0x400000000000005 ret=1',
        '  kworker/u4:1-9 [000] .....  9: call_folio_free_swap: (folio_free_swap+0x4/0x1c0) entry=0x0',
        '  kworker/u4:1-9 [000] ..... 10: sched_switch: (schedule+0x4/0x1c0) next=1',
      ),
    ).toEqual([
      { seq: 1, cpu: 0, pid: 9, in: 'zswap_store', event: 'call', type: 1, offset: 5 },
      { seq: 2, cpu: 0, pid: 9, in: 'zswap_store', event: 'return', type: 1, offset: 5, ret: 1 },
      { seq: 3, cpu: 0, pid: 9, in: 'folio_free_swap', event: 'call' },
    ])
  })
})

test('a change of zswap in its locks is one of the slot that the thread has called the function for', () => {
  const by = 'from=0xffffffff81cdbbd7 by=zswap_invalidate+0x36/0x60'
  expect(
    read(
      '  a-1 [000] ..... 10: call_zswap_invalidate: (zswap_invalidate+0x4/0x60) entry=0x5',
      '  b-2 [001] ..... 11: call_zswap_invalidate: (zswap_invalidate+0x4/0x60) entry=0x400000000000007',
      '  b-2 [001] ..... 12: call_zswap_writeback_entry: (zswap_writeback_entry+0x4/0x200) entry=0x8',
      `  a-1 [000] ...1. 13: tree_xa_erase: (_raw_spin_unlock+0x4/0x30) ${by} was=0xffff888000001000`,
      `  b-2 [001] ...1. 14: tree_xa_erase: (_raw_spin_unlock+0x4/0x30) ${by} was=0x0`,
      '  b-2 [001] ...1. 15: tree_xa_cmpxchg: (zswap_writeback_entry+0xd9/0x200) was=0xffff888000001000 wanted=0xffff888000002000',
      '  b-2 [001] d.Z.. 16: lru_del_0: (list_lru_del+0x8a/0xe0) lru=0xffffffff837d5980 entry=0x8 ret=1',
    ).slice(3),
  ).toEqual([
    { seq: 4, cpu: 0, pid: 1, in: 'xa_erase', event: 'tree', type: 0, offset: 5, ret: 1 },
    { seq: 5, cpu: 1, pid: 2, in: 'xa_erase', event: 'tree', type: 1, offset: 7, ret: 0 },
    { seq: 6, cpu: 1, pid: 2, in: 'xa_cmpxchg', event: 'tree', type: 0, offset: 8, ret: 0 },
    { seq: 7, cpu: 1, pid: 2, in: 'list_lru_del', event: 'lru', type: 0, offset: 8, ret: 1 },
  ])
})

test('what is whole is read', () => expect(read('# tracer: nop', entries(1), '#', device)).toHaveLength(1))

test.each<[string, string[], string]>([
  ['events that were lost', [device, 'CPU:1 [LOST 12 EVENTS]'], 'trace has a gap at line 2: ftrace lost 12 events'],
  ['a buffer that ran over', [entries(5, 9)], 'trace has a gap: of 9 entries ftrace had kept 5'],
  ['lines that are missing', [entries(2), device], 'trace has a gap: ftrace had 2 entries, and 1 are there'],
  [
    'probes of others',
    ['  a-1 [000] ..... 10: w_dup: (__swap_duplicate+0xde/0x200) old=64'],
    'trace has 1 events of ftrace, and none of them is of a probe',
  ],
  ['another file', ['{not json', 'hello'], 'trace is no recording: line 1 is neither an event of ftrace nor JSON: {not json'],
])('refuses %s', (_, lines, message) => expect(() => read(...lines)).toThrow(message))
