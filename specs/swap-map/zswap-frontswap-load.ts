/** mm/zswap.c: zswap_frontswap_load() of v6.5-rc1, where it was exclusive for the first time, and of entries with reference counts. */
import { bool, known, ref, ret } from '../../checker/index.js'
import { live } from '../kernel/memory.js'
import { held } from './folio.js'
import { Entry, Folios, guard, procedure, Zentry } from './state.js'
import { zswap_entry_find_get, zswap_entry_put, zswap_invalidate_entry } from './zswap-refcount.js'

/** True where zswap had the page. The caller holds the folio lock; nothing else keeps the entry where the read is past the swap cache. */
export const zswap_frontswap_load = procedure(
  'zswap_frontswap_load',
  { args: { folio: Folios, swp: Entry }, locals: { entry: ref(Zentry) }, returns: bool },
  {
    /** spin_lock(&tree->lock); entry = zswap_entry_find_get(&tree->rbroot, offset); spin_unlock(&tree->lock); if (!entry) return -1; */
    zswap_entry_find_get(s, me) {
      me.entry = zswap_entry_find_get(s, me.swp)
      return me.entry === 0 ? ret(false) : 'crypto_acomp_decompress'
    },
    /** crypto_acomp_decompress(acomp_ctx->req) */
    crypto_acomp_decompress(s, me) {
      held(s, me.folio).data = live(s.zswap_entry, me.entry).data
      return 'zswap_invalidate_entry'
    },
    /**
     * spin_lock(&tree->lock); if (!ret && zswap_exclusive_loads_enabled) { zswap_invalidate_entry(tree, entry); *exclusive = true; }
     * zswap_entry_put(tree, entry); spin_unlock(&tree->lock); in v6.5-rc1 the put came first
     */
    zswap_invalidate_entry(s, me) {
      const entry = known(me.entry)
      const isHeld = guard('invalidate a zswap entry once, while a reference to it is held')
      if (!isHeld) zswap_entry_put(s, entry)
      if (s.zswap_exclusive_loads_enabled) zswap_invalidate_entry(s, entry)
      if (isHeld) zswap_entry_put(s, entry)
      return 'SetPageUptodate'
    },
    /** if (frontswap_load(page) == 0) { SetPageUptodate(page); … } where the load was exclusive: SetPageDirty(page); */
    SetPageUptodate(s, me) {
      const folio = held(s, me.folio)
      if (s.zswap_exclusive_loads_enabled) folio.dirty = true
      folio.uptodate = true
      return ret(true)
    },
  },
)
