/** What the comparison of designs says of the descriptors of 2023. */
import { known } from '../../checker/index.js'
import { ATOMIC, alone, type Design, holders, POINTER, ptesOf } from '../comparison/design.js'
import type { State } from './state.js'
import { fault, fork, mapped, reclaim, swapDesc, swapoff, swappedOut, zap } from './swap-desc.js'

/** Page i is in slot i, and of descriptor i. */
function out(s: State, held: readonly number[]): void {
  s.SWP_WRITEOK = true
  for (const [i, swap_count] of held.entries()) {
    const [entry, desc, slot] = [known(s.swap_descs.ids[i] ?? 0), known(s.desc.ids[i] ?? 0), known(s.swap_map.ids[i] ?? 0)]
    s.swap_descs[entry] = desc
    Object.assign(s.desc[desc], { life: 'live', swap_count, type: 'slot', slot })
    s.swap_map[slot] = 'allocated'
    s.medium[slot] = 1
  }
  for (const [i, page] of holders(held).entries()) {
    Object.assign(s.pte[known(s.pte.ids[i] ?? 0)], { kind: 'swap', entry: s.swap_descs.ids[page], stored: 1 })
  }
}

const one = (s: State) => swappedOut(s, 1)

export const design: Design = {
  name: 'swap-desc',
  spec: 'swap-desc',
  index: { swap_descs: 'xarray of descriptors' },
  alone: {
    fault: alone(swapDesc, fault({ pte: 1, write: false }), one),
    zap: alone(swapDesc, zap({ pte: 1 }), one),
    fork: alone(swapDesc, fork({ src_pte: 1, dst_pte: 2 }), one, { pte: 2 }),
    reclaim: alone(swapDesc, reclaim({}), (s) => mapped(s, 1)),
  },
  swapoff(held, others) {
    const { length } = held
    const bounds = { pte: ptesOf(held, others), entry: length, desc: length, slot: length, folio: length + 1 }
    return alone(swapDesc, swapoff({}), (s) => out(s, held), bounds)
  },
  swapoffWalks: 'the descriptors',
  perPage: [
    { fields: ['swap_descs[]'], bits: POINTER, why: 'a word of the xarray' },
    { fields: ['desc[].type', 'desc[].slot', 'desc[].zswap_entry'], bits: POINTER, why: 'the backing: a pointer with its kind in it' },
    { fields: ['desc[].folio'], bits: POINTER, why: 'the swap cache: a pointer' },
    { fields: ['desc[].swap_count'], bits: ATOMIC, why: 'the swap count' },
    {
      fields: [],
      bits: ATOMIC,
      why: 'the lock of the descriptor: each critical section is one step, so that it has no place in the state',
    },
    { fields: ['swap_map[]'], bits: 1, why: 'is the slot free: the count is elsewhere' },
  ],
  together: [
    'take the reference to the folio under the lock of the descriptor',
    'look at the swap cache again before a folio goes into it',
    'freeze and leave the swap cache under one lock',
    'look at the count as the folio leaves the swap cache',
  ],
}
