/**
 * mm/zswap.c: zswap_writeback_entry() of v6.3, called by the allocator of the compressed objects (`pool->zpool_ops->evict`) in shrink_worker(), of
 * entries with reference counts.
 *
 * Left out: that the object is mapped meanwhile. An object that is freed under reclaim stays until the allocator is done with it, so what its
 * header says can be read; `zsmalloc-reclaim.ts` is about just that.
 */
import { call, choose, known, ref, ret } from '../../checker/index.js'
import { folio_unlock } from '../kernel/folio-lock.js'
import { live } from '../kernel/memory.js'
import { folio_put, held } from './folio.js'
import { __swap_writepage } from './page-io.js'
import { __read_swap_cache_async } from './read-swap-cache.js'
import { Entry, Folios, guard, procedure, type State, Zentry } from './state.js'
import { delete_from_swap_cache } from './swap-state.js'
import { zswap_entry_find_get, zswap_entry_put } from './zswap-refcount.js'

/** zpool_shrink(pool->zpool, 1, NULL), of an object that was the last on the allocator's LRU. */
export const zswap_zpool_writeback = procedure(
  'zswap_writeback_entry',
  {
    locals: { swpentry: ref(Entry), entry: ref(Zentry), folio: ref(Folios) },
    calls: [__read_swap_cache_async, delete_from_swap_cache, __swap_writepage],
  },
  {
    /** zhdr = zpool_map_handle(pool, handle, ZPOOL_MM_RO); swpentry = zhdr->swpentry; with its removal from the LRU, under the lock of the allocator */
    zpool_map_handle(s, me) {
      const entries = s.zswap_entry.ids.filter((id) => s.zswap_entry[id].in_lru)
      if (entries.length === 0) return ret()
      const it = s.zswap_entry[choose(entries)]
      it.in_lru = false
      me.swpentry = it.swpentry
      return 'zswap_entry_find_get'
    },
    /** spin_lock(&tree->lock); entry = zswap_entry_find_get(&tree->rbroot, offset); … spin_unlock(&tree->lock); if (!entry) return 0; */
    zswap_entry_find_get(s, me) {
      me.entry = zswap_entry_find_get(s, known(me.swpentry))
      return me.entry === 0 ? ret() : 'zswap_get_swap_cache_page'
    },
    /** zswap_get_swap_cache_page(swpentry, &page): __read_swap_cache_async(entry, GFP_KERNEL, NULL, 0, &page_was_allocated); */
    zswap_get_swap_cache_page(_, me) {
      return call(
        __read_swap_cache_async,
        { entry: known(me.swpentry), si_held: false, skip_if_exists: false },
        'page_was_allocated',
        'folio',
      )
    },
    /** case ZSWAP_SWAPCACHE_FAIL: goto fail; case ZSWAP_SWAPCACHE_EXIST: put_page(page); goto fail; case ZSWAP_SWAPCACHE_NEW: page is locked */
    page_was_allocated(s, me) {
      if (me.folio === 0) return 'fail'
      if (held(s, me.folio).locked_by === me.self) return 'zswap_rb_search'
      folio_put(s, me.folio)
      return 'fail'
    },
    /** spin_lock(&tree->lock); if (zswap_rb_search(&tree->rbroot, entry->offset) != entry) { spin_unlock(&tree->lock); … } spin_unlock(&tree->lock); since v6.4 */
    zswap_rb_search(s, me) {
      const isThere = s.zswap_tree[known(me.swpentry)] === me.entry
      if (isThere || !guard('find the zswap entry still in the tree before it is written back')) return 'crypto_acomp_decompress'
      return 'delete_from_swap_cache'
    },
    /** delete_from_swap_cache(page_folio(page)); */
    delete_from_swap_cache(_, me) {
      return call(delete_from_swap_cache, { folio: known(me.folio) }, 'unlock_page')
    },
    /** unlock_page(page); */
    unlock_page(s, me) {
      if (!guard('unlock and put the folio that zswap writeback gives up')) return 'fail'
      folio_unlock(held(s, me.folio), me.self)
      return 'put_page'
    },
    /** put_page(page); ret = -ENOMEM; goto fail; */
    put_page(s, me) {
      folio_put(s, me.folio)
      return 'fail'
    },
    /** crypto_acomp_decompress(acomp_ctx->req) */
    crypto_acomp_decompress(s, me) {
      held(s, me.folio).data = live(s.zswap_entry, me.entry).data
      return '__swap_writepage'
    },
    /** SetPageUptodate(page); SetPageReclaim(page); __swap_writepage(page, &wbc); */
    __swap_writepage(s, me) {
      held(s, me.folio).uptodate = true
      return call(__swap_writepage, { folio: known(me.folio) }, 'written')
    },
    /** put_page(page); */
    written(s, me) {
      folio_put(s, me.folio)
      return 'zswap_entry_put'
    },
    /**
     * spin_lock(&tree->lock); zswap_entry_put(tree, entry); if (entry == zswap_rb_search(&tree->rbroot, offset)) zswap_entry_put(tree, entry);
     * spin_unlock(&tree->lock);
     */
    zswap_entry_put(s, me) {
      const entry = known(me.entry)
      zswap_entry_put(s, entry)
      if (s.zswap_tree[known(me.swpentry)] === entry) zswap_entry_put(s, entry)
      return ret()
    },
    /** fail: spin_lock(&tree->lock); zswap_entry_put(tree, entry); spin_unlock(&tree->lock); and the object is on the LRU again, if it is still there */
    fail(s, me) {
      putback(s, known(me.entry))
      return ret()
    },
  },
)

function putback(s: State, entry: Parameters<typeof zswap_entry_put>[1]): void {
  zswap_entry_put(s, entry)
  if (s.zswap_entry[entry].life === 'live') s.zswap_entry[entry].in_lru = true
}
