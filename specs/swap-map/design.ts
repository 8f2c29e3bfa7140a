/** What the comparison of designs says of the swap of v6.14. */
import { known } from '../../checker/index.js'
import { alone, type Design, holders, POINTER, ptesOf } from '../comparison/design.js'
import type { State } from './state.js'
import { fault, fork, mapped, reclaim, swap_map, swapoff, swappedOut, watchDevices, zap } from './swap-map.js'

/** Page i is in slot i. */
function out(s: State, held: readonly number[]): void {
  for (const [i, count] of held.entries()) {
    const entry = known(s.swap_map.ids[i] ?? 0)
    s.swap_map[entry].count = count
    s.medium[entry] = 1
  }
  for (const [i, page] of holders(held).entries()) {
    const [pte, entry] = [known(s.pte.ids[i] ?? 0), known(s.swap_map.ids[page] ?? 0)]
    Object.assign(s.pte[pte], { kind: 'swap', entry, exclusive: held[page] === 1, stored: 1 })
  }
  watchDevices(s)
}

const one = (s: State) => swappedOut(s, 1)

export const design: Design = {
  name: 'swap-map',
  spec: 'swap-map',
  index: { swapper_space: 'swap cache', swap_map: 'swap_map', zswap_tree: 'zswap tree' },
  alone: {
    fault: alone(swap_map, fault({ pte: 1, write: false }), one),
    zap: alone(swap_map, zap({ pte: 1 }), one),
    fork: alone(swap_map, fork({ src_pte: 1, dst_pte: 2 }), one, { pte: 2 }),
    reclaim: alone(swap_map, reclaim({}), (s) => mapped(s, known(s.pte.ids[0] ?? 0), known(s.folio.ids[0] ?? 0))),
  },
  swapoff(held, others) {
    const { length } = held
    return alone(swap_map, swapoff({ type: 1 }), (s) => out(s, held), { pte: ptesOf(held, others), entry: length, folio: length + 1 })
  },
  swapoffWalks: 'every page table; what is in none of them is one step of the model, however much it is',
  perPage: [
    {
      fields: ['swap_map[].count', 'swap_map[].SWAP_HAS_CACHE'],
      bits: 8,
      why: 'a byte of swap_map, of every slot of the device, used or not',
    },
    { fields: ['swapper_space[]'], bits: POINTER, why: 'a word of the swap cache, for the shadow, which the model leaves out' },
    { fields: ['swap_cgroup[]'], bits: 16, why: 'the id of the memcg, of every slot of the device, used or not' },
    { fields: ['zswap_tree[]'], bits: 0, why: 'nothing in the zswap tree while the page is on the device' },
  ],
  together: [
    'pin the entry before a direct read',
    'put SWAP_HAS_CACHE after removal from the swap cache',
    'hold the device of an entry that is faulted on',
    'look at SWP_WRITEOK again once the cluster is locked',
  ],
}
