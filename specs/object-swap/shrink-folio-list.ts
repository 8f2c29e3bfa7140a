/** Reclaim of one folio: into the page cache of its object, out of the page tables, to a block, and out of the page cache. */
import { call, choose, known, ref, ret } from '../../checker/index.js'
import { folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { folio_try_get } from '../kernel/folio-ref.js'
import { swap_alloc_block } from './alloc-block.js'
import { swap_free_block, swap_rw_block } from './block.js'
import { folio_put, free_unref_folio, held } from './folio.js'
import { add_to_object } from './read-object.js'
import { Block, Folios, guard, procedure } from './state.js'
import { erase_block } from './swap-count.js'
import { try_to_unmap } from './try-to-unmap.js'

export const shrink_folio_list = procedure(
  'shrink_folio_list',
  { locals: { folio: ref(Folios), block: ref(Block) }, calls: [try_to_unmap, swap_alloc_block] },
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
      return folio_trylock(held(s, me.folio), me.self) ? 'add_to_object' : 'keep'
    },
    /** err = xa_insert(&object->i_pages, offset, folio); if (err == -EBUSY) goto keep_locked; folio_mark_dirty(folio); of an anonymous page that is not there */
    add_to_object(s, me) {
      const folio = held(s, me.folio)
      if (folio.cached) return 'try_to_unmap'
      if (folio.mapping === 0 || s.object[folio.mapping].is === 'inode' || s.object[folio.mapping].folio !== 0) return 'keep_locked'
      add_to_object(s, folio.mapping, known(me.folio))
      folio.dirty = true
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
    /** if (folio_test_dirty(folio)) pageout(): a block that there is already is written to again */
    folio_test_dirty(s, me) {
      const folio = held(s, me.folio)
      if (!folio.dirty) return '__remove_mapping'
      return s.object[known(folio.mapping)].block === 0 ? call(swap_alloc_block, {}, 'map_block', 'block') : 'swap_writepage'
    },
    /** if (!block) goto keep_locked; object's (offset) -> block; under the xa_lock, and the folio lock keeps it */
    map_block(s, me) {
      if (me.block === 0) return 'keep_locked'
      s.object[known(held(s, me.folio).mapping)].block = me.block
      me.block = 0
      return 'swap_writepage'
    },
    /** if (folio_clear_dirty_for_io(folio)) swap_writepage(folio); of a folio that nobody maps, and whose lock is held */
    swap_writepage(s, me) {
      const folio = held(s, me.folio)
      folio.dirty = false
      swap_rw_block(s)
      s.block[known(s.object[known(folio.mapping)].block)].data = folio.data
      return '__remove_mapping'
    },
    /** __remove_mapping(): if (!folio_ref_freeze(folio, 2)) goto cannot_free; if (folio_test_dirty(folio)) …: once frozen, nobody makes it dirty */
    __remove_mapping(s, me) {
      const folio = held(s, me.folio)
      if (folio._refcount !== 2 && guard('freeze the reference count before the page leaves the cache')) return 'keep_locked'
      folio._refcount = 0
      return 'xa_erase'
    },
    /** __xa_erase(&object->i_pages, offset); and, where nobody says that the page is out, its block; under one xa_lock */
    xa_erase(s, me) {
      const folio = held(s, me.folio)
      const object = known(folio.mapping)
      s.object[object].folio = 0
      folio.cached = false
      const { is, count } = s.object[object]
      const isGone = is === 'anon_vma' && count === 0 && guard('look at the count as the page leaves the cache')
      if (isGone) me.block = erase_block(s, object)
      return me.block === 0 ? 'free_it' : 'swap_free_block'
    },
    swap_free_block(s, me) {
      swap_free_block(s, me.block)
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
