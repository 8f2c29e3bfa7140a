/** mm/zswap.c: zswap_load(). */
import { assert, bool, call, known, ref, ret } from '../../checker/index.js'
import { live } from '../kernel/memory.js'
import { xa_erase, xa_load } from '../kernel/xarray.js'
import { folio_nr_pages, held } from './folio.js'
import { Entry, Folios, guard, procedure, Zentry } from './state.js'
import { touch_zswap_tree, zswap_entry_free } from './zswap-entry.js'

/** True where zswap had the page; the folio is then uptodate. The caller holds the folio lock. */
export const zswap_load = procedure(
  'zswap_load',
  { args: { folio: Folios, swp: Entry }, locals: { entry: ref(Zentry) }, calls: [zswap_entry_free], returns: bool },
  {
    /**
     * if (zswap_never_enabled()) return false; if (WARN_ON_ONCE(folio_test_large(folio))) return true; if (swapcache) entry =
     * xa_erase(tree, offset); else entry = xa_load(tree, offset); if (!entry) return false;
     */
    xa_erase(s, me) {
      const { swapcache } = held(s, me.folio)
      assert(folio_nr_pages(s, me.folio) === 1, 'WARN_ON_ONCE(folio_test_large(folio))')
      touch_zswap_tree(s)
      const isExclusive = swapcache
        ? guard('erase the zswap entry that is loaded into the swap cache')
        : !guard('keep the zswap entry that is loaded past the swap cache')
      me.entry = isExclusive ? xa_erase(s.zswap_tree, me.swp) : xa_load(s.zswap_tree, me.swp)
      return me.entry === 0 ? ret(false) : 'zswap_decompress'
    },
    /** zswap_decompress(entry, folio); */
    zswap_decompress(s, me) {
      const folio = held(s, me.folio)
      folio.data = live(s.zswap_entry, me.entry).data
      const isOurs = folio.swapcache || !guard('keep the zswap entry that is loaded past the swap cache')
      return isOurs ? 'zswap_entry_free' : 'folio_mark_uptodate'
    },
    /** if (swapcache) { zswap_entry_free(entry); */
    zswap_entry_free(_, me) {
      return call(zswap_entry_free, { entry: known(me.entry) }, 'folio_mark_dirty')
    },
    /** folio_mark_dirty(folio); } */
    folio_mark_dirty(s, me) {
      if (guard('dirty the folio whose zswap entry is gone')) held(s, me.folio).dirty = true
      return 'folio_mark_uptodate'
    },
    /** folio_mark_uptodate(folio); return true; */
    folio_mark_uptodate(s, me) {
      held(s, me.folio).uptodate = true
      return ret(true)
    },
  },
)
