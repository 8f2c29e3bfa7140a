/**
 * mm/zswap.c: zswap_store() (v6.14 with patches 7 and 12).
 *
 * Left out: `entry->referenced`, and shrink_memcg() and shrink_worker() from in here: the shrinker is a process of its own, and runs whenever it
 * likes.
 */
import { bool, call, choose, type Id, known, ref, ret } from '../../checker/index.js'
import { alloc_any, live } from '../kernel/memory.js'
import { xa_erase, xa_store } from '../kernel/xarray.js'
import { folio_nr_pages, folio_page, held, page_swap_entry } from './folio.js'
import { vswap_assoc_zswap, vswap_store_folio } from './set-backing.js'
import { Folios, guard, Nr, procedure, type State, Zentry } from './state.js'
import { zswap_entry_free } from './zswap-entry.js'
import { has_zswap_to_shrink, obj_cgroup_charge_zswap, obj_cgroup_may_zswap } from './zswap-memcg.js'

interface Index {
  readonly folio: Id<'folio'>
  index: number
}

/** page_swpentry = page_swap_entry(folio_page(folio, index)) */
function page_swpentry(s: State, { folio, index }: Index): Id<'entry'> {
  return page_swap_entry(s, folio_page(s, folio, index))
}

/** The next page; after the last, ret = true; return ret; */
function stored(s: State, me: Index) {
  me.index++
  return me.index < folio_nr_pages(s, me.folio) ? 'zswap_compress' : ret(true)
}

/** True where zswap has all pages. The caller holds the folio lock, and the folio is in the swap cache. */
export const zswap_store = procedure(
  'zswap_store',
  {
    args: { folio: Folios },
    locals: { index: Nr, entry: ref(Zentry), old: ref(Zentry) },
    calls: [vswap_assoc_zswap, vswap_store_folio, zswap_entry_free],
    returns: bool,
  },
  {
    /**
     * if (!zswap_enabled) goto check_old; if (objcg && !obj_cgroup_may_zswap(objcg)) { if (shrink_memcg(memcg)) goto put_objcg; } … if
     * (zswap_check_limits()) goto put_objcg; shrink_memcg() succeeds or not, and what it has freed is not looked at again
     */
    zswap_enabled(s, me) {
      if (s.zswap === 'off') return 'check_old'
      const objcg = s.folio_memcg[me.folio]
      if (!obj_cgroup_may_zswap(s, objcg)) {
        const isShrunk = has_zswap_to_shrink(s, objcg) && choose([true, false])
        return isShrunk ? 'zswap_compress' : 'check_old'
      }
      return s.zswap === 'on' || choose([true, false]) ? 'zswap_compress' : 'check_old'
    },
    /**
     * for (index = 0; index < nr_pages; ++index) zswap_store_page(page, objcg, pool): entry = zswap_entry_cache_alloc(…); if (!entry) …;
     * if (!zswap_compress(page, entry, pool)) goto compress_failed; nobody else has the entry yet
     */
    zswap_compress(s, me) {
      const isRejected = me.index > 0 && s.zswap === 'unreliable' && choose([false, true])
      const hasMemory = s.zswap_entry.ids.some((id) => s.zswap_entry[id].life === 'free')
      const entry = !isRejected && hasMemory ? alloc_any(s.zswap_entry) : 0
      if (entry === 0) {
        me.index = 0
        return 'check_old'
      }
      me.entry = entry
      s.zswap_entry[entry].data = s.folio[folio_page(s, me.folio, me.index)].data
      return 'xa_store'
    },
    /** old = xa_store(swap_zswap_tree(page_swpentry), zswap_tree_index(page_swpentry), entry, GFP_KERNEL); */
    xa_store(s, me) {
      me.old = xa_store(s.zswap_tree, page_swpentry(s, me), me.entry)
      return 'vswap_assoc_zswap'
    },
    /** vswap_assoc_zswap(page_swpentry, entry); */
    vswap_assoc_zswap(s, me) {
      return call(vswap_assoc_zswap, { entry: page_swpentry(s, me), zswap_entry: me.entry }, 'free_old')
    },
    /** if (old) zswap_entry_free(old); */
    free_old(_, me) {
      const { old } = me
      me.old = 0
      return old === 0 ? 'swpentry' : call(zswap_entry_free, { entry: old }, 'swpentry')
    },
    /**
     * if (objcg) obj_cgroup_charge_zswap(objcg, entry->length); then entry->swpentry = page_swpentry; entry->objcg = objcg; without the
     * protection, swpentry after the next step
     */
    swpentry(s, me) {
      const entry = live(s.zswap_entry, me.entry)
      const objcg = s.folio_memcg[me.folio]
      const isNew = entry.objcg === 0
      entry.objcg = objcg
      if (isNew && obj_cgroup_charge_zswap(s, objcg)) return 'swpentry'
      if (!entry.in_lru && !guard('swpentry before the zswap entry is on the LRU')) return 'zswap_lru_add'
      entry.swpentry = page_swpentry(s, me)
      return entry.in_lru ? stored(s, me) : 'zswap_lru_add'
    },
    /** zswap_lru_add(&zswap_list_lru, entry); one step under the LRU lock */
    zswap_lru_add(s, me) {
      const entry = live(s.zswap_entry, me.entry)
      entry.in_lru = true
      return entry.swpentry === 0 ? 'swpentry' : stored(s, me)
    },
    /** check_old: for (index = 0; index < nr_pages; ++index) { entry = xa_erase(tree, offset + index); if (entry) zswap_entry_free(entry); } */
    check_old(s, me) {
      me.entry = xa_erase(s.zswap_tree, page_swpentry(s, me))
      me.index++
      const next = me.index < folio_nr_pages(s, me.folio) ? 'check_old' : 'vswap_store_folio'
      return me.entry === 0 ? next : call(zswap_entry_free, { entry: me.entry }, next)
    },
    /** vswap_store_folio(swp, folio); */
    vswap_store_folio(s, me) {
      const isLarge = folio_nr_pages(s, me.folio) > 1
      if (isLarge && !guard('give a range that is stored in part its folio back')) return 'fail'
      const isMixed = isLarge && guard('release the backing of a range that is stored in part entry by entry')
      return call(vswap_store_folio, { entry: known(held(s, me.folio).swap), folio: me.folio, isMixed }, 'fail')
    },
    /** return ret; */
    fail() {
      return ret(false)
    },
  },
)
