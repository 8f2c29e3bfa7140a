/**
 * mm/zswap.c: the reference counts of zswap entries, and their red-black tree (v3.11 to v6.8).
 *
 * The tree has the first reference to an entry, and whoever works on the entry without tree->lock has one of its own. Each function here is called with tree->lock held,
 * by a step that is one critical section of it; all accesses to the tree and to the counts are in such sections.
 */
import type { Id, Ref } from '../../checker/index.js'
import { atomic_dec_and_test, atomic_inc } from '../kernel/atomic.js'
import { free, live } from '../kernel/memory.js'
import { guard, type State } from './state.js'

/** zswap_entry_find_get(&tree->rbroot, offset) */
export function zswap_entry_find_get(s: State, swp: Id<'entry'>): Ref<'zentry'> {
  const entry = s.zswap_tree[swp]
  if (entry !== 0) atomic_inc(live(s.zswap_entry, entry), 'refcount')
  return entry
}

/** zswap_entry_put(tree, entry): int refcount = --entry->refcount; if (refcount == 0) { zswap_rb_erase(&tree->rbroot, entry); zswap_free_entry(entry); } */
export function zswap_entry_put(s: State, entry: Id<'zentry'>): void {
  const it = live(s.zswap_entry, entry)
  if (!atomic_dec_and_test(it, 'refcount')) return
  zswap_rb_erase(s, entry)
  it.in_lru = false
  it.swpentry = 0
  it.data = 0
  free(s.zswap_entry, entry)
}

/** zswap_invalidate_entry(tree, entry): if (zswap_rb_erase(&tree->rbroot, entry)) zswap_entry_put(tree, entry); until v6.5 without the test. */
export function zswap_invalidate_entry(s: State, entry: Ref<'zentry'>): void {
  if (entry === 0) return
  const isErased = zswap_rb_erase(s, entry)
  if (isErased || !guard('invalidate a zswap entry once, while a reference to it is held')) zswap_entry_put(s, entry)
}

/** zswap_rb_erase(root, entry): if (!RB_EMPTY_NODE(&entry->rbnode)) { rb_erase(…); RB_CLEAR_NODE(…); return true; } return false; */
function zswap_rb_erase(s: State, entry: Id<'zentry'>): boolean {
  const { swpentry } = live(s.zswap_entry, entry)
  if (swpentry === 0 || s.zswap_tree[swpentry] !== entry) return false
  s.zswap_tree[swpentry] = 0
  return true
}
