/** mm/memory.c: a device that needs a page to stay as it is while it is written, SWP_STABLE_WRITES (v6.14 with patch 12). */
import { assert, asserted, oneOf, type Ref } from '../../checker/index.js'
import { type Folio, guard, type State } from './state.js'
import { swap_slot_tryget_swap_info, unlock_swapoff } from './swap-slot.js'

export const StableWrites = asserted(
  'StableWrites',
  'Nobody writes to a page that is on its way to a device that needs it to stay as it is.',
)

/** Stands where user space stores to the page. */
export function assert_stable(s: State, folio: Folio): void {
  assert(!s.SWP_STABLE_WRITES || !folio.writeback, 'a page under writeback to a device with SWP_STABLE_WRITES is written to', StableWrites)
}

/** How far do_swap_page() is with its look at the device: it has the slot, it holds the device, or that is over. */
export const stable_state = oneOf('none', 'slot', 'held', 'over')

interface Locals {
  stable: 'none' | 'slot' | 'held' | 'over'
  stable_si: Ref<'slot'>
  exclusive: boolean
  readonly swapcache: boolean
}

/** else if (exclusive && folio_test_writeback(folio)), of a folio in the swap cache */
export function isUnstable(s: State, folio: Folio, { exclusive, swapcache }: Locals): boolean {
  return s.SWP_STABLE_WRITES && swapcache && exclusive && folio.writeback
}

/** stable_si = vswap_get_device(entry); … swap_slot_put_swap_info(stable_si); the next access of that; false when it is over. */
export function vswap_get_device(s: State, me: Locals): boolean {
  if (me.stable === 'slot') {
    const again = guard('look the device up again once the folio is locked')
    if (again) me.stable_si = swap_slot_tryget_swap_info(s, me.stable_si)
    me.stable = 'held'
    return true
  }
  if (me.stable_si !== 0 && guard('drop exclusivity under writeback to a device that needs stable pages')) me.exclusive = false
  if (guard('look the device up again once the folio is locked')) unlock_swapoff(s, me.stable_si)
  me.stable = 'over'
  me.stable_si = 0
  return false
}
