/** mm/page_io.c: reading a page back (v6.14 with patches 12 and 18). */
import { assert, bool, call, type Id, oneOf, type Ref, ref, ret } from '../../checker/index.js'
import { folio_end_read, folio_lock_to_io, folio_unlock } from '../kernel/folio-lock.js'
import { swap_zeromap_batch } from './check-backing.js'
import { folio_nr_pages, folio_page, held } from './folio.js'
import { swp_entry_to_swp_slot } from './slot-lookup.js'
import { action, Entry, Folios, procedure, Slot, type State } from './state.js'
import { swap_read_folio_fs } from './swap-plug.js'
import { is_synchronous, slot_nth, touch_device } from './swap-slot.js'
import { WarnNever } from './warn-never.js'
import { zswap_load } from './zswap-load.js'

/** swap_read_folio(folio, plug), of a locked folio whose swap is `entry`. It unlocks the folio, or the end of the read does. */
export const swap_read_folio = procedure(
  'swap_read_folio',
  {
    args: { folio: Folios, entry: Entry },
    locals: { is_zeromap: oneOf('none', 'zero', 'part'), done: bool, slot: ref(Slot) },
    calls: [swap_zeromap_batch, zswap_load, swp_entry_to_swp_slot],
  },
  {
    /** swap_read_folio_zeromap(folio): nr_pages = swap_zeromap_batch(folio->swap, nr_pages, &is_zeromap) */
    swap_read_folio_zeromap(s, me) {
      const folio = held(s, me.folio)
      assert(folio.PG_locked, 'VM_BUG_ON_FOLIO(!folio_test_locked(folio), folio)', WarnNever)
      assert(!folio.uptodate, 'VM_BUG_ON_FOLIO(folio_test_uptodate(folio), folio)', WarnNever)
      return call(swap_zeromap_batch, { entry: me.entry, nr: folio_nr_pages(s, me.folio) }, 'folio_zero_range', 'is_zeromap')
    },
    /**
     * if (WARN_ON_ONCE(… != nr_pages)) return true; if (!is_zeromap) return false; folio_zero_range(folio, 0, folio_size(folio));
     * folio_mark_uptodate(folio); return true; a page whose entry is gone, which ends in SIGBUS, is read on here
     */
    folio_zero_range(s, me) {
      const { is_zeromap } = me
      me.is_zeromap = 'none'
      const isPart = is_zeromap === 'part' && folio_nr_pages(s, me.folio) > 1
      assert(!isPart, 'WARN_ON_ONCE(swap_zeromap_batch(folio->swap, nr_pages, &is_zeromap) != nr_pages)', WarnNever)
      if (is_zeromap !== 'zero') return call(zswap_load, { folio: me.folio, swp: me.entry }, 'zswap_loaded', 'done')
      for (let n = folio_nr_pages(s, me.folio) - 1; n >= 0; n--) s.folio[folio_page(s, me.folio, n)].data = s.zeroes
      held(s, me.folio).uptodate = true
      return 'folio_unlock'
    },
    /** else if (zswap_load(folio)) { … } sis = swap_slot_swap_info(swp_entry_to_swp_slot(folio->swap)); …bi_sector likewise */
    zswap_loaded(_, me) {
      return me.done ? 'folio_unlock' : call(swp_entry_to_swp_slot, { entry: me.entry }, 'submit_bio', 'slot')
    },
    /** folio_unlock(folio); goto finish; */
    folio_unlock(s, me) {
      folio_unlock(held(s, me.folio), me.self)
      return ret()
    },
    /**
     * VM_BUG_ON_FOLIO(!folio_test_swapcache(folio) && !synchronous, folio); … submit_bio(bio); the device answers when it will, and unlocks the folio. Past the swap cache, submit_bio_wait(&bio);
     * __end_swap_bio_read(&bio): if (!bio->bi_status) folio_mark_uptodate(folio); folio_unlock(folio); slot 0 holds the device's header
     */
    submit_bio(s, me) {
      const folio = held(s, me.folio)
      touch_device(s, me.slot)
      assert(
        folio.swapcache || me.slot === 0 || is_synchronous(s, me.slot),
        'VM_BUG_ON_FOLIO(!folio_test_swapcache(folio) && !synchronous, folio)',
        WarnNever,
      )
      folio.reading = !swap_read_folio_fs(s, me.self)
      folio.bio = me.slot
      folio_lock_to_io(folio, me.self)
      if (!folio.swapcache) end_read(s, me.folio, me.slot, s.device.read_failed)
      return ret()
    },
  },
)

/** end_swap_bio_read(): folio_mark_uptodate(folio); folio_unlock(folio); */
export const end_swap_bio_read = action('end_swap_bio_read', {
  params: { id: Folios },
  guard: (s, { id }) => s.folio[id].reading,
  effect(s, { id }) {
    end_read(s, id, s.folio[id].bio, false)
  },
})

/** __end_swap_bio_read(bio), where bio->bi_status says that the read has failed, or not. */
export function end_read(s: State, id: Id<'folio'>, bio: Ref<'slot'>, hasFailed: boolean): void {
  const folio = s.folio[id]
  for (let n = folio_nr_pages(s, id) - 1; n >= 0 && !hasFailed; n--) {
    const slot = slot_nth(s, bio, n)
    s.folio[folio_page(s, id, n)].data = slot === 0 ? 0 : s.medium[slot]
  }
  folio.bio = 0
  folio.uptodate = !hasFailed
  folio.reading = false
  folio_end_read(folio)
}
