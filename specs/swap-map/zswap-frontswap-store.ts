/** mm/frontswap.c, mm/zswap.c: zswap_frontswap_store() of v6.3, of entries with reference counts. */
import { bool, choose, known, ref, ret } from '../../checker/index.js'
import { alloc_any } from '../kernel/memory.js'
import { held } from './folio.js'
import { Folios, procedure, Zentry } from './state.js'
import { zswap_invalidate_entry } from './zswap-refcount.js'

/** True where zswap has the page. The caller holds the folio lock, and the folio is in the swap cache. */
export const zswap_frontswap_store = procedure(
  'zswap_frontswap_store',
  { args: { folio: Folios }, locals: { entry: ref(Zentry) }, returns: bool },
  {
    /**
     * __frontswap_store(page): if (__frontswap_test(sis, offset)) { __frontswap_clear(sis, offset); frontswap_ops->invalidate_page(type, offset);
     * } one step under tree->lock
     */
    invalidate_page(s, me) {
      zswap_invalidate_entry(s, s.zswap_tree[known(held(s, me.folio).swap)])
      return 'crypto_acomp_compress'
    },
    /** if (zswap_is_full()) … goto shrink; entry = zswap_entry_cache_alloc(GFP_KERNEL); … crypto_acomp_compress(acomp_ctx->req) … zpool_malloc(…) */
    crypto_acomp_compress(s, me) {
      const isFull = s.zswap === 'unreliable' && choose([false, true])
      const hasMemory = s.zswap_entry.ids.some((id) => s.zswap_entry[id].life === 'free')
      if (isFull || !hasMemory) return ret(false)
      const entry = alloc_any(s.zswap_entry)
      me.entry = entry
      Object.assign(s.zswap_entry[known(entry)], { refcount: 1, swpentry: held(s, me.folio).swap, data: held(s, me.folio).data })
      return 'zswap_rb_insert'
    },
    /** spin_lock(&tree->lock); do { ret = zswap_rb_insert(&tree->rbroot, entry, &dupentry); … } while (ret == -EEXIST); spin_unlock(&tree->lock); */
    zswap_rb_insert(s, me) {
      const swp = known(held(s, me.folio).swap)
      zswap_invalidate_entry(s, s.zswap_tree[swp])
      s.zswap_tree[swp] = me.entry
      s.zswap_entry[known(me.entry)].in_lru = true
      return ret(true)
    },
  },
)
