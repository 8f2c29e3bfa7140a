/** What the comparison of designs says of the virtual swap space. */
import { known, process } from '../../checker/index.js'
import { alone, type Design, holders, POINTER, ptesOf } from '../comparison/design.js'
import { watched } from './scenarios/watched-device.js'
import { type State, SWAP_COUNT_INC } from './state.js'
import { swapoff as swapoff_syscall } from './swapoff.js'
import { fault, fork, mapped, reclaim, swappedOut, vswap, zap } from './vswap.js'

/** Page i is in slot i, of descriptor i. */
function out(s: State, held: readonly number[]): void {
  for (const [i, count] of held.entries()) {
    const [entry, desc, slot] = [known(s.vswap_map.ids[i] ?? 0), known(s.desc.ids[i] ?? 0), known(s.swap_map.ids[i] ?? 0)]
    s.vswap_map[entry] = desc
    s.vswap_rmap[slot] = entry
    Object.assign(s.desc[desc], { life: 'live', slot, swap_refs: count * SWAP_COUNT_INC })
    s.swap_map[slot] = 'SWAP_MAP_ALLOCATED'
    s.medium[slot] = 1
  }
  for (const [i, page] of holders(held).entries()) {
    const [pte, entry] = [known(s.pte.ids[i] ?? 0), known(s.vswap_map.ids[page] ?? 0)]
    Object.assign(s.pte[pte], { kind: 'swap', entry, exclusive: held[page] === 1, stored: 1 })
  }
}

const swapoff = process('swapoff', swapoff_syscall)
const one = (s: State) => swappedOut(s, 1)

export const design: Design = {
  name: 'vswap',
  spec: 'vswap',
  index: { vswap_map: 'xarray of descriptors', swapper_space: 'swap cache', zswap_tree: 'zswap tree', vswap_rmap: 'reverse map' },
  alone: {
    fault: alone(vswap, fault({ pte: 1, write: false }), one),
    zap: alone(vswap, zap({ pte: 1 }), one),
    fork: alone(vswap, fork({ src_pte: 1, dst_pte: 2 }), one, { pte: 2 }),
    reclaim: alone(vswap, reclaim({}), mapped),
  },
  swapoff(held, others) {
    const { length } = held
    const bounds = { pte: ptesOf(held, others), entry: length, desc: length, slot: length, folio: length + 1 }
    return alone(
      vswap,
      swapoff({ type: 1, again: false }),
      watched((s) => out(s, held)),
      bounds,
    )
  },
  swapoffWalks: 'the slots of the device, by the reverse map',
  perPage: [
    { fields: ['vswap_map[]'], bits: POINTER, why: 'a word of the xarray' },
    {
      fields: ['desc[].type', 'desc[].slot', 'desc[].folio', 'desc[].zswap_entry', 'desc[].lock', 'desc[].swap_refs'],
      bits: 384,
      why: 'a descriptor: 48 bytes, as the thread of the RFC says',
    },
    { fields: ['vswap_rmap[]'], bits: POINTER, why: 'a word of the reverse map, where there is a slot' },
    { fields: ['swapper_space[]'], bits: POINTER, why: 'a word of the swap cache, for the shadow, which the model leaves out' },
    { fields: ['zswap_tree[]'], bits: 0, why: 'nothing in the zswap tree while the page is on the device' },
    { fields: ['swap_map[]'], bits: 8, why: 'a byte of swap_map, of every slot of the device, used or not' },
  ],
  together: [
    'atomic_try_cmpxchg in swapcache_prepare',
    'drop and test the swap count in one access',
    'put the swap cache pin after removal from the swap cache',
    'release the backing before the virtual slot is erased',
    'erase the reverse mapping with the backing',
  ],
}
