/**
 * mm/zswap.c: zswap_store() (v6.14 with patches 7 and 12), for a folio of one page.
 *
 * Left out: `entry->referenced`, and shrink_memcg() and shrink_worker() from in here: the shrinker is a process of its own, and runs whenever it
 * likes.
 */
import { bool, call, choose, known, ref, ret } from '../../checker/index.js'
import { alloc_any, live } from '../kernel/memory.js'
import { xa_erase, xa_store } from '../kernel/xarray.js'
import { held } from './folio.js'
import { vswap_assoc_zswap, vswap_store_folio } from './set-backing.js'
import { Folios, guard, procedure, Zentry } from './state.js'
import { zswap_entry_free } from './zswap-entry.js'
import { has_zswap_to_shrink, obj_cgroup_charge_zswap, obj_cgroup_may_zswap } from './zswap-memcg.js'

/** True where zswap has the page. The caller holds the folio lock, and the folio is in the swap cache. */
export const zswap_store = procedure(
  'zswap_store',
  {
    args: { folio: Folios },
    locals: { entry: ref(Zentry), old: ref(Zentry) },
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
     * zswap_store_page(): entry = zswap_entry_cache_alloc(…); if (!entry) …; if (!zswap_compress(page, entry, pool)) goto
     * compress_failed; nobody else has the entry yet
     */
    zswap_compress(s, me) {
      const entry = s.zswap_entry.ids.some((id) => s.zswap_entry[id].life === 'free') ? alloc_any(s.zswap_entry) : 0
      if (entry === 0) return 'check_old'
      me.entry = entry
      s.zswap_entry[entry].data = held(s, me.folio).data
      return 'xa_store'
    },
    /** old = xa_store(swap_zswap_tree(page_swpentry), zswap_tree_index(page_swpentry), entry, GFP_KERNEL); */
    xa_store(s, me) {
      me.old = xa_store(s.zswap_tree, known(held(s, me.folio).swap), me.entry)
      return 'vswap_assoc_zswap'
    },
    /** vswap_assoc_zswap(page_swpentry, entry); */
    vswap_assoc_zswap(s, me) {
      return call(vswap_assoc_zswap, { entry: known(held(s, me.folio).swap), zswap_entry: me.entry }, 'free_old')
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
      entry.swpentry = held(s, me.folio).swap
      return entry.in_lru ? ret(true) : 'zswap_lru_add'
    },
    /** zswap_lru_add(&zswap_list_lru, entry); one step under the LRU lock */
    zswap_lru_add(s, me) {
      const entry = live(s.zswap_entry, me.entry)
      entry.in_lru = true
      return entry.swpentry === 0 ? 'swpentry' : ret(true)
    },
    /** check_old: entry = xa_erase(tree, offset + index); */
    check_old(s, me) {
      me.entry = xa_erase(s.zswap_tree, known(held(s, me.folio).swap))
      return me.entry === 0 ? 'vswap_store_folio' : call(zswap_entry_free, { entry: me.entry }, 'vswap_store_folio')
    },
    /** vswap_store_folio(swp, folio); */
    vswap_store_folio(s, me) {
      return call(vswap_store_folio, { entry: known(held(s, me.folio).swap), folio: me.folio }, 'fail')
    },
    /** return ret; */
    fail() {
      return ret(false)
    },
  },
)
