/**
 * mm/page_io.c: writing a page out (v6.14 with patch 12).
 *
 * Left out: the plug and the batching of I/O. A write is one completion later, which may be a failure (`write-error.ts`); on a
 * SWP_SYNCHRONOUS_IO device, too, others run while it is on its way.
 */
import { blocked, bool, call, type Id, known, oneOf, ref, ret } from '../../checker/index.js'
import { folio_unlock } from '../kernel/folio-lock.js'
import { vswap_alloc_swap_slot } from './alloc-swap-slot.js'
import { folio_nr_pages, folio_page, held } from './folio.js'
import { swap_zeromap_folio_set, vswap_store_folio } from './set-backing.js'
import { swp_entry_to_swp_slot } from './slot-lookup.js'
import { action, Folios, guard, procedure, Slot, type State } from './state.js'
import { is_synchronous, slot_nth, touch_device } from './swap-slot.js'
import { folio_free_swap } from './swap-state.js'
import { mem_cgroup_zswap_writeback_enabled } from './zswap-memcg.js'
import { zswap_store } from './zswap-store.js'

/** __swap_writepage(folio, wbc), which unlocks the folio. */
export const __swap_writepage = procedure(
  '__swap_writepage',
  { args: { folio: Folios }, locals: { slot: ref(Slot) }, calls: [swp_entry_to_swp_slot] },
  {
    /** bio->bi_iter.bi_sector = swap_folio_sector(folio), by swp_entry_to_swp_slot(folio->swap) */
    swap_folio_sector(s, me) {
      return call(swp_entry_to_swp_slot, { entry: known(held(s, me.folio).swap) }, 'folio_start_writeback', 'slot')
    },
    /** folio_start_writeback(folio); */
    folio_start_writeback(s, me) {
      held(s, me.folio).writeback = true
      return 'folio_unlock'
    },
    /** folio_unlock(folio); */
    folio_unlock(s, me) {
      folio_unlock(held(s, me.folio), me.self)
      return 'submit_bio'
    },
    /** submit_bio(bio); */
    submit_bio(s, me) {
      const { slot } = me
      touch_device(s, slot)
      held(s, me.folio).bio = slot
      me.slot = 0
      return is_synchronous(s, slot) ? 'submit_bio_wait' : ret()
    },
    /** on a synchronous device, submit_bio_wait(&bio); */
    submit_bio_wait(s, me) {
      return held(s, me.folio).writeback ? blocked : ret()
    },
  },
)

/** swap_writepage(page, wbc): what it returns. */
export const swap_writepage = procedure(
  'swap_writepage',
  {
    args: { folio: Folios },
    locals: { done: bool, slot: ref(Slot) },
    calls: [folio_free_swap, swap_zeromap_folio_set, vswap_store_folio, zswap_store, vswap_alloc_swap_slot, __swap_writepage],
    returns: oneOf('0', 'AOP_WRITEPAGE_ACTIVATE'),
  },
  {
    /** if (folio_free_swap(folio)) { */
    folio_free_swap(_, me) {
      return call(folio_free_swap, { folio: me.folio }, 'is_folio_zero_filled', 'done')
    },
    /**
     * folio_unlock(folio); return 0; } if (is_folio_zero_filled(folio)) swap_zeromap_folio_set(folio); else
     * swap_zeromap_folio_clear(folio): vswap_store_folio(folio->swap, folio); the folio is locked and unmapped
     */
    is_folio_zero_filled(s, me) {
      if (me.done) return 'folio_unlock'
      const folio = held(s, me.folio)
      const entry = known(folio.swap)
      if (is_folio_zero_filled(s, me.folio)) return call(swap_zeromap_folio_set, { entry, nr: folio_nr_pages(s, me.folio) }, 'folio_unlock')
      return call(vswap_store_folio, { entry, folio: me.folio, isMixed: false }, 'zswap_store')
    },
    /** if (zswap_store(folio)) */
    zswap_store(_, me) {
      return call(zswap_store, { folio: me.folio }, 'vswap_alloc_swap_slot', 'done')
    },
    /**
     * { folio_unlock(folio); return 0; } if (!mem_cgroup_zswap_writeback_enabled(folio_memcg(folio))) { folio_mark_dirty(folio); return
     * AOP_WRITEPAGE_ACTIVATE; } slot = vswap_alloc_swap_slot(folio);
     */
    vswap_alloc_swap_slot(s, me) {
      if (me.done) return 'folio_unlock'
      const isEnabled = mem_cgroup_zswap_writeback_enabled(s, s.folio_memcg[me.folio])
      if (!isEnabled && guard('look at zswap.writeback before a slot is allocated')) return 'folio_mark_dirty'
      return call(vswap_alloc_swap_slot, { folio: me.folio, entry: known(held(s, me.folio).swap) }, '__swap_writepage', 'slot')
    },
    /** if (!slot.val) …; __swap_writepage(folio, wbc); */
    __swap_writepage(_, me) {
      if (me.slot === 0) return 'folio_mark_dirty'
      me.slot = 0
      return call(__swap_writepage, { folio: me.folio }, 'written')
    },
    /** return 0; */
    written() {
      return ret('0')
    },
    /** folio_unlock(folio); return 0; */
    folio_unlock(s, me) {
      folio_unlock(held(s, me.folio), me.self)
      return ret('0')
    },
    /** folio_mark_dirty(folio); return AOP_WRITEPAGE_ACTIVATE; */
    folio_mark_dirty(s, me) {
      held(s, me.folio).dirty = true
      return ret('AOP_WRITEPAGE_ACTIVATE')
    },
  },
)

function is_folio_zero_filled(s: State, folio: Id<'folio'>): boolean {
  if (s.zeroes === 0) return false
  for (let n = folio_nr_pages(s, folio) - 1; n >= 0; n--) if (s.folio[folio_page(s, folio, n)].data !== s.zeroes) return false
  return true
}

/** end_swap_bio_write(): the device has taken the pages; folio_end_writeback(folio); */
export const end_swap_bio_write = action('end_swap_bio_write', {
  params: { id: Folios },
  guard: (s, { id }) => s.folio[id].writeback && s.folio[id].bio !== 0,
  effect(s, { id }) {
    const folio = s.folio[id]
    for (let n = folio_nr_pages(s, id) - 1; n >= 0; n--) {
      const slot = known(slot_nth(s, folio.bio, n))
      s.medium[slot] = s.badpages[slot] ? 0 : s.folio[folio_page(s, id, n)].data
    }
    folio.bio = 0
    folio.writeback = false
  },
})
