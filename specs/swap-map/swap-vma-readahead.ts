/** mm/swap_state.c: swap_vma_readahead(): a fault reads the pages next to its own, whose entries may be on another device. */
import { bool, call, known, ref, ret } from '../../checker/index.js'
import { folio_put, held } from './folio.js'
import { swap_read_folio } from './page-io.js'
import { __read_swap_cache_async } from './read-swap-cache.js'
import { Entry, Folios, guard, Pte, procedure } from './state.js'
import { get_swap_device, put_swap_device } from './swap-device.js'

/** Down to the read of one neighbour; then the fault gives up. */
export const swap_vma_readahead = procedure(
  'swap_vma_readahead',
  {
    args: { pte: Pte, neighbour: Pte },
    locals: { targ_entry: ref(Entry), entry: ref(Entry), si: bool, folio: ref(Folios) },
    calls: [__read_swap_cache_async, swap_read_folio],
  },
  {
    /** do_swap_page(): si = get_swap_device(entry); … swapin_readahead(entry, GFP_HIGHUSER_MOVABLE, vmf); */
    do_swap_page(s, me) {
      const { kind, entry } = s.pte[me.pte]
      if (kind !== 'swap' || !get_swap_device(s, known(entry))) return ret()
      me.targ_entry = entry
      return 'pte'
    },
    /** pte = ptep_get_lockless(pte); if (!is_swap_pte(pentry)) continue; entry = pte_to_swp_entry(pentry); */
    pte(s, me) {
      const { kind, entry } = s.pte[me.neighbour]
      if (kind !== 'swap') return 'put_swap_device'
      me.entry = entry
      return 'get_swap_device'
    },
    /** if (swp_type(entry) != swp_type(targ_entry)) { si = get_swap_device(entry); if (!si) continue; } */
    get_swap_device(s, me) {
      if (!guard('hold the device of an entry that is read ahead')) return '__read_swap_cache_async'
      me.si = get_swap_device(s, known(me.entry))
      return me.si ? '__read_swap_cache_async' : 'put_swap_device'
    },
    /** folio = __read_swap_cache_async(entry, gfp_mask, mpol, ilx, &page_allocated, false); since 6.16 its caller holds the device */
    __read_swap_cache_async(_, me) {
      return call(
        __read_swap_cache_async,
        { entry: known(me.entry), si_held: true, skip_if_exists: false },
        'put_swap_device_of_entry',
        'folio',
      )
    },
    /** if (si) put_swap_device(si); if (!folio) continue; */
    put_swap_device_of_entry(s, me) {
      if (me.si) put_swap_device(s, me.entry)
      return me.folio === 0 ? 'put_swap_device' : 'page_allocated'
    },
    /** if (page_allocated) swap_read_folio(folio, &splug); the folio, which is locked in the swap cache, keeps the device */
    page_allocated(s, me) {
      if (held(s, me.folio).locked_by !== me.self) return 'folio_put'
      return call(swap_read_folio, { folio: known(me.folio), entry: known(me.entry) }, 'folio_put')
    },
    /** folio_put(folio); */
    folio_put(s, me) {
      folio_put(s, me.folio)
      return 'put_swap_device'
    },
    /** do_swap_page(): if (si) put_swap_device(si); */
    put_swap_device(s, me) {
      put_swap_device(s, me.targ_entry)
      return ret()
    },
  },
)
