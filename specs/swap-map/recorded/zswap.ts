/** mm/zswap.c, as far as the entry of one slot goes. Its tree is an xarray, in which no probe can be: what happens there is hidden. */
import { blocked, ret } from '../../../checker/index.js'
import { has_cache } from './count.js'
import { guard, procedure, type State } from './state.js'

/** Held by who reads or writes a folio in the swap cache, from here to the return. */
function folio_lock(s: State, self: State['folio_lock']): boolean {
  if (!s.swapper_space || s.folio_lock !== 0) return false
  s.folio_lock = self
  return true
}

/** zswap_store(folio), of a folio in the swap cache. */
export const zswap_store = procedure(
  'zswap_store',
  {},
  {
    call(s, me) {
      return folio_lock(s, me.self) ? 'xa_store' : blocked
    },
    /** old = xa_store(tree, offset, entry, GFP_KERNEL); if (old) zswap_entry_free(old); */
    xa_store(s) {
      const wasThere = s.zswap_tree
      s.zswap_tree = true
      s.zswap_entries += 1
      return wasThere ? 'free_old' : 'return_true'
    },
    free_old(s) {
      s.zswap_entries -= 1
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
  {},
  {
    call(s, me) {
      return folio_lock(s, me.self) ? 'check_old' : blocked
    },
    /** check_old: entry = xa_erase(tree, offset); if (entry) zswap_entry_free(entry); where zswap is off, not even that */
    check_old(s) {
      if (!s.zswap_tree) return 'return_false'
      s.zswap_tree = false
      return 'zswap_entry_free'
    },
    zswap_entry_free(s) {
      s.zswap_entries -= 1
      return 'return_false'
    },
    return_false(s) {
      s.folio_lock = 0
      return 'call'
    },
  },
)

/** zswap_load(folio) of a folio in the swap cache, which takes the entry over. */
export const zswap_load = procedure(
  'zswap_load',
  {},
  {
    call(s, me) {
      return folio_lock(s, me.self) ? 'xa_erase' : blocked
    },
    /** entry = xa_erase(tree, offset); if (!entry) return false; zswap_decompress(entry, folio); zswap_entry_free(entry); */
    xa_erase(s) {
      if (!s.zswap_tree) return 'return_false'
      s.zswap_tree = false
      return 'zswap_entry_free'
    },
    zswap_entry_free(s) {
      s.zswap_entries -= 1
      return 'return_true'
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

/** zswap_invalidate(swp), of a slot that nothing holds: entry = xa_erase(tree, offset); if (entry) zswap_entry_free(entry); */
export const zswap_invalidate = procedure(
  'zswap_invalidate',
  {},
  {
    call(s) {
      if (!s.zswap_tree || !guard('take from zswap what a freed slot has there')) return ret()
      return 'xa_erase'
    },
    xa_erase(s) {
      if (!s.zswap_tree) return ret()
      s.zswap_tree = false
      return 'zswap_entry_free'
    },
    zswap_entry_free(s) {
      s.zswap_entries -= 1
      return ret()
    },
  },
)

/** zswap_writeback_entry(entry, swpentry) that has brought a folio into the swap cache: the entry goes, the folio is written. */
export const zswap_writeback_entry = procedure(
  'zswap_writeback_entry',
  {},
  {
    call() {
      return 'xa_cmpxchg'
    },
    /** if (entry != xa_cmpxchg(tree, offset, entry, NULL, GFP_KERNEL)) { …; return -ENOMEM; } */
    xa_cmpxchg(s, me) {
      if (!s.zswap_tree || !folio_lock(s, me.self)) return blocked
      s.zswap_tree = false
      return 'zswap_entry_free'
    },
    zswap_entry_free(s) {
      s.zswap_entries -= 1
      return '__swap_writepage'
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
      return 'return_error'
    },
    return_error() {
      return 'call'
    },
  },
)
