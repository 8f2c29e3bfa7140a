/**
 * mm/swap_state.c: swap_cluster_readahead() (v6.14 with patches 5, 10 and 12): a fault reads in what lies next to its own slot on the
 * device. Its own entry is read after that, which is in `do-swap-page.ts`.
 *
 * Left out: the size of the window (it is the whole device here), and the plug.
 */
import { assert, asserted, bool, call, nth, type Ref, ref, ret } from '../../checker/index.js'
import { xa_load } from '../kernel/xarray.js'
import { vswap_disk_backed } from './check-backing.js'
import { folio_put } from './folio.js'
import { read_swap_cache_async } from './read-swap-cache.js'
import { swp_entry_to_swp_slot } from './slot-lookup.js'
import { Entry, Folios, guard, procedure, Slot, type State } from './state.js'
import { swap_slot_tryget_swap_info, swp_slot_type, unlock_swapoff } from './swap-slot.js'

export const ReadaheadEnds = asserted('ReadaheadEnds', 'Readahead looks at no slot beyond the end of its device.')

export const swap_cluster_readahead = procedure(
  'swap_cluster_readahead',
  {
    args: { entry: Entry },
    locals: { slot: ref(Slot), si: ref(Slot), offset: ref(Slot), folio: ref(Folios) },
    calls: [swp_entry_to_swp_slot, read_swap_cache_async],
  },
  {
    /** swp_slot_t slot = swp_entry_to_swp_slot(entry); */
    swp_entry_to_swp_slot(_, me) {
      return call(swp_entry_to_swp_slot, { entry: me.entry }, 'start_offset', 'slot')
    },
    /**
     * if (!slot.val) goto skip; … if (end_offset >= si->max) end_offset = si->max - 1; for (offset = start_offset; offset <= end_offset ;
     * offset++); si = swap_slot_swap_info(slot) is not held. Not in the RFC: si = swap_slot_tryget_swap_info(slot); if (!si) goto skip; which
     * keeps si->max
     */
    start_offset(s, me) {
      const isHeld = guard('hold the device whose slots are read ahead')
      me.si = isHeld ? swap_slot_tryget_swap_info(s, me.slot) : 0
      if (me.slot === 0 || (isHeld && me.si === 0)) return ret()
      assert(has_max(s, me.slot), 'si->max is 0: the loop goes on to UINT_MAX', ReadaheadEnds)
      me.offset = s.swap_map.ids[0] ?? 0
      return 'swp_slot_to_swp_entry'
    },
    /** folio = __read_swap_cache_async(swp_slot_to_swp_entry(swp_slot(swp_slot_type(slot), offset)), …); no entry is 0, which nobody references; and after the last, if it is held, swap_slot_put_swap_info(si) */
    swp_slot_to_swp_entry(s, me) {
      if (me.offset === 0) {
        unlock_swapoff(s, me.si)
        return ret()
      }
      const entry = me.offset === me.slot ? 0 : xa_load(s.vswap_rmap, me.offset)
      return entry === 0 ? 'next' : call(read_swap_cache_async, { entry }, 'folio_put', 'folio')
    },
    /** if (!folio) continue; if (page_allocated) swap_read_folio(folio, &splug); … folio_put(folio); */
    folio_put(s, me) {
      if (me.folio !== 0) folio_put(s, me.folio)
      me.folio = 0
      return 'next'
    },
    next(s, me) {
      me.offset = me.offset === 0 ? 0 : nth(s.swap_map.ids, me.offset, 1)
      return 'swp_slot_to_swp_entry'
    },
  },
)

/** swapoff() has not set p->max to 0. */
function has_max(s: State, slot: Ref<'slot'>): boolean {
  return !s.device.watched || s.swap_info[swp_slot_type(s, slot)].life === 'live'
}

/** do_swap_page() as far as readahead goes, where devices may be taken away: it holds the one that it found first. */
export const swapin_readahead = procedure(
  'swapin_readahead',
  {
    args: { entry: Entry },
    locals: { si: ref(Slot), disk_backed: bool },
    calls: [swp_entry_to_swp_slot, vswap_disk_backed, swap_cluster_readahead],
  },
  {
    /** swapoff_locked = trylock_swapoff(entry, &si): swp_slot_t slot = swp_entry_to_swp_slot(entry); */
    trylock_swapoff(_, me) {
      return call(swp_entry_to_swp_slot, { entry: me.entry }, 'vswap_disk_backed', 'si')
    },
    /** if (vswap_disk_backed(entry, 1)) */
    vswap_disk_backed(_, me) {
      return call(vswap_disk_backed, { entry: me.entry, nr: 1 }, 'swap_slot_tryget_swap_info', 'disk_backed')
    },
    /** *si = swap_slot_tryget_swap_info(slot); else *si = NULL; … folio = swapin_readahead(entry, GFP_HIGHUSER_MOVABLE, vmf); */
    swap_slot_tryget_swap_info(s, me) {
      me.si = me.disk_backed ? swap_slot_tryget_swap_info(s, me.si) : 0
      me.disk_backed = false
      return call(swap_cluster_readahead, { entry: me.entry }, 'unlock_swapoff')
    },
    /** unlock_swapoff(entry, si); */
    unlock_swapoff(s, me) {
      unlock_swapoff(s, me.si)
      return ret()
    },
  },
)
