/** Reclaim of one folio. */
import { bool, call, choose, known, ref, ret } from '../../checker/index.js'
import { Folios } from '../kernel/anon/fields.js'
import { folio_put, free_unref_folio, held } from '../kernel/anon/folio.js'
import { folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { folio_get, folio_try_get } from '../kernel/folio-ref.js'
import { try_to_unmap } from './anon.js'
import { desc_of, is_unused, vswap_alloc, vswap_free } from './desc.js'
import { guard, Memcg, procedure, type State, type SwpDesc } from './state.js'
import { swap_writepage } from './swap-writepage.js'
import { may_use } from './tiers.js'

/** `memcg`: whose pages the folios are that have no entry yet. */
export const shrink_folio_list = procedure(
  'shrink_folio_list',
  { args: { memcg: Memcg }, locals: { folio: ref(Folios), ok: bool }, calls: [try_to_unmap, swap_writepage] },
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
    /** if (!folio_test_swapcache(folio)) { if (!add_to_swap(folio)) goto keep_locked; }: a virtual slot that nobody else knows; folio_mark_dirty(folio); */
    add_to_swap(s, me) {
      const folio = held(s, me.folio)
      if (folio.swapcache) return 'try_to_unmap'
      const entry = vswap_alloc(s, me.folio, me.memcg)
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
    /** No tier has room: folio_mark_dirty(folio); goto keep_locked; */
    written(s, me) {
      if (me.ok) return '__remove_mapping'
      held(s, me.folio).dirty = true
      return 'keep_locked'
    },
    /**
     * __remove_mapping(): spin_lock(&desc->lock); if (!folio_ref_freeze(folio, 2)) goto cannot_free; if (must_move(desc)) { folio_mark_dirty(folio); goto
     * cannot_free; } desc->folio = NULL; if (!desc->swap_count) vswap_free(desc); spin_unlock(&desc->lock);
     */
    __remove_mapping(s, me) {
      const folio = held(s, me.folio)
      const desc = desc_of(s, me.folio)
      if (folio._refcount !== 2 && guard('freeze the reference count before the folio leaves the swap cache')) return 'keep_locked'
      if (must_move(s, desc) && guard('look at the tier as the folio leaves the swap cache')) {
        folio.dirty = true
        return 'keep_locked'
      }
      Object.assign(folio, { _refcount: 0, swapcache: false, entry: 0 })
      desc.folio = 0
      if (is_unused(desc) && guard('look at the count as the folio leaves the swap cache')) vswap_free(s, desc)
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

/** Is the copy where the cgroup may not have it any more, and pages are moved as they are met? */
function must_move(s: State, desc: SwpDesc): boolean {
  return s.migration === 'lazy' && desc.slot !== 0 && desc.swap_count > 0 && !may_use(s, desc.memcg, s.slot[desc.slot].tier)
}
