/**
 * include/linux/xarray.h, lib/xarray.c: an entry of `mapping->i_pages` over several slots, that of a large folio or of a range of swap entries.
 *
 * The first of its slots holds it, and the others are siblings: whoever loads one of them reads the first after it. A file has a node of
 * PTRS_PER_PTE slots here, or a single slot where that is 0.
 */
import { type Id, known, nth, ordinal, type Ref } from '../../checker/index.js'
import type { Spinlock } from '../kernel/spinlock.js'
import { folio_page, swap_nth } from './folio.js'
import { pte_lockptr, pte_nth } from './page-table.js'
import type { PageTableEntry, State } from './state.js'

/** The slot that a slot is a sibling of, or itself. */
export function canonical(s: State, index: Id<'pte'>): Id<'pte'> {
  let at = index
  while (s.pte[at].kind === 'sibling') at = known(nth(s.pte.ids, at, -1))
  return at
}

interface Load {
  readonly index: Ref<'pte'>
  /** Where the next access is to, as a sibling was read; 0 for the slot of `index`. */
  sibling: Ref<'pte'>
}

/** xas_load(&xas), an access at a time; it is done where the answer is no sibling. */
export function xas_load(s: State, me: Load): PageTableEntry | 'sibling' {
  const page = s.pte[known(me.sibling === 0 ? me.index : me.sibling)]
  me.sibling = 0
  if (page.kind !== 'sibling') return page
  me.sibling = canonical(s, known(me.index))
  return 'sibling'
}

/** 1 << xa_get_order(&mapping->i_pages, index): the slots of an entry, for which only the siblings are looked at. */
export function nr_slots(s: State, index: Id<'pte'>): number {
  let nr = 1
  for (let next = pte_nth(s, canonical(s, index), 1); next !== 0 && s.pte[next].kind === 'sibling'; next = pte_nth(s, next, 1)) nr++
  return nr
}

/** round_down(index, nr) */
export function round_down(s: State, index: Id<'pte'>, nr: number): Id<'pte'> {
  return known(nth(s.pte.ids, index, -((ordinal(index) - 1) % nr)))
}

/** xa_lock of `mapping->i_pages`; the locks of page tables have no other use for a file. */
export function xa_lock(s: State, index: Id<'pte'>): Spinlock {
  return pte_lockptr(s, index)
}

/** The swap entry of a slot, or of a PTE; 0 where it holds none. */
export function swap_entry_of(s: State, id: Id<'pte'>): Ref<'entry'> {
  const at = canonical(s, id)
  const { kind, entry } = s.pte[at]
  return kind === 'swap' && entry !== 0 ? swap_nth(s, entry, ordinal(id) - ordinal(at)) : 0
}

/** The page of a slot, or that a PTE maps; 0 for none. While its folio is split, a slot may hold that and be no sibling any more. */
export function page_of(s: State, id: Id<'pte'>): Ref<'folio'> {
  const at = canonical(s, id)
  const { kind, folio } = s.pte[at]
  if (kind !== 'present' || folio === 0) return 0
  const { pagecache, index } = s.folio[folio]
  return folio_page(s, folio, ordinal(id) - (pagecache ? index : ordinal(at)))
}
