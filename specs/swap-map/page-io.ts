/** mm/page_io.c: pages that are read from a swap device, and written to it. */
import { assert, bool, call, type Id, known, ret, tail } from '../../checker/index.js'
import { folio_end_read, folio_lock_to_io, folio_unlock } from '../kernel/folio-lock.js'
import { folio_nr_pages, folio_page, held, swp_entry_nth } from './folio.js'
import { action, Entry, Folios, procedure, type State } from './state.js'
import { touch_device } from './swap-device.js'
import { folio_free_swap } from './swap-state.js'
import { zswap_frontswap_load } from './zswap-frontswap-load.js'
import { zswap_frontswap_store } from './zswap-frontswap-store.js'
import { zswap_load } from './zswap-load.js'
import { zswap_store } from './zswap-store.js'

/** swap_read_folio(folio, plug), of a locked folio whose swap is `entry`. The end of the read unlocks it. */
export const swap_read_folio = procedure(
  'swap_read_folio',
  { args: { folio: Folios, entry: Entry }, locals: { done: bool }, calls: [zswap_load, zswap_frontswap_load] },
  {
    /** if (zswap_load(folio)) { folio_unlock(folio); goto finish; } until v6.5 if (frontswap_load(page) == 0) */
    zswap_load(s, me) {
      if (s.zswap === 'off') return 'submit_bio'
      const args = { folio: me.folio, swp: me.entry }
      return s.zswap_refcounted ? call(zswap_frontswap_load, args, 'submit_bio', 'done') : call(zswap_load, args, 'submit_bio', 'done')
    },
    /**
     * swap_read_folio_bdev_async(folio, sis): submit_bio(bio); the device answers when it will. Of a synchronous device, swap_read_folio_bdev_sync(folio, sis): submit_bio_wait(&bio);
     * __end_swap_bio_read(&bio); the device copies the page in one step, as nobody else has the folio
     */
    submit_bio(s, me) {
      const folio = held(s, me.folio)
      if (me.done) {
        folio_unlock(folio, me.self)
        return ret()
      }
      touch_device(s, me.entry)
      assert(folio.PG_locked, 'VM_BUG_ON_FOLIO(!folio_test_locked(folio), folio)')
      assert(!folio.uptodate, 'VM_BUG_ON_FOLIO(folio_test_uptodate(folio), folio)')
      folio.swap = me.entry
      folio.reading = true
      folio_lock_to_io(folio, me.self)
      if (s.SWP_SYNCHRONOUS_IO) end_read(s, me.folio)
      return ret()
    },
  },
)

/** end_swap_bio_read(): folio_mark_uptodate(folio); folio_unlock(folio); */
export const end_swap_bio_read = action('end_swap_bio_read', {
  params: { id: Folios },
  guard: (s, { id }) => s.folio[id].reading,
  effect(s, { id }) {
    end_read(s, id)
  },
})

function end_read(s: State, id: Id<'folio'>): void {
  const folio = s.folio[id]
  for (let n = folio_nr_pages(s, id) - 1; n >= 0; n--) s.folio[folio_page(s, id, n)].data = s.medium[swp_entry_nth(s, folio.swap, n)]
  folio.uptodate = true
  folio.reading = false
  folio_end_read(folio)
  if (!folio.swapcache) folio.swap = 0
}

/** __swap_writepage(folio, wbc), of a locked folio, which it unlocks. */
export const __swap_writepage = procedure(
  '__swap_writepage',
  { args: { folio: Folios } },
  {
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
    /** submit_bio(bio); of a synchronous device, swap_writepage_bdev_sync(): submit_bio_wait(&bio); __end_swap_bio_write(&bio); */
    submit_bio(s, me) {
      const folio = held(s, me.folio)
      touch_device(s, known(folio.swap))
      if (s.SWP_SYNCHRONOUS_IO) end_write(s, me.folio)
      else folio.submitted = true
      return ret()
    },
  },
)

/** swap_writepage(page, wbc), of a locked folio, which it unlocks. */
export const swap_writepage = procedure(
  'swap_writepage',
  { args: { folio: Folios }, locals: { done: bool }, calls: [folio_free_swap, zswap_store, zswap_frontswap_store, __swap_writepage] },
  {
    /** if (folio_free_swap(folio)) */
    folio_free_swap(_, me) {
      return call(folio_free_swap, { folio: me.folio }, 'zswap_store', 'done')
    },
    /** { folio_unlock(folio); return 0; } if (zswap_store(folio)) until v6.5 if (frontswap_store(&folio->page) == 0) */
    zswap_store(s, me) {
      if (me.done || s.zswap === 'off') return '__swap_writepage'
      const args = { folio: me.folio }
      return s.zswap_refcounted
        ? call(zswap_frontswap_store, args, '__swap_writepage', 'done')
        : call(zswap_store, args, '__swap_writepage', 'done')
    },
    /** { folio_unlock(folio); return 0; } __swap_writepage(folio, wbc); return 0; */
    __swap_writepage(s, me) {
      if (!me.done) return tail(__swap_writepage, { folio: me.folio })
      folio_unlock(held(s, me.folio), me.self)
      return ret()
    },
  },
)

/** end_swap_bio_write(): the device has taken the pages; folio_end_writeback(folio); */
export const end_swap_bio_write = action('end_swap_bio_write', {
  params: { id: Folios },
  guard: (s, { id }) => s.folio[id].submitted,
  effect(s, { id }) {
    end_write(s, id)
  },
})

function end_write(s: State, id: Id<'folio'>): void {
  const folio = s.folio[id]
  for (let n = folio_nr_pages(s, id) - 1; n >= 0; n--) s.medium[swp_entry_nth(s, folio.swap, n)] = s.folio[folio_page(s, id, n)].data
  folio.submitted = false
  folio.writeback = false
}
