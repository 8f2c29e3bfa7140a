/** mm/swapfile.c: how many counts an entry has. */
import { blocked, bool, int, ret } from '../../checker/index.js'
import { spin_is_locked } from '../kernel/spinlock.js'
import { swp_entry_nth } from './folio.js'
import { Entry, Nr, procedure, SWAP_MAP_SHMEM } from './state.js'
import { touch_device } from './swap-device.js'

const count = int(0, SWAP_MAP_SHMEM)

/** swap_swapcount(si, entry): under ci->lock. */
export const swap_swapcount = procedure(
  'swap_swapcount',
  { args: { entry: Entry }, returns: count },
  {
    /** ci = lock_cluster(si, offset); count = swap_count(si->swap_map[offset]); unlock_cluster(ci); */
    swap_count(s, me) {
      if (spin_is_locked(s.ci_lock)) return blocked
      touch_device(s, me.entry)
      return ret(s.swap_map[me.entry].count)
    },
  },
)

/** folio_swapped(folio), given folio->swap and how many pages it has: does anything but the swap cache hold one of its entries? */
export const folio_swapped = procedure(
  'folio_swapped',
  { args: { entry: Entry, nr: Nr }, returns: bool },
  {
    /** swap_swapcount(si, entry) != 0, or of a large folio swap_page_trans_huge_swapped(si, entry, order); one step under ci->lock */
    swap_count(s, me) {
      if (spin_is_locked(s.ci_lock)) return blocked
      touch_device(s, me.entry)
      for (let i = 0; i < me.nr; i++) if (s.swap_map[swp_entry_nth(s, me.entry, i)].count > 0) return ret(true)
      return ret(false)
    },
  },
)
