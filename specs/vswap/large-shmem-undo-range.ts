/**
 * mm/shmem.c: shmem_undo_range() of a whole file with large folios, with shmem_free_swap() and truncate_inode_folio() in it (v6.14 with patch
 * 10). `shmem-undo-range.ts` is the same for a file of one page.
 *
 * Left out as there. A batch has one entry: what is known of an entry that waits in a batch is older, and is looked at again in the same way.
 */
import { assert, blocked, bool, call, type Id, known, type Ref, ref, ret } from '../../checker/index.js'
import { folio_lock, folio_unlock } from '../kernel/folio-lock.js'
import { folio_try_get } from '../kernel/folio-ref.js'
import { spin_is_locked } from '../kernel/spinlock.js'
import { clear_pte } from './clear-pte.js'
import { folio_nr_pages, folio_put, folio_put_refs, held } from './folio.js'
import { free_swap_and_cache_nr } from './free-swap-and-cache.js'
import { canonical, nr_slots, round_down, swap_entry_of, xa_lock, xas_load } from './multi-index.js'
import { pte_nth } from './page-table.js'
import { __filemap_remove_folio, index_of, is_in_mapping, shmem_confirm_swap, slots_of } from './shmem-mapping.js'
import { Entry, Folios, guard, Nr, Pte, procedure, type State } from './state.js'

/** Of the file whose first slot is `start`. */
export const large_shmem_undo_range = procedure(
  'shmem_undo_range',
  {
    args: { start: Pte },
    locals: {
      /** Where the next search begins, which is `index` in the C; 0 beyond the end. */
      from: ref(Pte),
      /** Where the search is, and what it finds: indices[i]. */
      index: ref(Pte),
      sibling: ref(Pte),
      radswap: ref(Entry),
      folio: ref(Folios),
      isFound: bool,
      nr: Nr,
    },
    calls: [free_swap_and_cache_nr],
  },
  {
    /**
     * index = start; while (index < end) { if (!find_get_entries(mapping, &index, end - 1, &fbatch, indices)) { if (index == start || end != -1)
     * break; index = start; continue; } find_get_entry(): folio = xas_find(xas, max); which passes over siblings once it goes on
     */
    find_get_entries(s, me) {
      if (me.from === 0) me.from = me.start
      if (me.index === 0) me.index = me.from
      const page = xas_load(s, me)
      if (page === 'sibling' && me.index === me.from) return 'find_get_entries'
      if (page === 'sibling' || page.kind === 'none') return next(s, me) ? 'find_get_entries' : ret()
      me.folio = page.folio
      me.radswap = page.entry
      return page.kind === 'present' ? 'folio_try_get' : 'xa_get_order'
    },
    /** if (!folio_try_get(folio)) goto reset; */
    folio_try_get(s, me) {
      return folio_try_get(s.folio[known(me.folio)]) ? 'xas_reload' : search(me)
    },
    /** if (unlikely(folio != xas_reload(xas))) { folio_put(folio); goto reset; } … *start = round_down(indices[idx] + folio_nr_pages(folio), nr); */
    xas_reload(s, me) {
      const page = xas_load(s, me)
      if (page === 'sibling') return 'xas_reload'
      if (page.folio === me.folio) {
        me.from = after(s, me.index, folio_nr_pages(s, me.folio))
        return 'folio_lock'
      }
      folio_put(s, me.folio)
      return search(me)
    },
    /**
     * nr = 1 << xa_get_order(&mapping->i_pages, indices[idx]); *start = round_down(indices[idx] + nr, nr); and, in the RFC, in shmem_free_swap()
     * once more: int order = xa_get_order(&mapping->i_pages, index); neither with xa_lock
     */
    xa_get_order(s, me) {
      me.nr = nr_slots(s, known(me.index))
      if (me.isFound) return 'xa_cmpxchg_irq'
      me.from = after(s, me.index, me.nr)
      if (guard('look at the order under xa_lock in shmem_free_swap')) return 'xa_cmpxchg_irq'
      me.isFound = true
      return 'xa_get_order'
    },
    /**
     * old = xa_cmpxchg_irq(&mapping->i_pages, index, radswap, NULL, 0); if (old != radswap) return 0; … if (!swaps_freed) { index = indices[i];
     * break; } An entry over several slots goes as a whole. Not in the RFC: nr_pages = 1 << xas_get_order(&xas); under the same lock
     */
    xa_cmpxchg_irq(s, me) {
      const index = known(me.index)
      if (spin_is_locked(xa_lock(s, index))) return blocked
      me.isFound = false
      const page = s.pte[canonical(s, index)]
      if (me.radswap === 0 ? page.kind !== 'poisoned' : !shmem_confirm_swap(page, me.radswap)) {
        me.from = index
        return search(me)
      }
      if (guard('look at the order under xa_lock in shmem_free_swap')) me.nr = nr_slots(s, index)
      xa_erase(s, index)
      return me.radswap === 0 ? search(me) : 'free_swap_and_cache_nr'
    },
    /** free_swap_and_cache_nr(radix_to_swp_entry(radswap), 1 << order); */
    free_swap_and_cache_nr(_, me) {
      me.index = 0
      return call(free_swap_and_cache_nr, { entry: known(me.radswap), nr: me.nr }, 'find_get_entries')
    },
    /** folio_lock(folio); */
    folio_lock(s, me) {
      return folio_lock(held(s, me.folio), me.self) ? 'folio_mapping' : blocked
    },
    /**
     * if (folio_mapping(folio) != mapping) { folio_unlock(folio); index = indices[i]; break; } VM_BUG_ON_FOLIO(folio_test_writeback(folio),
     * folio); truncate_inode_folio(mapping, folio), of the whole folio: folio_cancel_dirty(folio); the folio is locked
     */
    folio_mapping(s, me) {
      const folio = held(s, me.folio)
      if (!is_in_mapping(s, me.folio)) {
        me.from = me.index
        return 'folio_unlock'
      }
      assert(!folio.writeback, 'VM_BUG_ON_FOLIO(folio_test_writeback(folio), folio)')
      folio.dirty = false
      return 'filemap_remove_folio'
    },
    /** filemap_remove_folio(folio): __filemap_remove_folio(folio, NULL); under xa_lock */
    filemap_remove_folio(s, me) {
      const index = index_of(s, me.folio)
      if (spin_is_locked(xa_lock(s, index))) return blocked
      const slots = slots_of(s, me.folio, index)
      __filemap_remove_folio(s, me.folio, index)
      for (const id of slots) clear_pte(s.pte[id])
      return 'folio_put_refs'
    },
    /** filemap_free_folio(mapping, folio): folio_put_refs(folio, refs); } */
    folio_put_refs(s, me) {
      folio_put_refs(s, me.folio, folio_nr_pages(s, me.folio))
      return 'folio_unlock'
    },
    /** folio_unlock(folio); */
    folio_unlock(s, me) {
      folio_unlock(held(s, me.folio), me.self)
      return 'folio_batch_release'
    },
    /** folio_batch_release(&fbatch); */
    folio_batch_release(s, me) {
      folio_put(s, me.folio)
      return search(me)
    },
  },
)

/** The next search begins at `from`. */
function search(me: { index: Ref<'pte'> }): 'find_get_entries' {
  me.index = 0
  return 'find_get_entries'
}

interface Search {
  readonly start: Id<'pte'>
  from: Ref<'pte'>
  index: Ref<'pte'>
  sibling: Ref<'pte'>
}

/** The search goes on with the next slot, or from the start of the file; false where it has seen all of that and found nothing. */
function next(s: State, me: Search): boolean {
  me.sibling = 0
  me.index = pte_nth(s, me.index, 1)
  if (me.index !== 0) return true
  const isOver = me.from === me.start
  me.from = 0
  return !isOver
}

/** round_down(index + nr, nr); 0 beyond the end. */
export function after(s: State, index: Ref<'pte'>, nr: number): Ref<'pte'> {
  return pte_nth(s, round_down(s, known(index), nr), nr)
}

/** The entry of a slot goes, with all its slots; the counts of its swap entries are the caller's. */
export function xa_erase(s: State, index: Id<'pte'>): void {
  const first = canonical(s, index)
  const slots = Array.from({ length: nr_slots(s, index) }, (_, n) => known(pte_nth(s, first, n)))
  for (const entry of slots.map((id) => swap_entry_of(s, id))) if (entry !== 0) s.in_flight[entry] += 1
  for (const id of slots) clear_pte(s.pte[id])
}
