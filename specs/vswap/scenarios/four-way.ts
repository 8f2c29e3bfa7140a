/** Four processes on one page, with a second entry and a second slot for it to be taken out to. A large state: what the engine is measured on. */
import { scenario } from '../../../checker/index.js'
import { fault, reclaim, swappedOut, vswap, zap } from '../vswap.js'
import { asynchronous, asynchronousWrite, pinned, slotsSuffice, stillSwapped, swapfileOnly } from './unreachable.js'

export const scenarios = [
  scenario(vswap, {
    name: 'fault-fault-reclaim-zap',
    title: 'Two owners of the entry fault, and one of them unmaps, while reclaim takes the page out again',
    set: 'nightly',
    run: [fault({ pte: 1, write: false }), fault({ pte: 2, write: true }), reclaim({}), zap({ pte: 1 })],
    init: (s) => swappedOut(s, 2),
    bounds: { entry: 2, desc: 3, slot: 2, folio: 3, pte: 2 },
    unreachable: {
      ...asynchronous,
      ...asynchronousWrite,
      ...pinned,
      ...slotsSuffice,
      ...stillSwapped,
      ...swapfileOnly('fault', 'reclaim', 'zap'),
      'where reclaim releases the backing of an entry it is no physical slot': [
        'reclaim/release_backing.xa_erase',
        'reclaim/release_backing.swap_slot_tryget_swap_info',
        'reclaim/release_backing.swap_slot_free_nr',
        'reclaim/release_backing.swap_slot_put_swap_info',
      ],
      'the other PTE or the swap cache holds the entry': ['zap/vswap_free_nr_any_cache_only.rcu_read_unlock'],
    },
    expect: { verdict: 'holds', distinct: 36_262_659, generated: 147_820_969, depth: 320 },
  }),
]
