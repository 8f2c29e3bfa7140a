/** Where a scenario starts whose swap device may be taken away. */
import type { State } from './state.js'

/** The device is switched on, and somebody may take it away. */
export function watched(start: (s: State) => void, synchronous = false): (s: State) => void {
  return (s) => {
    s.SWP_SYNCHRONOUS_IO = synchronous
    start(s)
    const inuse_pages = s.swap_map.ids.filter((slot) => s.swap_map[slot] !== '0').length
    Object.assign(s.device, { watched: true, life: 'live', SWP_WRITEOK: true, avail: true, inuse_pages, swap_slot_cache_enabled: true })
    s.device.users.live = true
  }
}
