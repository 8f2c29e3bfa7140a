/**
 * mm/shmem.c: shmem_undo_range() of a part of a file with large folios, as ftruncate() and fallocate(FALLOC_FL_PUNCH_HOLE) call it, with find_lock_entries(),
 * find_get_entries() and shmem_free_swap() in it (v6.14 with patch 10). `large-shmem-undo-range.ts` is its last pass over a whole file.
 *
 * Left out as there. A batch has one entry. Both borders are multiples of a page.
 */
import { assert, blocked, bool, call, type Id, known, ordinal, type Ref, ref, ret } from '../../checker/index.js'
import { folio_lock, folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { folio_try_get } from '../kernel/folio-ref.js'
import { spin_is_locked } from '../kernel/spinlock.js'
import { folio_nr_pages, folio_put, held } from './folio.js'
import { free_swap_and_cache_nr } from './free-swap-and-cache.js'
import { large_shmem_get_folio_gfp } from './large-shmem-get-folio.js'
import { after, xa_erase } from './large-shmem-undo-range.js'
import { canonical, nr_slots, round_down, xa_lock, xas_load } from './multi-index.js'
import { pte_nth } from './page-table.js'
import { shmem_get_partial_folio } from './shmem-get-partial-folio.js'
import { index_of, is_in_mapping, shmem_confirm_swap } from './shmem-mapping.js'
import { Entry, Folios, guard, Nr, Pte, procedure, type State } from './state.js'
import { truncate_inode_folio, truncate_inode_partial_folio } from './truncate-inode-folio.js'

/** Of the slots from `start` to `end`, which is the first that stays, or 0: -1 in the C. */
export const shmem_undo_part = procedure(
  'shmem_undo_range',
  {
    args: { start: Pte, end: ref(Pte) },
    locals: {
      /** In find_lock_entries(), which is the first pass, or else in find_get_entries(). */
      isSecond: bool,
      /** `start` of the second pass; 0 beyond the file. */
      first: ref(Pte),
      /** Where the search began, which is `index` in the C, and where it is. */
      from: ref(Pte),
      index: ref(Pte),
      sibling: ref(Pte),
      /** xas_find() loads the slot itself, in place of going on to the next. */
      isLoad: bool,
      /** Where the next search begins. */
      next: ref(Pte),
      radswap: ref(Entry),
      folio: ref(Folios),
      isFound: bool,
      isCut: bool,
      /** The end of the range is in the folio that its start is in. */
      same_folio: bool,
      /** shmem_get_partial_folio() was asked for the end of the range. */
      atEnd: bool,
      nr: Nr,
    },
    calls: [free_swap_and_cache_nr, large_shmem_get_folio_gfp, shmem_get_partial_folio, truncate_inode_folio, truncate_inode_partial_folio],
  },
  {
    /**
     * index = start; while (index < end && find_lock_entries(mapping, &index, end - 1, &fbatch, indices)) …; whole_folios: index = start; while (index < end)
     * { if (!find_get_entries(mapping, &index, end - 1, &fbatch, indices)) …; both by find_get_entry(): folio = xas_find(xas, max);
     */
    find_get_entry(s, me) {
      if (me.index === 0) begin(me, me.start)
      const page = xas_load(s, me)
      if (page === 'sibling' && me.isLoad) return 'find_get_entry'
      if (page === 'sibling' || page.kind === 'none') return xas_next(s, me)
      me.folio = page.folio
      me.radswap = page.entry
      return page.kind === 'present' ? 'folio_try_get' : 'xa_get_order'
    },
    /** if (!folio_try_get(folio)) goto reset; */
    folio_try_get(s, me) {
      if (folio_try_get(s.folio[known(me.folio)])) return 'xas_reload'
      me.isLoad = true
      return 'find_get_entry'
    },
    /** if (unlikely(folio != xas_reload(xas))) { folio_put(folio); goto reset; } */
    xas_reload(s, me) {
      const page = xas_load(s, me)
      if (page === 'sibling') return 'xas_reload'
      if (page.folio === me.folio) {
        me.next = after(s, known(me.index), folio_nr_pages(s, me.folio))
        return me.isSecond ? 'folio_lock' : 'folio_trylock'
      }
      folio_put(s, me.folio)
      me.isLoad = true
      return 'find_get_entry'
    },
    /**
     * nr = folio_nr_pages(folio); base = folio->index; if (base < *start) goto put; if (base + nr - 1 > end) goto put; if (!folio_trylock(folio)) goto put;
     * the reference keeps the folio whole
     */
    folio_trylock(s, me) {
      const nr = folio_nr_pages(s, known(me.folio))
      if (crosses(s, me, round_down(s, known(me.index), nr), nr)) return 'put'
      return folio_trylock(held(s, me.folio), me.self) ? 'folio_mapping' : 'put'
    },
    /** folio_lock(folio); */
    folio_lock(s, me) {
      return folio_lock(held(s, me.folio), me.self) ? 'folio_mapping' : blocked
    },
    /**
     * first: if (folio->mapping != mapping || folio_test_writeback(folio)) goto unlock; … truncate_inode_folio(mapping, folio); then: if (folio_mapping(folio)
     * != mapping) { folio_unlock(folio); index = indices[i]; break; } VM_BUG_ON_FOLIO(folio_test_writeback(folio), folio); if (!folio_test_large(folio))
     * truncate_inode_folio(mapping, folio); else if (truncate_inode_partial_folio(folio, lstart, lend))
     */
    folio_mapping(s, me) {
      const folio = known(me.folio)
      if (!is_in_mapping(s, folio)) {
        me.next = me.index
        return me.isSecond ? 'folio_unlock' : 'unlock'
      }
      assert(!held(s, folio).writeback, 'VM_BUG_ON_FOLIO(folio_test_writeback(folio), folio)')
      if (!me.isSecond || folio_nr_pages(s, folio) === 1) return call(truncate_inode_folio, { folio }, 'folio_unlock')
      return call(truncate_inode_partial_folio, { folio, start: me.start, end: me.end }, 'partial', 'isCut')
    },
    /** { if (!folio_test_large(folio)) { folio_unlock(folio); index = start; break; } } */
    partial(s, me) {
      if (me.isCut && folio_nr_pages(s, me.folio) === 1) me.next = me.first
      me.isCut = false
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
      return search(me, me.next)
    },
    /** unlock: folio_unlock(folio); */
    unlock(s, me) {
      folio_unlock(held(s, me.folio), me.self)
      return 'put'
    },
    /** put: folio_put(folio); */
    put(s, me) {
      folio_put(s, me.folio)
      return xas_next(s, me)
    },
    /**
     * first: nr = 1 << xas_get_order(&xas); base = xas.xa_index & ~(nr - 1); if (base < *start) continue; if (base + nr - 1 > end) break; *start = base + nr;
     * then: nr = 1 << xa_get_order(&mapping->i_pages, indices[idx]); and, in the RFC, in shmem_free_swap() once more; none with xa_lock
     */
    xa_get_order(s, me) {
      const index = known(me.index)
      me.nr = nr_slots(s, index)
      if (me.isFound) return 'xa_cmpxchg_irq'
      if (!me.isSecond && crosses(s, me, round_down(s, index, me.nr), me.nr)) return xas_next(s, me)
      me.next = after(s, index, me.nr)
      if (guard('look at the order under xa_lock in shmem_free_swap')) return 'xa_cmpxchg_irq'
      me.isFound = true
      return 'xa_get_order'
    },
    /**
     * shmem_free_swap(): old = xa_cmpxchg_irq(&mapping->i_pages, index, radswap, NULL, 0); if (old != radswap) return 0; "Storing NULL into any index of a
     * multi-index entry will set the entry at every index to NULL". Not in the RFC: an entry that goes over a border of the range stays, and in the second
     * pass shmem_get_folio(inode, base, 0, &folio, SGP_READ) brings its first page in, and so splits it, or brings all of it in
     */
    xa_cmpxchg_irq(s, me) {
      const [index, swap] = [known(me.index), known(me.radswap)]
      if (spin_is_locked(xa_lock(s, index))) return blocked
      me.isFound = false
      if (!shmem_confirm_swap(s.pte[canonical(s, index)], swap)) return search(me, me.isSecond ? index : me.next)
      if (guard('look at the order under xa_lock in shmem_free_swap')) me.nr = nr_slots(s, index)
      const base = round_down(s, index, me.nr)
      if (crosses(s, me, base, me.nr) && guard('bring in a large entry that is cut in part')) {
        return me.isSecond ? call(large_shmem_get_folio_gfp, { index: base }, 'shmem_get_folio', 'folio') : search(me, me.next)
      }
      erase(s, me, index)
      return 'free_swap_and_cache_nr'
    },
    /** if (folio) { folio_unlock(folio); folio_put(folio); } index = indices[i]; break; */
    shmem_get_folio(_, me) {
      me.next = me.index
      return me.folio === 0 ? search(me, me.next) : 'folio_unlock'
    },
    /** free_swap_and_cache_nr(radix_to_swp_entry(radswap), 1 << order); return 1 << order; */
    free_swap_and_cache_nr(_, me) {
      return call(free_swap_and_cache_nr, { entry: known(me.radswap), nr: me.nr }, 'freed')
    },
    freed(_, me) {
      return search(me, me.next)
    },
    /**
     * same_folio = (lstart >> PAGE_SHIFT) == (lend >> PAGE_SHIFT); folio = shmem_get_partial_folio(inode, lstart >> PAGE_SHIFT); and then if (!same_folio) folio
     * = shmem_get_partial_folio(inode, lend >> PAGE_SHIFT); there is no page of a file at its end, where lend is -1
     */
    shmem_get_partial_folio(s, me) {
      if (me.atEnd) return call(shmem_get_partial_folio, { index: known(pte_nth(s, me.end, -1)) }, 'folio_mark_dirty', 'folio')
      me.first = me.start
      me.same_folio = me.end === pte_nth(s, me.start, 1)
      return call(shmem_get_partial_folio, { index: me.start }, 'folio_mark_dirty', 'folio')
    },
    /** if (folio) { same_folio = lend < folio_pos(folio) + folio_size(folio); folio_mark_dirty(folio); truncate_inode_partial_folio(folio, lstart, lend) */
    folio_mark_dirty(s, me) {
      if (me.folio === 0) return next_border(me)
      const next = after(s, index_of(s, me.folio), folio_nr_pages(s, me.folio))
      if (!me.atEnd) me.same_folio = !is_before(next, me.end) && me.end !== 0
      held(s, me.folio).dirty = true
      return call(truncate_inode_partial_folio, { folio: me.folio, start: me.start, end: me.end }, 'unlock_partial', 'isCut')
    },
    /** if (!…) { start = folio_next_index(folio); if (same_folio) end = folio->index; } or, at the end of the range, if (!…) end = folio->index; then folio_unlock(folio); */
    unlock_partial(s, me) {
      const folio = held(s, me.folio)
      if (!me.isCut) {
        const index = index_of(s, me.folio)
        if (!me.atEnd) me.first = after(s, index, folio_nr_pages(s, me.folio))
        if (me.atEnd || me.same_folio) me.end = index
      }
      me.isCut = false
      folio_unlock(folio, me.self)
      return 'put_partial'
    },
    /** folio_put(folio); } */
    put_partial(s, me) {
      folio_put(s, me.folio)
      me.folio = 0
      return next_border(me)
    },
  },
)

interface Search {
  readonly start: Id<'pte'>
  end: Ref<'pte'>
  isSecond: boolean
  first: Ref<'pte'>
  from: Ref<'pte'>
  index: Ref<'pte'>
  sibling: Ref<'pte'>
  isLoad: boolean
  folio: Ref<'folio'>
  radswap: Ref<'entry'>
  next: Ref<'pte'>
  nr: number
  same_folio: boolean
  atEnd: boolean
}

/** if (!same_folio) … the folio at the end of the range; and then whole_folios: */
function next_border(me: Search) {
  const isDone = me.atEnd || me.same_folio || me.end === 0
  me.atEnd = !isDone
  me.same_folio = false
  return isDone ? search(me, me.first) : 'shmem_get_partial_folio'
}

/** index < end */
function is_before(index: Ref<'pte'>, end: Ref<'pte'>): boolean {
  return index !== 0 && (end === 0 || ordinal(index) < ordinal(end))
}

function begin(me: Search, from: Ref<'pte'>): void {
  Object.assign(me, { from, index: from, sibling: 0, isLoad: true, folio: 0, radswap: 0, next: 0, nr: 0 })
}

/** The search goes on with the next slot. */
function xas_next(s: State, me: Search) {
  me.index = pte_nth(s, me.index, 1)
  Object.assign(me, { sibling: 0, isLoad: false, folio: 0, radswap: 0, next: 0, nr: 0 })
  return is_before(me.index, me.end) ? 'find_get_entry' : not_found(me)
}

/** The next search begins at `from`. */
function search(me: Search, from: Ref<'pte'>) {
  begin(me, from)
  return is_before(from, me.end) ? 'find_get_entry' : not_found(me)
}

/** Nothing more from where the search began: if (index == start || end != -1) break; index = start; continue; */
function not_found(me: Search) {
  if (!me.isSecond) {
    begin(me, 0)
    me.isSecond = true
    return 'shmem_get_partial_folio'
  }
  if (me.from === me.first || me.end !== 0) return ret()
  begin(me, me.first)
  return 'find_get_entry'
}

/** Does what has so many slots from `base` on go over a border of the range? */
function crosses(s: State, { start, end }: Search, base: Id<'pte'>, nr: number): boolean {
  if (ordinal(base) < ordinal(start)) return true
  const next = pte_nth(s, base, nr)
  return end !== 0 && (next === 0 || ordinal(next) > ordinal(end))
}

/** The entry of a slot goes, with all its slots. What is out of the range should have stayed. */
function erase(s: State, { start, end }: Search, index: Id<'pte'>): void {
  const stored = s.pte.ids.map((id) => s.pte[id].stored)
  xa_erase(s, index)
  for (const [n, id] of s.pte.ids.entries()) {
    if (ordinal(id) < ordinal(start) || (end !== 0 && ordinal(id) >= ordinal(end))) s.pte[id].stored = stored[n] ?? 0
  }
}
