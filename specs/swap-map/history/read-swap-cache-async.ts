/**
 * mm/swap_state.c: read_swap_cache_async() (v2.6.32, and 31a5639623a4), of a kernel without preemption.
 *
 * Left out: the read of the page, and allocations that fail.
 */
import { assert, bool, call, int, known, ref, ret, sleep } from '../../../checker/index.js'
import { EEXIST } from '../../kernel/errno.js'
import { folio_trylock, folio_unlock } from '../../kernel/folio-lock.js'
import { filemap_get_folio } from '../filemap.js'
import { folio_alloc, folio_put, held } from '../folio.js'
import { Entry, Folios, guard, procedure } from '../state.js'
import { swapcache_prepare } from '../swap-duplicate.js'
import { add_to_swap_cache } from '../swap-state.js'

const fix = 'preload the radix tree before SWAP_HAS_CACHE is set'

/** A page of the entry, which is put again. */
export const read_swap_cache_async_2009 = procedure(
  'read_swap_cache_async',
  {
    args: { entry: Entry },
    locals: { found_page: ref(Folios), new_page: ref(Folios), err: int(-EEXIST, 0), prepared: bool },
    calls: [filemap_get_folio, swapcache_prepare],
  },
  {
    /** do { found_page = find_get_page(&swapper_space, entry.val); if (found_page) break; */
    find_get_page(_, me) {
      return call(filemap_get_folio, { entry: me.entry }, 'alloc_page_vma', 'found_page')
    },
    /** if (!new_page) { new_page = alloc_page_vma(gfp_mask, vma, addr); if (!new_page) break; } */
    alloc_page_vma(s, me) {
      if (me.found_page !== 0) return 'page_cache_release'
      if (me.new_page === 0) me.new_page = folio_alloc(s)
      return guard(fix) ? 'radix_tree_preload' : 'swapcache_prepare'
    },
    /** err = radix_tree_preload(gfp_mask & GFP_KERNEL), which may sleep; then preempt_disable(). In v2.6.32 in add_to_swap_cache(), with SWAP_HAS_CACHE set */
    radix_tree_preload(s, me) {
      for (const id of s.cpu.ids) s.cpu[id].preempt_off.add(me.self)
      return me.prepared ? 'radix_tree_insert' : 'swapcache_prepare'
    },
    /** err = swapcache_prepare(entry); */
    swapcache_prepare(_, me) {
      return call(swapcache_prepare, { entry: me.entry }, 'prepared', 'err')
    },
    /** if (err == -EEXIST) { radix_tree_preload_end(); continue; } seems racy; there is no cond_resched() yet */
    prepared(s, me) {
      me.prepared = me.err === 0
      me.err = 0
      if (me.prepared) return guard(fix) ? 'radix_tree_insert' : sleep('radix_tree_preload')
      for (const id of s.cpu.ids) s.cpu[id].preempt_off.delete(me.self)
      return 'find_get_page'
    },
    /** __set_page_locked(new_page); err = __add_to_swap_cache(new_page, entry): radix_tree_insert(); radix_tree_preload_end(); */
    radix_tree_insert(s, me) {
      assert(folio_trylock(held(s, me.new_page), me.self), 'a new page is unlocked')
      add_to_swap_cache(s, me.new_page, me.entry)
      for (const id of s.cpu.ids) s.cpu[id].preempt_off.delete(me.self)
      return 'swap_readpage'
    },
    /** lru_cache_add_anon(new_page); swap_readpage(new_page); return new_page; */
    swap_readpage(s, me) {
      held(s, me.new_page).uptodate = true
      held(s, me.new_page).data = s.medium[me.entry]
      folio_unlock(held(s, me.new_page), me.self)
      me.found_page = known(me.new_page)
      me.new_page = 0
      return 'page_cache_release'
    },
    /** } while (err != -ENOMEM); if (new_page) page_cache_release(new_page); return found_page; the caller puts that */
    page_cache_release(s, me) {
      if (me.new_page !== 0) folio_put(s, me.new_page)
      me.new_page = 0
      return 'put_page'
    },
    put_page(s, me) {
      folio_put(s, me.found_page)
      return ret()
    },
  },
)
