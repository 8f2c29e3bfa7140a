/**
 * mm/migrate.c: __folio_migrate_mapping() of a large folio in the swap cache (v6.6, and fc346d0a70a1): nobody maps it, and both folios are locked.
 *
 * Left out: the dirty bit, the counters, and the copy, which comes before it here.
 */
import { assert, known, ret } from '../../checker/index.js'
import { folio_unlock } from '../kernel/folio-lock.js'
import { folio_ref_add } from '../kernel/folio-ref.js'
import { xa_store } from '../kernel/xarray.js'
import { folio_nr_pages, folio_put, held, swp_entry_nth } from './folio.js'
import { Folios, guard, Nr, procedure } from './state.js'

export const migrate_folio = procedure(
  '__folio_migrate_mapping',
  { args: { src: Folios, dst: Folios }, locals: { i: Nr, nr: Nr } },
  {
    /** if (!folio_ref_freeze(folio, expected_count)) { xas_unlock_irq(&xas); return -EAGAIN; } expected_count is 1 and the references of the swap cache */
    folio_ref_freeze(s, me) {
      const src = held(s, me.src)
      me.nr = folio_nr_pages(s, me.src)
      if (src._refcount !== 1 + me.nr) return 'folio_unlock'
      src._refcount = 0
      return 'folio_ref_add'
    },
    /** newfolio->index = folio->index; … folio_ref_add(newfolio, nr); folio_set_swapcache(newfolio); newfolio->private = folio_get_private(folio); */
    folio_ref_add(s, me) {
      const dst = held(s, me.dst)
      folio_ref_add(dst, me.nr)
      dst.swapcache = true
      dst.swap = s.folio[me.src].swap
      return 'xas_store'
    },
    /** for (i = 0; i < entries; i++) { xas_store(&xas, newfolio); xas_next(&xas); } in v6.6 one xas_store(), as of the page cache; under xa_lock, but nobody who looks takes that */
    xas_store(s, me) {
      xa_store(s.swapper_space, swp_entry_nth(s, s.folio[me.src].swap, me.i), me.dst)
      me.i += 1
      const entries = guard('store a migrated folio for each of its entries') ? me.nr : 1
      return me.i < entries ? 'xas_store' : 'folio_ref_unfreeze'
    },
    /** folio_ref_unfreeze(folio, expected_count - nr); … folio->swap of the old one is cleared: folio_migrate_flags(newfolio, folio) */
    folio_ref_unfreeze(s, me) {
      const src = s.folio[me.src]
      src._refcount = 1
      src.swapcache = false
      src.swap = 0
      return 'folio_unlock'
    },
    /** folio_unlock(dst); folio_unlock(src); */
    folio_unlock(s, me) {
      folio_unlock(held(s, me.dst), me.self)
      folio_unlock(held(s, me.src), me.self)
      return 'folio_put'
    },
    /** folio_put(dst); migrate_folio_done(src, reason): folio_put(src); */
    folio_put(s, me) {
      folio_put(s, me.dst)
      return 'migrate_folio_done'
    },
    migrate_folio_done(s, me) {
      assert(held(s, me.src)._refcount > 0, 'the reference of who isolated it')
      folio_put(s, known(me.src))
      return ret()
    },
  },
)
