/** mm/zswap.c, as far as the entry of one slot goes. Changes of its tree are under xa_lock, those of its LRU under the lock of a list. */
import { blocked, call, choose, ret } from '../../../checker/index.js'
import { has_cache } from './count.js'
import { guard, procedure, type State } from './state.js'

/** Held by who reads or writes a folio in the swap cache, from here to the return. */
function folio_lock(s: State, self: State['folio_lock']): boolean {
  if (!s.swapper_space || s.folio_lock !== 0) return false
  s.folio_lock = self
  return true
}

/** zswap_entry_free(entry), of one that is in the tree no longer. */
export const zswap_entry_free = procedure(
  'zswap_entry_free',
  {},
  {
    call() {
      return 'list_lru_del'
    },
    /** zswap_lru_del(&zswap_list_lru, entry): list_del_init(item); the shrinker does not take it off */
    list_lru_del(s) {
      if (s.zswap_lru === 0) return blocked
      s.zswap_lru -= 1
      s.zswap_entries -= 1
      return ret()
    },
  },
)

/** zswap_store(folio), of a folio in the swap cache. */
export const zswap_store = procedure(
  'zswap_store',
  { calls: [zswap_entry_free] },
  {
    call(s, me) {
      return folio_lock(s, me.self) ? 'xa_store' : blocked
    },
    /** old = xa_store(tree, offset, entry, GFP_KERNEL); if (old) zswap_entry_free(old); */
    xa_store(s) {
      const wasThere = s.zswap_tree
      s.zswap_tree = true
      s.zswap_entries += 1
      return wasThere ? call(zswap_entry_free, {}, 'list_lru_add') : 'list_lru_add'
    },
    /** zswap_lru_add(&zswap_list_lru, entry): list_add_tail(item, &l->list); */
    list_lru_add(s) {
      s.zswap_lru += 1
      return 'return_true'
    },
    return_true(s) {
      s.folio_lock = 0
      return 'call'
    },
  },
)

/** zswap_store(folio) that does not take it: whatever is left of an older store is erased. */
export const zswap_store_rejected = procedure(
  'zswap_store_rejected',
  { calls: [zswap_entry_free] },
  {
    call(s, me) {
      return folio_lock(s, me.self) ? 'xa_erase' : blocked
    },
    /** check_old: entry = xa_erase(tree, offset); if (entry) zswap_entry_free(entry); */
    xa_erase(s) {
      return erased(s) ? call(zswap_entry_free, {}, 'return_false') : 'return_false'
    },
    return_false(s) {
      s.folio_lock = 0
      return 'call'
    },
  },
)

/** xa_erase(tree, offset): was there an entry? */
function erased(s: State): boolean {
  const wasThere = s.zswap_tree
  s.zswap_tree = false
  return wasThere
}

/** zswap_load(folio) of a folio in the swap cache, which takes the entry over. */
export const zswap_load = procedure(
  'zswap_load',
  { calls: [zswap_entry_free] },
  {
    /** if (zswap_never_enabled()) return false; then there is no tree to look at */
    call(s, me) {
      if (!folio_lock(s, me.self)) return blocked
      return s.zswap_tree ? 'xa_erase' : choose(['xa_erase', 'return_false'] as const)
    },
    /** entry = xa_erase(tree, offset); if (!entry) return false; zswap_decompress(entry, folio); zswap_entry_free(entry); */
    xa_erase(s) {
      return erased(s) ? call(zswap_entry_free, {}, 'return_true') : 'return_false'
    },
    return_true(s) {
      s.folio_lock = 0
      return 'call'
    },
    return_false(s) {
      s.folio_lock = 0
      return 'call'
    },
  },
)

/** zswap_load(folio) of a folio that is not in the swap cache: the entry stays. */
export const zswap_load_direct = procedure(
  'zswap_load_direct',
  {},
  {
    call(s) {
      return has_cache(s) && !s.swapper_space ? 'xa_load' : blocked
    },
    /** entry = xa_load(tree, offset); if (!entry) return false; zswap_decompress(entry, folio); */
    xa_load(s) {
      return s.zswap_tree ? 'return_true' : 'return_false'
    },
    return_true() {
      return 'call'
    },
    return_false() {
      return 'call'
    },
  },
)

/** zswap_invalidate(swp), of a slot that nothing holds. */
export const zswap_invalidate = procedure(
  'zswap_invalidate',
  { calls: [zswap_entry_free] },
  {
    call() {
      return guard('take from zswap what a freed slot has there') ? 'xa_erase' : ret()
    },
    /** entry = xa_erase(tree, offset); if (entry) zswap_entry_free(entry); */
    xa_erase(s) {
      return erased(s) ? call(zswap_entry_free, {}, 'done') : ret()
    },
    done() {
      return ret()
    },
  },
)

/** zswap_writeback_entry(entry, swpentry) that has brought a folio into the swap cache: the entry goes, the folio is written. */
export const zswap_writeback_entry = procedure(
  'zswap_writeback_entry',
  { calls: [zswap_entry_free] },
  {
    call() {
      return 'xa_cmpxchg'
    },
    /** if (entry != xa_cmpxchg(tree, offset, entry, NULL, GFP_KERNEL)) …; zswap_decompress(entry, folio); zswap_entry_free(entry); */
    xa_cmpxchg(s, me) {
      if (!s.zswap_tree || !folio_lock(s, me.self)) return blocked
      s.zswap_tree = false
      return call(zswap_entry_free, {}, '__swap_writepage')
    },
    __swap_writepage(s) {
      s.folio_lock = 0
      return 'return_0'
    },
    return_0() {
      return 'call'
    },
  },
)

/** zswap_writeback_entry() that gives up: the slot is gone or has a folio, or the entry is no longer the one that it was for. */
export const zswap_writeback_given_up = procedure(
  'zswap_writeback_given_up',
  {},
  {
    call() {
      return choose(['xa_cmpxchg', 'return_error'] as const)
    },
    /** if (entry != xa_cmpxchg(tree, offset, entry, NULL, GFP_KERNEL)) { delete_from_swap_cache(folio); …; return -ENOMEM; } */
    xa_cmpxchg(s) {
      return s.swapper_space && s.folio_lock === 0 ? 'return_error' : blocked
    },
    return_error() {
      return 'call'
    },
  },
)

/** shrink_memcg_cb(item, l, lock, arg), in the lock of the list: of an entry that is on it. */
export const shrink_memcg_cb = procedure(
  'shrink_memcg_cb',
  {},
  {
    call(s) {
      return s.zswap_lru > 0 ? 'call' : blocked
    },
  },
)
