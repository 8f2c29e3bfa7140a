/**
 * mm/huge_memory.c: the split of a folio into its pages, split_huge_page_to_list_to_order() with new_order 0 (v6.14 with patch 12), and
 * who asks for it: the deferred split queue, or reclaim, which has a list for the pages.
 *
 * Left out: folios of a file (`split-shmem-folio.ts`), pages that hold zeroes alone.
 */
import { assert, blocked, bool, call, choose, known, type Ref, ref, ret } from '../../checker/index.js'
import { folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { folio_try_get } from '../kernel/folio-ref.js'
import { live } from '../kernel/memory.js'
import { write_lock, write_unlock } from '../kernel/rwlock.js'
import { xa_store } from '../kernel/xarray.js'
import { assert_owned } from './backing-owned.js'
import { folio_nr_pages, folio_page, folio_put, held, swap_nth } from './folio.js'
import { free_swap_cache } from './free-swap-cache.js'
import { split_page_memcg } from './memcg-split.js'
import { Folios, guard, Nr, procedure, type State } from './state.js'
import { store_folio, union_folio } from './swp-desc.js'
import { remove_migration_ptes, try_to_migrate } from './try-to-migrate.js'
import { WarnNever } from './warn-never.js'

/** By the holder of the folio lock and of a reference. True where the folio was split; its first page is still locked then. */
export const split_huge_page_to_list_to_order = procedure(
  'split_huge_page_to_list_to_order',
  {
    args: { folio: Folios, list: bool },
    locals: { nr: Nr, tail: Nr, isSplit: bool },
    calls: [try_to_migrate, remove_migration_ptes, free_swap_cache],
    returns: bool,
  },
  {
    /**
     * if (folio_test_writeback(folio)) return -EBUSY; anon_vma = folio_get_anon_vma(folio), none where nobody maps it; if
     * (!can_split_folio(folio, 1, &extra_pins)) ret = -EAGAIN; what is read without a lock is a hint: the freeze decides
     */
    can_split_folio(s, me) {
      const folio = held(s, me.folio)
      me.nr = folio_nr_pages(s, me.folio)
      if (folio.writeback || folio._mapcount === 0) return ret(false)
      if (folio._mapcount !== folio._refcount - extra_pins(s, me) - 1) return ret(false)
      return 'unmap_folio'
    },
    /** unmap_folio(folio): try_to_migrate(folio, ttu_flags); */
    unmap_folio(_, me) {
      return call(try_to_migrate, { folio: known(me.folio) }, 'folio_ref_freeze')
    },
    /** if (folio_ref_freeze(folio, 1 + extra_pins)) { … __split_huge_page(page, list, end, new_order); } else { fail: remap_page(…); } */
    folio_ref_freeze(s, me) {
      const folio = held(s, me.folio)
      me.isSplit = folio._refcount === 1 + extra_pins(s, me) || !guard('freeze the folio before it is split')
      if (!me.isSplit) return 'remap_page'
      folio._refcount = 0
      me.tail = me.nr - 1
      return '__split_huge_page_tail'
    },
    /**
     * split_page_memcg(head, order, new_order); page_tail->flags |= (head->flags & …); if (folio_test_swapcache(folio)) { new_folio->swap.val = folio->swap.val + tail;
     * vswap_split_huge_page(folio, new_folio); }: nobody knows the new folio yet. write_lock(&desc->lock); if (desc->type == VSWAP_FOLIO) {
     * VM_WARN_ON(desc->folio != head); desc->folio = subpage; } write_unlock(&desc->lock); one step, as the lock is held
     */
    __split_huge_page_tail(s, me) {
      const head = held(s, me.folio)
      const id = folio_page(s, me.folio, me.tail)
      const { uptodate, dirty, swapcache, anon, lru } = head
      Object.assign(s.folio[id], { uptodate, dirty, swapcache, anon, lru, PG_locked: true, locked_by: me.self })
      split_page_memcg(s, me.folio, id)
      if (!swapcache) return 'page_ref_unfreeze'
      const entry = swap_nth(s, head.swap, me.tail)
      s.folio[id].swap = entry
      const desc = live(s.desc, s.vswap_map[entry])
      if (!write_lock(desc.lock, me.self)) return blocked
      if (desc.type === 'VSWAP_FOLIO') {
        assert(union_folio(desc) === me.folio, 'VM_WARN_ON(desc->folio != head)', WarnNever)
        assert_owned(s, entry, desc, me.self)
        if (guard('point the descriptor to the page that is split off')) store_folio(desc, id)
      }
      write_unlock(desc.lock, me.self)
      return 'page_ref_unfreeze'
    },
    /**
     * clear_compound_head(page_tail); page_ref_unfreeze(page_tail, 1 + (!folio_test_anon(folio) || folio_test_swapcache(folio) ? 1 : 0)); lru_add_page_tail(folio,
     * page_tail, lruvec, list): if (list) { get_page(tail); list_add_tail(&tail->lru, list); } nobody finds the page yet
     */
    page_ref_unfreeze(s, me) {
      const tail = s.folio[folio_page(s, me.folio, me.tail)]
      tail.compound_head = 0
      tail._refcount = (tail.swapcache ? 2 : 1) + (me.list ? 1 : 0)
      return '__xa_store'
    },
    /** else if (swap_cache) __xa_store(&swap_cache->i_pages, offset + i, tail, 0); */
    __xa_store(s, me) {
      const id = folio_page(s, me.folio, me.tail)
      if (s.folio[id].swapcache) xa_store(s.swapper_space, known(s.folio[id].swap), id)
      me.tail--
      return me.tail > 0 ? '__split_huge_page_tail' : 'folio_ref_add'
    },
    /** if (folio_test_swapcache(folio)) folio_ref_add(folio, 1 + new_nr); else folio_ref_inc(folio); */
    folio_ref_add(s, me) {
      const folio = s.folio[known(me.folio)]
      folio._refcount += folio.swapcache ? 2 : 1
      return 'remap_page'
    },
    /** remap_page(folio, nr, …): for (;;) { remove_migration_ptes(folio, folio, RMP_LOCKED | flags); … folio = folio_next(folio); } */
    remap_page(s, me) {
      if (me.tail === me.nr) {
        me.tail = 1
        return me.isSplit ? 'unlock_tail' : ret(false)
      }
      const folio = folio_page(s, me.folio, me.tail)
      me.tail += folio_nr_pages(s, folio)
      return call(remove_migration_ptes, { src: folio, dst: folio }, 'remap_page')
    },
    /** for (i = 0; i < nr; i += new_nr) { … if (subpage == page) continue; folio_unlock(new_folio); */
    unlock_tail(s, me) {
      if (me.tail === me.nr) return ret(true)
      folio_unlock(held(s, folio_page(s, me.folio, me.tail)), me.self)
      return 'free_page_and_swap_cache'
    },
    /** free_page_and_swap_cache(subpage): free_swap_cache(folio); */
    free_page_and_swap_cache(s, me) {
      return call(free_swap_cache, { folio: folio_page(s, me.folio, me.tail) }, 'put_tail')
    },
    /** folio_put(folio); } */
    put_tail(s, me) {
      folio_put(s, folio_page(s, me.folio, me.tail))
      me.tail++
      return 'unlock_tail'
    },
  },
)

export const split_folio = procedure(
  'split_folio',
  { locals: { folio: ref(Folios), isSplit: bool }, calls: [split_huge_page_to_list_to_order] },
  {
    /**
     * deferred_split_scan(): list_for_each_safe(pos, next, &ds_queue->split_queue) … if (folio_try_get(folio)); a folio that was never mapped is
     * not on the queue
     */
    deferred_split_scan(s, me) {
      const folio = choose(s.folio.ids)
      if (folio_nr_pages(s, folio) === 1 || !s.folio[folio].anon || !folio_try_get(s.folio[folio])) return ret()
      me.folio = folio
      return 'folio_trylock'
    },
    /** if (!folio_trylock(folio)) goto next; */
    folio_trylock(s, me) {
      if (!folio_trylock(held(s, me.folio), me.self)) return 'folio_put'
      return call(split_huge_page_to_list_to_order, { folio: known(me.folio), list: false }, 'folio_unlock', 'isSplit')
    },
    /** folio_unlock(folio); */
    folio_unlock(s, me) {
      folio_unlock(held(s, me.folio), me.self)
      return 'folio_put'
    },
    /** next: folio_put(folio); */
    folio_put(s, me) {
      folio_put(s, me.folio)
      return ret()
    },
  },
)

/** Additional pins from the swap cache: one for each page. */
function extra_pins(s: State, { folio, nr }: { readonly folio: Ref<'folio'>; readonly nr: number }): number {
  return held(s, folio).swapcache ? nr : 0
}
