/**
 * mm/zswap.c: zswap_store().
 *
 * Left out: `entry->referenced`, memory.zswap.max, and shrink_memcg() and shrink_worker() from in here: the shrinker is a process of its own,
 * and runs whenever it likes.
 */
import { bool, call, choose, type Id, known, type Ref, ref, ret } from '../../checker/index.js'
import { alloc_any, live } from '../kernel/memory.js'
import { xa_erase, xa_store } from '../kernel/xarray.js'
import { folio_nr_pages, folio_page, page_swap_entry } from './folio.js'
import { Folios, guard, Nr, Objcg, procedure, type State, Zentry } from './state.js'
import { touch_zswap_tree, zswap_entry_free } from './zswap-entry.js'
import { get_obj_cgroup_from_folio, obj_cgroup_charge_zswap, obj_cgroup_get, obj_cgroup_put } from './zswap-objcg.js'

interface Page {
  readonly folio: Id<'folio'>
  index: number
}

interface OfFolio extends Page {
  readonly objcg: Ref<'objcg'>
  ret: boolean
}

/** page_swpentry = page_swap_entry(folio_page(folio, index)) */
function page_swpentry(s: State, { folio, index }: Page): Id<'entry'> {
  return page_swap_entry(s, folio_page(s, folio, index))
}

/** ++index < nr_pages */
function next(s: State, me: Page): boolean {
  me.index++
  return me.index < folio_nr_pages(s, me.folio)
}

/** The next page; after the last, what is to be done for the folio. */
function stored(s: State, me: OfFolio) {
  if (next(s, me)) return 'zswap_compress'
  me.ret = true
  if (me.objcg === 0) return ret(true)
  return guard('charge each page as it is stored') ? 'put_objcg' : 'obj_cgroup_charge_zswap'
}

/** goto put_objcg; where a page is not stored, those before it go with it, and so does what was stored of the folio before. */
function failed(me: OfFolio) {
  me.index = 0
  return me.objcg === 0 ? check_old() : 'put_objcg'
}

function check_old() {
  return guard('erase a stale zswap entry where the store fails') ? 'check_old' : ret(false)
}

/** True where zswap has all pages. The caller holds the folio lock, and the folio is in the swap cache. */
export const zswap_store = procedure(
  'zswap_store',
  {
    args: { folio: Folios },
    locals: { objcg: ref(Objcg), index: Nr, entry: ref(Zentry), old: ref(Zentry), ret: bool },
    calls: [zswap_entry_free],
    returns: bool,
  },
  {
    /**
     * if (!zswap_enabled) goto check_old; objcg = get_obj_cgroup_from_folio(folio); if (objcg && !obj_cgroup_may_zswap(objcg)) … goto put_objcg;
     * if (zswap_check_limits()) goto put_objcg; the limits may forbid it at any time
     */
    zswap_enabled(s, me) {
      if (s.zswap_disabled) return guard('erase a stale zswap entry where zswap is disabled') ? 'check_old' : ret(false)
      me.objcg = get_obj_cgroup_from_folio(s)
      return s.zswap === 'on' || choose([true, false]) ? 'zswap_compress' : failed(me)
    },
    /**
     * for (index = 0; index < nr_pages; ++index) zswap_store_page(page, objcg, pool): entry = zswap_entry_cache_alloc(…); if (!entry) …;
     * if (!zswap_compress(page, entry, pool)) goto compress_failed; nobody else has the entry yet
     */
    zswap_compress(s, me) {
      const isRejected = me.index > 0 && s.zswap === 'unreliable' && choose([false, true])
      const hasMemory = s.zswap_entry.ids.some((id) => s.zswap_entry[id].life === 'free')
      const entry = !isRejected && hasMemory ? alloc_any(s.zswap_entry) : 0
      if (entry === 0) return failed(me)
      me.entry = entry
      s.zswap_entry[entry].data = s.folio[folio_page(s, me.folio, me.index)].data
      return 'xa_store'
    },
    /** old = xa_store(swap_zswap_tree(page_swpentry), swp_offset(page_swpentry), entry, GFP_KERNEL); */
    xa_store(s, me) {
      touch_zswap_tree(s)
      me.old = xa_store(s.zswap_tree, page_swpentry(s, me), me.entry)
      return 'free_old'
    },
    /** if (old) zswap_entry_free(old); */
    free_old(_, me) {
      const { old } = me
      me.old = 0
      const after = me.objcg === 0 ? 'swpentry' : 'obj_cgroup_get'
      return old === 0 || !guard('free the zswap entry that a new one replaces') ? after : call(zswap_entry_free, { entry: old }, after)
    },
    /** if (objcg) { obj_cgroup_get(objcg); and entry->objcg = objcg; */
    obj_cgroup_get(s, me) {
      const objcg = known(me.objcg)
      obj_cgroup_get(s, objcg)
      live(s.zswap_entry, me.entry).objcg = objcg
      return guard('charge each page as it is stored') ? 'obj_cgroup_charge_zswap' : 'swpentry'
    },
    /** obj_cgroup_charge_zswap(objcg, entry->length); } in v6.13 after the last page: obj_cgroup_charge_zswap(objcg, compressed_bytes); */
    obj_cgroup_charge_zswap(s, me) {
      obj_cgroup_charge_zswap(s, known(me.objcg), me.ret ? folio_nr_pages(s, me.folio) : 1)
      return me.ret ? 'put_objcg' : 'swpentry'
    },
    /** entry->swpentry = page_swpentry; without the protection, after the next step */
    swpentry(s, me) {
      const entry = live(s.zswap_entry, me.entry)
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
    /** put_objcg: obj_cgroup_put(objcg); */
    put_objcg(s, me) {
      obj_cgroup_put(s, known(me.objcg))
      return me.ret ? ret(true) : check_old()
    },
    /** check_old: if (!ret) for (index = 0; index < nr_pages; ++index) { entry = xa_erase(tree, offset + index); if (entry) zswap_entry_free(entry); } */
    check_old(s, me) {
      touch_zswap_tree(s)
      const entry = xa_erase(s.zswap_tree, page_swpentry(s, me))
      const after = next(s, me) ? 'check_old' : 'fail'
      return entry === 0 ? after : call(zswap_entry_free, { entry }, after)
    },
    /** return ret; */
    fail() {
      return ret(false)
    },
  },
)
