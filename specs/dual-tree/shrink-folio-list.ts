/** Reclaim of one folio: into the tree, out of the page tables, to a slot, and then the slot takes its place in the tree. */
import { blocked, bool, call, choose, type Id, known, type Ref, ref, ret } from '../../checker/index.js'
import { Folios } from '../kernel/anon/fields.js'
import { folio_put, free_unref_folio, held } from '../kernel/anon/folio.js'
import { folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { folio_get, folio_try_get } from '../kernel/folio-ref.js'
import { try_to_unmap } from './anon.js'
import { Count, guard, procedure, Slot, type State } from './state.js'
import { lock_counts, swap_count, unlock_counts } from './swap-count.js'
import { swap_rw_page, swap_slot_alloc, swap_slot_free } from './swap-slot.js'

export const shrink_folio_list = procedure(
  'shrink_folio_list',
  { locals: { folio: ref(Folios), count: Count, zeroes: bool, slot: ref(Slot) }, calls: [try_to_unmap] },
  {
    /** isolate_lru_folios(): if (!folio_try_get(folio)) …; if (!folio_test_clear_lru(folio)) …; under the lru lock */
    isolate_lru_folios(s, me) {
      const folio = choose(s.folio.ids)
      if (!s.folio[folio].lru || !folio_try_get(s.folio[folio])) return ret()
      me.folio = folio
      s.folio[folio].lru = false
      return 'folio_trylock'
    },
    /** if (!folio_trylock(folio)) goto keep; */
    folio_trylock(s, me) {
      return folio_trylock(held(s, me.folio), me.self) ? 'add_to_swap' : 'keep'
    },
    /** if (!folio_test_swapcache(folio)) { if (!add_to_swap(folio)) goto keep_locked; }: a word with nothing in it, under tree_lock; folio_mark_dirty(folio); */
    add_to_swap(s, me) {
      const folio = held(s, me.folio)
      if (folio.swapcache) return 'try_to_unmap'
      const index = s.swapper_space.ids.find((id) => s.swapper_space[id].is === 'nothing')
      if (index === undefined) return 'keep_locked'
      folio_get(folio)
      Object.assign(folio, { swapcache: true, entry: index, dirty: true })
      Object.assign(s.swapper_space[index], { is: 'page', folio: me.folio })
      return 'try_to_unmap'
    },
    /** if (folio_mapped(folio)) try_to_unmap(folio, flags); */
    try_to_unmap(s, me) {
      return held(s, me.folio)._mapcount === 0 ? 'folio_mapped' : call(try_to_unmap, { folio: known(me.folio) }, 'folio_mapped')
    },
    /** if (folio_mapped(folio)) goto keep_locked; */
    folio_mapped(s, me) {
      return held(s, me.folio)._mapcount > 0 ? 'keep_locked' : 'folio_test_dirty'
    },
    /** if (folio_test_dirty(folio)) pageout(): if (is_page_zero_filled(folio)) "skip writeout of zero-filled pages" */
    folio_test_dirty(s, me) {
      const folio = held(s, me.folio)
      if (!folio.dirty) return '__remove_mapping'
      me.zeroes = folio.data === s.zeroes
      if (!me.zeroes && folio.slot === 0) return 'swap_slot_alloc'
      return 'swap_writepage'
    },
    /** if (!folio->private) folio->private = swap_slot_alloc(); if (!folio->private) goto keep_locked; */
    swap_slot_alloc(s, me) {
      const slot = swap_slot_alloc(s)
      held(s, me.folio).slot = slot
      return slot === 0 ? 'keep_locked' : 'swap_writepage'
    },
    /** if (folio_clear_dirty_for_io(folio)) swap_writepage(folio); of a folio that nobody maps, and whose lock is held */
    swap_writepage(s, me) {
      const folio = held(s, me.folio)
      folio.dirty = false
      if (!me.zeroes) {
        swap_rw_page(s)
        s.medium[known(folio.slot)] = folio.data
      }
      return '__remove_mapping'
    },
    /** __remove_mapping(): if (!folio_ref_freeze(folio, 2)) goto cannot_free; if (folio_test_dirty(folio)) …: once frozen, nobody makes it dirty */
    __remove_mapping(s, me) {
      const folio = held(s, me.folio)
      if (folio._refcount !== 2 && guard('freeze the reference count before the page leaves the tree')) return 'keep_locked'
      folio._refcount = 0
      return 'swap_count'
    },
    /** spin_lock(&counts_lock); count = radix_tree_lookup(&swap_counts, index); in one tree, this and the next are under one tree_lock */
    swap_count(s, me) {
      if (!lock_counts(s, me.self)) return blocked
      me.count = swap_count(s, known(held(s, me.folio).entry))
      if (!guard('hold the lock of the counts until the tree is changed')) unlock_counts(s, me.self)
      return s.counts_in === 'swap_counts' ? 'radix_tree_replace' : replaced(s, me)
    },
    /** radix_tree_replace_slot(&swapper_space, index, slot), or radix_tree_delete() where the count is 0; spin_unlock(&tree_lock); spin_unlock(&counts_lock); */
    radix_tree_replace(s, me) {
      const next = replaced(s, me)
      unlock_counts(s, me.self)
      return next
    },
    swap_slot_free(s, me) {
      swap_slot_free(s, me.slot)
      return 'free_it'
    },
    /** free_unref_folio(folio): nobody else can reach it */
    free_it(s, me) {
      Object.assign(held(s, me.folio), { PG_locked: false, locked_by: 0 })
      free_unref_folio(s, me.folio)
      return ret()
    },
    keep_locked(s, me) {
      folio_unlock(held(s, me.folio), me.self)
      return 'keep'
    },
    /** keep: folio_set_lru(folio); folio_put(folio); under the lru lock */
    keep(s, me) {
      held(s, me.folio).lru = true
      folio_put(s, me.folio)
      return ret()
    },
  },
)

/** Under tree_lock: the slot, or that there are zeroes, takes the place of the page, and the count goes back beside it. */
function replaced(s: State, me: { folio: Ref<'folio'>; count: number; zeroes: boolean; slot: Ref<'slot'> }) {
  const folio = held(s, me.folio)
  const index: Id<'entry'> = known(folio.entry)
  const isGone = me.count === 0 && guard('look at the count as the page leaves the tree')
  const is = isGone ? 'nothing' : me.zeroes ? 'zeroes' : 'slot'
  if (is !== 'slot') me.slot = folio.slot
  Object.assign(s.swapper_space[index], { is, folio: 0, slot: is === 'slot' ? folio.slot : 0 })
  if (s.counts_in === 'page') s.swapper_space[index].count = me.count
  Object.assign(folio, { swapcache: false, entry: 0, slot: 0, count: 0 })
  return me.slot === 0 ? 'free_it' : 'swap_slot_free'
}
