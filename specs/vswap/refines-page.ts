/**
 * That virtual swap is what it replaces looks like: `specs/page`.
 *
 * A page is in where its PTE maps a folio. Elsewhere it is out, and what a load of it gives is looked for as a fault looks for it: the folio in the
 * swap cache, or else what backs the entry. Where a fault would wait, for the page table lock or for the folio, it will find what was last
 * written or nothing: this is looked at when it need not wait any more.
 */
import { type Id, known, nth, ordinal, type Ref } from '../../checker/index.js'
import { page } from '../page/page.js'
import { canonical, page_of, swap_entry_of } from './multi-index.js'
import { pte_lockptr } from './page-table.js'
import { refines, type State } from './state.js'

export const Refines = refines(
  'Refines',
  'A page that was written is what is read, until it is zapped, whatever moves underneath; it is lost only if a read has failed.',
  page,
  (s, abstract) => {
    abstract.failed = s.device.read_failed
    for (const id of s.pte.ids) {
      const { kind } = s.pte[canonical(s, id)]
      const { stored } = s.pte[id]
      const p = abstract.page[id]
      if (kind === 'poisoned') p.is = 'lost'
      if (kind === 'poisoned' || (kind === 'none' && stored === 0)) continue
      p.is = kind === 'present' ? 'in' : 'out'
      p.written = stored
      p.loads = kind === 'present' ? dataOf(s, page_of(s, id)) : loaded(s, id)
    }
  },
)

/** What a load of a page that is out gives. */
function loaded(s: State, id: Id<'pte'>): number {
  const { kind, stored, folio } = s.pte[id]
  if (pte_lockptr(s, id).owner !== 0) return stored
  if (kind === 'migration') return dataOf(s, folio)
  const entry = swap_entry_of(s, id)
  return entry === 0 ? 0 : swappedIn(s, entry, stored)
}

function swappedIn(s: State, entry: Id<'entry'>, stored: number): number {
  const folio = s.swapper_space[entry]
  if (folio === 0) return backing(s, entry)
  const { uptodate, PG_locked, swap } = s.folio[folio]
  if (uptodate) return dataOf(s, nth(s.folio.ids, folio, ordinal(entry) - ordinal(known(swap))))
  return PG_locked ? stored : backing(s, entry)
}

function backing(s: State, entry: Id<'entry'>): number {
  const id = s.vswap_map[entry]
  if (id === 0) return 0
  const { type, slot, folio } = s.desc[id]
  switch (type) {
    case 'VSWAP_SWAPFILE':
      return slot === 0 ? 0 : s.medium[slot]
    case 'VSWAP_ZERO':
      return s.zeroes
    case 'VSWAP_ZSWAP':
      return compressed(s, s.zswap_tree[entry])
    case 'VSWAP_FOLIO':
      return dataOf(s, folio)
  }
}

function compressed(s: State, zswap_entry: Ref<'zentry'>): number {
  return zswap_entry === 0 ? 0 : s.zswap_entry[zswap_entry].data
}

function dataOf(s: State, folio: Ref<'folio'>): number {
  return folio === 0 ? 0 : s.folio[folio].data
}
