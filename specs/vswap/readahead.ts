/**
 * mm/swap_state.c: swap_cluster_readahead() (v6.14 with patches 5, 10 and 12): a fault reads in what lies next to its own slot on the
 * device. Its own entry is read after that, which is in `do-swap-page.ts`.
 *
 * Left out: the size of the window (it is the whole device here), and the plug. swap_vma_readahead() takes its entries from PTEs that it does
 * not lock; from there on it is the same.
 */
import { call, nth, ref, ret } from '../../checker/index.js'
import { xa_load } from '../kernel/xarray.js'
import { folio_put } from './folio.js'
import { read_swap_cache_async } from './read-swap-cache.js'
import { swp_entry_to_swp_slot } from './slot-lookup.js'
import { Entry, Folios, procedure, Slot } from './state.js'

export const swap_cluster_readahead = procedure(
  'swap_cluster_readahead',
  {
    args: { entry: Entry },
    locals: { slot: ref(Slot), offset: ref(Slot), folio: ref(Folios) },
    calls: [swp_entry_to_swp_slot, read_swap_cache_async],
  },
  {
    /** swp_slot_t slot = swp_entry_to_swp_slot(entry); */
    swp_entry_to_swp_slot(_, me) {
      return call(swp_entry_to_swp_slot, { entry: me.entry }, 'start_offset', 'slot')
    },
    /** if (!slot.val) goto skip; … for (offset = start_offset; offset <= end_offset ; offset++) */
    start_offset(s, me) {
      if (me.slot === 0) return ret()
      me.offset = s.swap_map.ids[0] ?? 0
      return 'swp_slot_to_swp_entry'
    },
    /** folio = __read_swap_cache_async(swp_slot_to_swp_entry(swp_slot(swp_slot_type(slot), offset)), …); no entry is 0, which nobody references */
    swp_slot_to_swp_entry(s, me) {
      if (me.offset === 0) return ret()
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
