/** Three processes on one entry: what two of them do, with a third in between. */
import { type Scenario, scenario } from '../../checker/index.js'
import type { Pair } from './pairs.js'
import { asynchronous, entryIsRead, nobodyElseFaults, noRead, onlyDirectReads, pinned, slotsSuffice, stillSwapped } from './unreachable.js'
import { fault, fork, mapped, mappedTwice, reclaim, swappedOut, vswap, zap } from './vswap.js'

const threes: Readonly<Record<string, Pair>> = {
  'fault-fault-reclaim': {
    title: 'Two threads fault on one PTE while reclaim takes the page out again',
    run: [fault({ pte: 1, write: false }), fault({ pte: 1, write: true }), reclaim({})],
    init: (s) => swappedOut(s, 1),
    unreachable: { ...asynchronous, ...pinned, ...slotsSuffice, ...stillSwapped },
    counts: [422_593, 1_292_372, 201],
  },
  'fault-reclaim-zap': {
    title: 'A page is written to, taken out and unmapped',
    run: [fault({ pte: 1, write: true }), reclaim({}), zap({ pte: 1 })],
    init: mapped,
    unreachable: { ...asynchronous, ...pinned, ...slotsSuffice },
    counts: [30_316, 85_165, 126],
  },
  'direct-reclaim-zap': {
    title: 'A page is written to, taken out and unmapped; the device is synchronous',
    run: [fault({ pte: 1, write: true }), reclaim({}), zap({ pte: 1 })],
    init(s) {
      s.SWP_SYNCHRONOUS_IO = true
      mapped(s)
    },
    unreachable: {
      ...pinned,
      ...slotsSuffice,
      ...onlyDirectReads,
    },
    counts: [29_908, 83_833, 104],
  },
  'fork-reclaim-fault': {
    title: 'The child of a fork faults while reclaim takes the page out of both',
    run: [fork({ src_pte: 1, dst_pte: 2 }), reclaim({}), fault({ pte: 2, write: false })],
    init: mapped,
    bounds: { pte: 2 },
    unreachable: {
      ...asynchronous,
      ...pinned,
      ...slotsSuffice,
      ...stillSwapped,
      ...nobodyElseFaults,
      "the parent's PTE holds the entry to the end": [
        'rcu_do_batch',
        'fault/folio_free_swap.*',
        'fault/folio_swapped.*',
        'fault/swapcache_clear.*',
        'fault/vswap_free.*',
      ],
      ...entryIsRead,
    },
    counts: [2_787, 6_338, 105],
  },
  'zap-zap-reclaim': {
    title: 'Both owners of a shared page unmap it while reclaim takes it out',
    run: [zap({ pte: 1 }), zap({ pte: 2 }), reclaim({})],
    init: mappedTwice,
    bounds: { pte: 2 },
    unreachable: { ...noRead, ...slotsSuffice },
    counts: [31_220, 89_452, 101],
  },
}

export const scenarios: readonly Scenario[] = Object.entries(threes).map(([name, { counts, ...three }]) => {
  const [distinct, generated, depth] = counts
  return scenario(vswap, { name, ...three, expect: { verdict: 'holds', distinct, generated, depth } })
})
