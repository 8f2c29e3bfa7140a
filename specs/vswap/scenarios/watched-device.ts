/** Where a scenario starts whose swap devices may be taken away. */
import { type Id, known } from '../../../checker/index.js'
import type { State } from '../state.js'
import { swp_slot_type } from '../swap-slot.js'

/** The devices are switched on, and somebody may take them away. */
export function watched(start: (s: State) => void, synchronous = false): (s: State) => void {
  return (s) => {
    s.SWP_SYNCHRONOUS_IO = synchronous
    start(s)
    for (const type of s.swap_info.ids) {
      const si = s.swap_info[type]
      const inuse_pages = s.swap_map.ids.filter(
        (slot) => s.swap_map[slot] === 'SWAP_MAP_ALLOCATED' && swp_slot_type(s, slot) === type,
      ).length
      Object.assign(si, { life: 'live', SWP_WRITEOK: true, avail: true, inuse_pages })
      si.users.live = true
    }
    Object.assign(s.device, { watched: true, swap_slot_cache_enabled: true })
  }
}

/** The same of two devices: slot 1 is on the first, and slot 2 on the second. */
export const onTwoDevices = (start: (s: State) => void, synchronous = false): ((s: State) => void) =>
  watched((s) => {
    s.swp_slot_type[second(s.swap_map.ids)] = second(s.swap_info.ids)
    start(s)
  }, synchronous)

function second<N extends string>(ids: readonly Id<N>[]): Id<N> {
  return known(ids[1] ?? 0)
}
