/** mm/truncate.c: truncate_inode_folio() and truncate_inode_partial_folio() of a folio of a shmem file (v6.14). */
import { assert, blocked, bool, call, type Id, ordinal, type Ref, ref, ret } from '../../checker/index.js'
import { spin_is_locked } from '../kernel/spinlock.js'
import { clear_pte } from './clear-pte.js'
import { folio_nr_pages, folio_put_refs, held } from './folio.js'
import { xa_lock } from './multi-index.js'
import { __filemap_remove_folio, folio_file_page, index_of, slots_of } from './shmem-mapping.js'
import { split_shmem_folio } from './split-shmem-folio.js'
import { Folios, Pte, procedure, type State } from './state.js'

/** By the holder of the folio lock, of a folio that is in the mapping. */
export const truncate_inode_folio = procedure(
  'truncate_inode_folio',
  { args: { folio: Folios } },
  {
    /** folio_cancel_dirty(folio); filemap_remove_folio(folio): __filemap_remove_folio(folio, NULL); under xa_lock, and the folio is locked */
    filemap_remove_folio(s, me) {
      const index = index_of(s, me.folio)
      if (spin_is_locked(xa_lock(s, index))) return blocked
      const slots = slots_of(s, me.folio, index)
      held(s, me.folio).dirty = false
      __filemap_remove_folio(s, me.folio, index)
      for (const id of slots) clear_pte(s.pte[id])
      return 'folio_put_refs'
    },
    /** filemap_free_folio(mapping, folio): folio_put_refs(folio, refs); */
    folio_put_refs(s, me) {
      folio_put_refs(s, me.folio, folio_nr_pages(s, me.folio))
      return ret()
    },
  },
)

/** The same; of the slots from `start` to `end`, which is the first that stays, or 0. False where the folio could not be split. */
export const truncate_inode_partial_folio = procedure(
  'truncate_inode_partial_folio',
  {
    args: { folio: Folios, start: Pte, end: ref(Pte) },
    locals: { isSplit: bool },
    calls: [truncate_inode_folio, split_shmem_folio],
    returns: bool,
  },
  {
    /** folio_wait_writeback(folio); if (length == folio_size(folio)) { truncate_inode_folio(folio->mapping, folio); */
    folio_wait_writeback(s, me) {
      if (held(s, me.folio).writeback) return blocked
      if (!cut_slots(s, me).includes(false)) return call(truncate_inode_folio, { folio: me.folio }, 'truncated')
      return 'folio_zero_range'
    },
    /** return true; } */
    truncated() {
      return ret(true)
    },
    /** folio_zero_range(folio, offset, length); the folio is locked. Zeroes are one more store to the page. */
    folio_zero_range(s, me) {
      const slots = slots_of(s, me.folio, index_of(s, me.folio))
      for (const [n, isCut] of cut_slots(s, me).entries()) {
        const id = slots[n]
        if (isCut && id !== undefined) zero(s, me.folio, id)
      }
      return call(split_shmem_folio, { folio: me.folio, list: false }, 'split', 'isSplit')
    },
    /** if (split_folio(folio) == 0) return true; if (folio_test_dirty(folio)) return false; … which a folio of shmem is whose lock can be had */
    split(s, me) {
      assert(me.isSplit || held(s, me.folio).dirty, 'a shmem folio in the page cache that nobody writes out is dirty')
      return ret(me.isSplit)
    },
  },
)

interface Cut {
  readonly folio: Id<'folio'>
  readonly start: Id<'pte'>
  readonly end: Ref<'pte'>
}

/** Of each slot of the folio, whether it is cut. */
function cut_slots(s: State, { folio, start, end }: Cut): readonly boolean[] {
  return slots_of(s, folio, index_of(s, folio)).map((id) => ordinal(id) >= ordinal(start) && (end === 0 || ordinal(id) < ordinal(end)))
}

function zero(s: State, folio: Id<'folio'>, id: Id<'pte'>): void {
  const page = s.pte[id]
  page.stored = page.stored === 3 ? 1 : page.stored + 1
  s.folio[folio_file_page(s, folio, id)].data = page.stored
}
