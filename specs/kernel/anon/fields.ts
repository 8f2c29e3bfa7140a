/**
 * Anonymous memory as swapping finds it: folios, and page table entries that map them or hold a swap entry. Whatever a swap entry leads to is of the
 * spec, which spreads these fields into its own, and hands the procedures here what they call of it.
 *
 * Left out: large folios, shmem, and the migration of pages.
 */
import { array, bool, domain, int, language, oneOf, type RecordView, record, ref, schema } from '../../../checker/index.js'
import { folio_lock_fields } from '../folio-lock.js'
import { life } from '../memory.js'
import { spinlock_t } from '../spinlock.js'

/** What a page table entry holds of a page that is out: a `swp_entry_t`, whatever it is an entry of. */
export const Entry = domain('entry', 1)
export const Folios = domain('folio', 2)
/** Page table entries, each in an address space of its own. */
export const Pte = domain('pte', 1)
/** What a page holds: a number that changes with every store. 0 is nobody's data. Ghost. */
export const Data = int(0, 3)

/** Fields of a folio. */
export const folio_fields = {
  life,
  _refcount: int(0, 7),
  _mapcount: int(0, 3),
  ...folio_lock_fields,
  /** On an LRU list: who takes it off has it to itself as far as reclaim goes. */
  lru: bool,
  uptodate: bool,
  dirty: bool,
  swapcache: bool,
  /** folio->swap: under which entry it is in the swap cache. */
  entry: ref(Entry),
  data: Data,
}

/** Variables beside `folio`. */
export const pte_fields = {
  pte: array(
    Pte,
    record({
      kind: oneOf('none', 'present', 'swap'),
      folio: ref(Folios),
      writable: bool,
      dirty: bool,
      entry: ref(Entry),
      ptl: spinlock_t,
      /** Ghost: what the owner of the page last stored. */
      stored: Data,
    }),
  ),
  /** Ghost: counts that no PTE shows: +1 for one that is taken before its PTE is set, -1 for one that is dropped before its PTE is cleared. */
  in_flight: array(Entry, int(-3, 3)),
}

/** What every spec with these fields has. */
const state = schema({ folio: array(Folios, record(folio_fields)), ...pte_fields })

export type State = RecordView<(typeof state)['fields']>

export const { procedure } = language(state)
