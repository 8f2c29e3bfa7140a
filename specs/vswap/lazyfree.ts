/** mm/rmap.c: the "MADV_FREE page check" of try_to_unmap_one(): a page that its owner has let go is given up, or mapped again (v6.14). */
import { assert, asserted, bool, known, oneOf, type Ref } from '../../checker/index.js'
import { clear_pte } from './clear-pte.js'
import { held } from './folio.js'
import type { PageTableEntry, State } from './state.js'

export const LazyfreeKeeps = asserted('LazyfreeKeeps', 'No page is given up that was written to since its owner let it go.')

/** Locals of try_to_unmap(): how far the check is, and pteval. */
export const lazyfree_check = { lazyfree: oneOf('none', 'cleared', 'counted'), writable: bool, dirty: bool, walk_abort: bool }

interface Locals {
  readonly folio: Ref<'folio'>
  readonly pte: Ref<'pte'>
  subpage: Ref<'folio'>
  anon_exclusive: boolean
  lazyfree: 'none' | 'cleared' | 'counted'
  writable: boolean
  dirty: boolean
  walk_abort: boolean
}

/** pteval = ptep_clear_flush(vma, address, pvmw.pte) is to be kept, of a folio that is not swapbacked. */
export function begin_lazyfree_check(me: Locals, { writable, dirty }: PageTableEntry): void {
  me.lazyfree = 'cleared'
  me.writable = writable
  me.dirty = dirty
}

/**
 * ref_count = folio_ref_count(folio); map_count = folio_mapcount(folio), which go together for who maps and unmaps; then if (ref_count == 1 +
 * map_count && !folio_test_dirty(folio)) goto discard; set_pte_at(mm, address, pvmw.pte, pteval); folio_set_swapbacked(folio); goto walk_abort; the
 * next access of that; false when it is over.
 */
export function lazyfree_check_goes_on(s: State, me: Locals): boolean {
  const { _refcount, _mapcount, dirty } = held(s, me.folio)
  if (me.lazyfree === 'cleared') {
    me.walk_abort = _refcount !== 1 + _mapcount
    me.lazyfree = 'counted'
    return true
  }
  const pte = s.pte[known(me.pte)]
  me.walk_abort ||= dirty
  if (me.walk_abort) {
    Object.assign(pte, { kind: 'present', folio: me.subpage, writable: me.writable, dirty: me.dirty })
    s.lazyfree[known(me.folio)] = false
  } else {
    assert(pte.stored === s.may_go[known(me.pte)], 'a page is given up that was written to', LazyfreeKeeps)
    clear_pte(pte)
  }
  me.lazyfree = 'none'
  me.writable = false
  me.dirty = false
  me.anon_exclusive = false
  me.subpage = 0
  return false
}
