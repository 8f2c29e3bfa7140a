/** Reclaim of one folio. */
import { bool, call, choose, known, type Ref, ref, ret } from '../../checker/index.js'
import { Folios } from '../kernel/anon/fields.js'
import { folio_put, free_unref_folio, held } from '../kernel/anon/folio.js'
import { folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { folio_get, folio_try_get } from '../kernel/folio-ref.js'
import { try_to_unmap } from './anon.js'
import { is_unused, swap_desc_alloc, swap_desc_free } from './desc.js'
import { guard, procedure, type State } from './state.js'
import { desc_of, swap_writepage } from './swap-writepage.js'

export const shrink_folio_list = procedure(
  'shrink_folio_list',
  { locals: { folio: ref(Folios), ok: bool }, calls: [try_to_unmap, swap_writepage] },
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
    /** if (!folio_test_swapcache(folio)) { if (!add_to_swap(folio)) goto keep_locked; }: a descriptor that nobody else knows; folio_mark_dirty(folio); */
    add_to_swap(s, me) {
      const folio = held(s, me.folio)
      if (folio.swapcache) return 'try_to_unmap'
      const entry = swap_desc_alloc(s, me.folio)
      if (entry === 0) return 'keep_locked'
      folio_get(folio)
      Object.assign(folio, { swapcache: true, entry, dirty: true })
      return 'try_to_unmap'
    },
    /** if (folio_mapped(folio)) try_to_unmap(folio, flags); */
    try_to_unmap(s, me) {
      return held(s, me.folio)._mapcount === 0 ? 'folio_mapped' : call(try_to_unmap, { folio: known(me.folio) }, 'folio_mapped')
    },
    /** if (folio_mapped(folio)) goto keep_locked; */
    folio_mapped(s, me) {
      return held(s, me.folio)._mapcount > 0 ? 'keep_locked' : 'pageout'
    },
    /** if (folio_test_dirty(folio)) pageout(): if (folio_clear_dirty_for_io(folio)) swap_writepage(folio); */
    pageout(s, me) {
      const folio = held(s, me.folio)
      if (!folio.dirty) return '__remove_mapping'
      folio.dirty = false
      return call(swap_writepage, { folio: known(me.folio) }, 'written', 'ok')
    },
    /** Neither zswap nor the device has room: folio_mark_dirty(folio); goto keep_locked; */
    written(s, me) {
      if (me.ok) return '__remove_mapping'
      held(s, me.folio).dirty = true
      return 'keep_locked'
    },
    /**
     * __remove_mapping(): spin_lock(&desc->lock); if (!folio_ref_freeze(folio, 2)) goto cannot_free; if (folio_test_dirty(folio)) …: once frozen, nobody makes
     * it dirty. The lock is held until the folio has left the swap cache, as whoever looks there takes a reference to what is found.
     */
    __remove_mapping(s, me) {
      const folio = held(s, me.folio)
      if (folio._refcount !== 2 && guard('freeze the reference count before the folio leaves the swap cache')) return 'keep_locked'
      folio._refcount = 0
      return guard('freeze and leave the swap cache under one lock') ? leave(s, me.folio) : '__delete_from_swap_cache'
    },
    /** The same, where the lock has been dropped in between. */
    __delete_from_swap_cache(s, me) {
      return leave(s, me.folio)
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

/** desc->folio = NULL; if (!desc->swap_count) swap_desc_free(desc); spin_unlock(&desc->lock); */
function leave(s: State, id: Ref<'folio'>) {
  const [folio, desc] = [held(s, id), desc_of(s, id)]
  desc.folio = 0
  if (is_unused(desc) && guard('look at the count as the folio leaves the swap cache')) swap_desc_free(s, known(folio.entry))
  Object.assign(folio, { swapcache: false, entry: 0 })
  return 'free_it' as const
}
