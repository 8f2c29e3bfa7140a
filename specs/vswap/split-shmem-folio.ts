/**
 * mm/huge_memory.c: split_huge_page_to_list_to_order() with new_order 0 of a folio in the page cache of a shmem file (v6.14 with patch 12), with
 * __split_huge_page() and __split_huge_page_tail() in it. `split-huge-page.ts` is the same for an anonymous folio.
 *
 * Left out: a lack of memory for nodes of the xarray, which ends as where the reference count is not the one expected; unmap_folio(), as its PTEs
 * are none of this model's. The folio is not in the swap cache: it is in one of the two while it is locked, and without a mapping it is not split.
 */
import { assert, blocked, bool, call, type Id, known, nth, ret } from '../../checker/index.js'
import { folio_unlock } from '../kernel/folio-lock.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { clear_pte } from './clear-pte.js'
import { folio_nr_pages, folio_page, folio_put, held } from './folio.js'
import { free_swap_cache } from './free-swap-cache.js'
import { split_page_memcg } from './memcg-split.js'
import { xa_lock } from './multi-index.js'
import { index_of } from './shmem-mapping.js'
import { Folios, guard, Nr, procedure, type State } from './state.js'

/** By the holder of the folio lock and of a reference. True where the folio was split; its first page is still locked then. */
export const split_shmem_folio = procedure(
  'split_huge_page_to_list_to_order',
  { args: { folio: Folios, list: bool }, locals: { end: Nr, nr: Nr, tail: Nr }, calls: [free_swap_cache], returns: bool },
  {
    /**
     * if (folio_test_writeback(folio)) return -EBUSY; mapping = folio->mapping; if (!mapping) { ret = -EBUSY; goto out; } end =
     * DIV_ROUND_UP(i_size_read(mapping->host), PAGE_SIZE); all but i_size stay while the folio is locked
     */
    i_size_read(s, me) {
      const folio = held(s, me.folio)
      if (folio.writeback || !folio.pagecache) return ret(false)
      me.end = s.i_size
      me.nr = folio_nr_pages(s, me.folio)
      return 'can_split_folio'
    },
    /** if (!can_split_folio(folio, 1, &extra_pins)) { ret = -EAGAIN; goto out_unlock; } read without a lock, a hint: the freeze decides */
    can_split_folio(s, me) {
      return held(s, me.folio)._refcount === 1 + me.nr ? 'xas_lock' : ret(false)
    },
    /** xas_lock(&xas); if (xas_load(&xas) != folio) goto fail; where the folio is locked, and has its mapping, it is there */
    xas_lock(s, me) {
      const index = index_of(s, me.folio)
      if (!spin_lock(xa_lock(s, index), me.self)) return blocked
      assert(s.pte[index].folio === me.folio, 'xas_load(&xas) == folio')
      return 'folio_ref_freeze'
    },
    /** if (folio_ref_freeze(folio, 1 + extra_pins)) { */
    folio_ref_freeze(s, me) {
      const folio = held(s, me.folio)
      if (folio._refcount !== 1 + me.nr && guard('freeze the folio of a file before it is split')) return 'fail'
      folio._refcount = 0
      me.tail = me.nr - 1
      return 'xas_split'
    },
    /** } else { fail: if (mapping) xas_unlock(&xas); ret = -EAGAIN; } */
    fail(s, me) {
      spin_unlock(xa_lock(s, index_of(s, me.folio)), me.self)
      return ret(false)
    },
    /** xas_split(&xas, folio, folio_order(folio)): from the last slot to the first: node->slots[offset] = entry; whoever holds no lock sees each */
    xas_split(s, me) {
      Object.assign(s.pte[slot(s, me, me.tail)], { kind: 'present', folio: me.folio })
      me.tail--
      if (me.tail > 0) return 'xas_split'
      me.tail = me.nr - 1
      return '__split_huge_page_tail'
    },
    /**
     * split_page_memcg(head, order, new_order); page_tail->flags |= (head->flags & …); new_folio->mapping = folio->mapping; new_folio->index = folio->index +
     * tail; nobody knows the new folio yet
     */
    __split_huge_page_tail(s, me) {
      const { uptodate, dirty, pagecache, lru, index } = held(s, me.folio)
      const id = folio_page(s, me.folio, me.tail)
      const page = { uptodate, dirty, pagecache, lru, index: index + me.tail, PG_locked: true, locked_by: me.self }
      Object.assign(s.folio[id], page)
      split_page_memcg(s, me.folio, id)
      return 'page_ref_unfreeze'
    },
    /**
     * clear_compound_head(page_tail); page_ref_unfreeze(page_tail, 1 + ((!folio_test_anon(folio) || …) ? folio_nr_pages(new_folio) : 0));
     * lru_add_page_tail(folio, page_tail, lruvec, list): if (list) get_page(tail); nobody finds the page yet
     */
    page_ref_unfreeze(s, me) {
      const tail = s.folio[folio_page(s, me.folio, me.tail)]
      tail.compound_head = 0
      tail._refcount = me.list ? 3 : 2
      return '__xa_store'
    },
    /**
     * if (tail->index >= end) { __filemap_remove_folio(tail, NULL); … } else if (!folio_test_anon(folio)) __xa_store(&folio->mapping->i_pages, tail->index,
     * tail, 0); the page is lost that is beyond i_size
     */
    __xa_store(s, me) {
      const id = folio_page(s, me.folio, me.tail)
      const page = s.pte[slot(s, me, me.tail)]
      if (me.end !== 0 && s.folio[id].index > me.end) {
        Object.assign(s.folio[id], { pagecache: false, index: 0 })
        clear_pte(page)
        return 'folio_put_refs'
      }
      page.folio = id
      return next_tail(me)
    },
    /** folio_put_refs(tail, folio_nr_pages(tail)); */
    folio_put_refs(s, me) {
      folio_put(s, folio_page(s, me.folio, me.tail))
      return next_tail(me)
    },
    /** folio_ref_add(folio, 1 + new_nr); */
    folio_ref_add(s, me) {
      s.folio[me.folio]._refcount += 2
      return 'xas_unlock'
    },
    /** xa_unlock(&folio->mapping->i_pages); */
    xas_unlock(s, me) {
      spin_unlock(xa_lock(s, index_of(s, me.folio)), me.self)
      me.tail = 1
      return 'unlock_tail'
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

function next_tail(me: { tail: number }): '__split_huge_page_tail' | 'folio_ref_add' {
  me.tail--
  return me.tail > 0 ? '__split_huge_page_tail' : 'folio_ref_add'
}

/** The slot of page `n` of the folio. */
function slot(s: State, { folio }: { readonly folio: Id<'folio'> }, n: number): Id<'pte'> {
  return known(nth(s.pte.ids, index_of(s, folio), n))
}
