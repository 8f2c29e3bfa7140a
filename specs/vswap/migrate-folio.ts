/**
 * mm/migrate.c: migration of a folio that is in the swap cache, mapped or not, __migrate_folio() with __folio_migrate_mapping() in it (v6.14 with
 * patch 12).
 *
 * Left out: folios outside of the swap cache (no swap entry is theirs), the split of a large one on the deferred list in place of its migration
 * (split-huge-page.ts), and that a migration which fails is tried again.
 */
import { assert, bool, call, choose, known, type Ref, ref, ret } from '../../checker/index.js'
import { folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { folio_ref_add, folio_try_get } from '../kernel/folio-ref.js'
import { xa_store } from '../kernel/xarray.js'
import { folio_alloc, folio_nr_pages, folio_page, folio_put, held, swap_nth } from './folio.js'
import { Folios, guard, Nr, procedure, type State } from './state.js'
import { remove_migration_ptes, try_to_migrate } from './try-to-migrate.js'
import { vswap_migrate } from './vswap-migrate.js'

export const migrate_folio = procedure(
  'migrate_folio',
  {
    locals: { src: ref(Folios), dst: ref(Folios), was_mapped: bool, i: Nr },
    calls: [try_to_migrate, vswap_migrate, remove_migration_ptes],
  },
  {
    /** isolate_migratepages_block(): folio = folio_get_nontail_page(page); */
    isolate_migratepages_block(s, me) {
      const folio = choose(s.folio.ids)
      if (!s.folio[folio].lru || !folio_try_get(s.folio[folio])) return ret()
      me.src = folio
      return 'folio_test_clear_lru'
    },
    /** if (!folio_test_clear_lru(folio)) goto isolate_fail_put; */
    folio_test_clear_lru(s, me) {
      const src = held(s, me.src)
      if (!src.lru) return 'putback'
      src.lru = false
      return 'get_new_folio'
    },
    /** dst = get_new_folio(src, private); if (!dst) return -ENOMEM; */
    get_new_folio(s, me) {
      me.dst = folio_alloc(s, folio_nr_pages(s, me.src))
      return me.dst === 0 ? 'putback_lru' : 'folio_trylock'
    },
    /** if (!folio_trylock(src)) goto out; */
    folio_trylock(s, me) {
      return folio_trylock(held(s, me.src), me.self) ? 'folio_test_writeback' : 'put_dst'
    },
    /** if (folio_test_writeback(src)) goto out; if (unlikely(!folio_trylock(dst))) goto out; what is not in the swap cache is given up here */
    folio_test_writeback(s, me) {
      const src = held(s, me.src)
      const isWritten = src.writeback && guard('give up a folio under writeback in migration')
      if (isWritten || !src.swapcache) return 'unlock_src'
      assert(folio_trylock(held(s, me.dst), me.self), 'a new folio is unlocked')
      return 'folio_mapped'
    },
    /** if (!src->mapping) …; else if (folio_mapped(src)) { try_to_migrate(src, …); old_page_state |= PAGE_WAS_MAPPED; } */
    folio_mapped(s, me) {
      if (held(s, me.src)._mapcount === 0) return 'folio_mc_copy'
      me.was_mapped = true
      return call(try_to_migrate, { folio: known(me.src) }, 'folio_mc_copy')
    },
    /**
     * if (!folio_mapped(src)) return MIGRATEPAGE_UNMAP; … if (folio_ref_count(src) != expected_count) return -EAGAIN; rc = folio_mc_copy(dst, src);
     * its reference, and the swap cache's; whoever writes to a page that nobody maps has the folio lock
     */
    folio_mc_copy(s, me) {
      const src = held(s, me.src)
      if (src._mapcount > 0 || src._refcount !== expected_count(s, me.src)) return 'undo'
      for (let n = 0; n < folio_nr_pages(s, me.src); n++) s.folio[folio_page(s, me.dst, n)].data = s.folio[folio_page(s, me.src, n)].data
      return 'folio_ref_freeze'
    },
    /** xas_lock_irq(&xas); if (!folio_ref_freeze(folio, expected_count)) return -EAGAIN; */
    folio_ref_freeze(s, me) {
      const src = held(s, me.src)
      if (src._refcount !== expected_count(s, me.src)) return 'undo'
      src._refcount = 0
      return 'vswap_migrate'
    },
    /** … newfolio->private = folio_get_private(folio); vswap_migrate(folio, newfolio); under xa_lock, which nobody else wants for these entries */
    vswap_migrate(s, me) {
      if (!guard('tell the descriptor of the folio that is migrated')) return 'xas_store'
      const [src, dst] = [known(me.src), known(me.dst)]
      return call(vswap_migrate, { entry: known(s.folio[src].swap), nr: folio_nr_pages(s, src), src, dst }, 'xas_store')
    },
    /**
     * newfolio->index = folio->index; newfolio->mapping = folio->mapping; folio_ref_add(newfolio, nr); folio_set_swapcache(newfolio); if (dirty) …; for
     * (i = 0; i < entries; i++) { xas_store(&xas, newfolio); xas_next(&xas); } nobody finds newfolio before the first store; the others are steps of
     * their own, for those who look without the lock
     */
    xas_store(s, me) {
      const src = held(s, me.src)
      const dst = held(s, me.dst)
      if (me.i === 0) {
        folio_ref_add(dst, folio_nr_pages(s, me.src))
        dst.swapcache = true
        dst.swap = src.swap
        dst.index = src.index
        dst.anon = src.anon
        if (guard('move the dirty bit with the folio')) dst.dirty = src.dirty
        dst.uptodate = src.uptodate
        src.dirty = false
      }
      assert(xa_store(s.swapper_space, swap_nth(s, src.swap, me.i), me.dst) === me.src, 'the swap cache has the folio')
      me.i++
      const isLast = me.i === folio_nr_pages(s, me.src) || !guard('store the folio that is migrated at every entry of its range')
      return isLast ? 'folio_ref_unfreeze' : 'xas_store'
    },
    /** folio_ref_unfreeze(folio, expected_count - nr); xas_unlock(&xas); */
    folio_ref_unfreeze(s, me) {
      const src = held(s, me.src)
      src._refcount = 1
      return 'folio_migrate_flags'
    },
    /** folio_migrate_flags(dst, src): folio_clear_swapcache(folio); folio->private = NULL; mem_cgroup_migrate(folio, newfolio); both are locked */
    folio_migrate_flags(s, me) {
      const src = held(s, me.src)
      src.swapcache = false
      src.swap = 0
      s.folio_memcg[known(me.dst)] = s.folio_memcg[known(me.src)]
      s.folio_memcg[known(me.src)] = 0
      return 'folio_add_lru'
    },
    /** folio_add_lru(dst); if (old_page_state & PAGE_WAS_MAPPED) remove_migration_ptes(src, dst, 0); */
    folio_add_lru(s, me) {
      held(s, me.dst).lru = true
      if (!me.was_mapped) return 'unlock_migrated'
      return call(remove_migration_ptes, { src: known(me.src), dst: known(me.dst) }, 'unlock_migrated')
    },
    /** folio_unlock(dst); */
    unlock_migrated(s, me) {
      folio_unlock(held(s, me.dst), me.self)
      return 'put_migrated'
    },
    /** folio_put(dst); */
    put_migrated(s, me) {
      folio_put(s, me.dst)
      return 'migrate_folio_done'
    },
    /** folio_unlock(src); migrate_folio_done(src, reason): folio_put(src); */
    migrate_folio_done(s, me) {
      folio_unlock(held(s, me.src), me.self)
      return 'putback'
    },
    /** migrate_folio_undo_src(): if (page_was_mapped) remove_migration_ptes(src, src, 0); */
    undo(_, me) {
      if (!me.was_mapped) return 'unlock_dst'
      return call(remove_migration_ptes, { src: known(me.src), dst: known(me.src) }, 'unlock_dst')
    },
    /** migrate_folio_undo_dst(dst, locked, …): folio_unlock(dst); */
    unlock_dst(s, me) {
      folio_unlock(held(s, me.dst), me.self)
      return 'unlock_src'
    },
    /** migrate_folio_undo_src(): folio_unlock(src); */
    unlock_src(s, me) {
      folio_unlock(held(s, me.src), me.self)
      return 'put_dst'
    },
    /** put_new_folio(dst, private): folio_put(dst); */
    put_dst(s, me) {
      folio_put(s, me.dst)
      return 'putback_lru'
    },
    /** folio_putback_lru(folio): folio_add_lru(folio); */
    putback_lru(s, me) {
      held(s, me.src).lru = true
      return 'putback'
    },
    /** folio_put(folio); */
    putback(s, me) {
      folio_put(s, me.src)
      return ret()
    },
  },
)

/** folio_expected_refs(mapping, src), of a folio that nobody maps: the reference of who migrates it, and one of the swap cache for each page. */
function expected_count(s: State, src: Ref<'folio'>): number {
  return 1 + folio_nr_pages(s, src)
}
