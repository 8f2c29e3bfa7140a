/** What the comparison of designs says of tiers. */
import { known } from '../../checker/index.js'
import { ATOMIC, alone, type Design, holders, POINTER, ptesOf } from '../comparison/design.js'
import { write_slot } from './slots.js'
import type { State } from './state.js'
import { fault, fork, mapped, reclaim, swap_tiers_now, swappedOut, tiering, tiers, zap } from './tiering.js'

/** Every slot is the device's; page i is in slot i, of virtual slot i. */
function out(s: State, held: readonly number[]): void {
  tiers(s, 0)
  s.migration = 'now'
  for (const [i, swap_count] of held.entries()) {
    const [entry, slot] = [known(s.vswap_map.ids[i] ?? 0), known(s.slot.ids[i] ?? 0)]
    const half = known(s.slot[slot].data.ids[0] ?? 0)
    Object.assign(s.vswap_map[entry], { swap_count, slot, half, compressed: false, memcg: s.memcg.ids[0] })
    s.slot[slot].users = 1
    write_slot(s, { slot, half, compressed: false }, 1)
  }
  for (const [i, page] of holders(held).entries()) {
    Object.assign(s.pte[known(s.pte.ids[i] ?? 0)], { kind: 'swap', entry: s.vswap_map.ids[page], stored: 1 })
  }
}

function variant(name: string, transfer: State['transfer'], together: readonly string[]): Design {
  const on = (init: (s: State) => void) => (s: State) => {
    tiers(s, 0)
    init(s)
    s.transfer = transfer
  }
  const one = on((s) => swappedOut(s, 1, 0))
  return {
    name,
    spec: 'tiering',
    index: { vswap_map: 'xarray, with its descriptors' },
    alone: {
      fault: alone(tiering, fault({ pte: 1, write: false }), one),
      zap: alone(tiering, zap({ pte: 1 }), one),
      fork: alone(tiering, fork({ src_pte: 1, dst_pte: 2 }), one, { pte: 2 }),
      reclaim: alone(tiering, reclaim({ memcg: 1 }), on(mapped)),
    },
    swapoff(held, others) {
      const { length } = held
      const init = (s: State): void => {
        out(s, held)
        s.transfer = transfer
      }
      return alone(tiering, swap_tiers_now({ memcg: 1, tier: 2 }), init, {
        pte: ptesOf(held, others),
        entry: length,
        slot: length,
        folio: length + 1,
      })
    },
    swapoffProperties: { clean: 'TierEmptied', ends: 'ChangeTerminates' },
    swapoffWalks: 'the descriptors: a tier is taken from a cgroup, and it is told when no page of its is there',
    perPage: [
      { fields: ['vswap_map[]'], bits: POINTER, why: 'a word of the xarray' },
      {
        fields: ['vswap_map[].slot', 'vswap_map[].half', 'vswap_map[].compressed'],
        bits: POINTER,
        why: 'where the copy is, and in which form',
      },
      { fields: ['vswap_map[].folio'], bits: POINTER, why: 'the swap cache: a pointer' },
      { fields: ['vswap_map[].swap_count', 'vswap_map[].moving'], bits: ATOMIC, why: 'the swap count, with the bit lock in it' },
      {
        fields: [],
        bits: ATOMIC,
        why: 'the lock of the descriptor: each critical section is one step, so that it has no place in the state',
      },
      { fields: ['vswap_map[].memcg'], bits: 16, why: 'the id of the memcg' },
      { fields: ['slot[].users'], bits: 8, why: 'a byte of swap_map: how many pages share the slot' },
    ],
    together,
  }
}

const common = ['release the old copy as the new one takes its place', 'look at the configuration again as a page lands'] as const

export const bySwapCache = variant('tiering, by the swap cache', 'swap_cache', [...common, 'give way to a folio that is in the swap cache'])
export const byLock = variant('tiering, by a bit lock', 'lock', [
  ...common,
  'mark the page as being moved',
  'look at the count as the move ends',
])
