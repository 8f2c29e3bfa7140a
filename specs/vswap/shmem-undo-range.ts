/**
 * mm/shmem.c: shmem_undo_range() of one page, with shmem_free_swap() and truncate_inode_folio() in it (v6.14 with patch 10).
 *
 * Left out: its first pass, which does the same to whatever it can lock at once; pages that are cut in part; what maps the folio.
 */
import { assert, blocked, call, known, ref, ret } from '../../checker/index.js'
import { folio_lock, folio_unlock } from '../kernel/folio-lock.js'
import { folio_try_get } from '../kernel/folio-ref.js'
import { clear_pte } from './clear-pte.js'
import { folio_put, held } from './folio.js'
import { free_swap_and_cache_nr } from './free-swap-and-cache.js'
import { __filemap_remove_folio, is_in_mapping, shmem_confirm_swap } from './shmem-mapping.js'
import { Entry, Folios, guard, Pte, procedure } from './state.js'

export const shmem_undo_range = procedure(
  'shmem_undo_range',
  { args: { index: Pte }, locals: { radswap: ref(Entry), folio: ref(Folios) }, calls: [free_swap_and_cache_nr] },
  {
    /** while (index < end) { if (!find_get_entries(mapping, &index, end - 1, &fbatch, indices)) break; find_get_entry(): folio = xas_find(xas, max); */
    find_get_entries(s, me) {
      const page = s.pte[me.index]
      me.folio = page.folio
      me.radswap = page.kind === 'swap' ? page.entry : 0
      if (me.radswap !== 0) return 'xa_cmpxchg_irq'
      if (me.folio !== 0) return 'folio_try_get'
      if (page.kind === 'poisoned') clear_pte(page)
      return ret()
    },
    /** if (!folio_try_get(folio)) goto reset; */
    folio_try_get(s, me) {
      return folio_try_get(s.folio[known(me.folio)]) ? 'xas_reload' : 'find_get_entries'
    },
    /** if (unlikely(folio != xas_reload(xas))) { folio_put(folio); goto reset; } */
    xas_reload(s, me) {
      if (s.pte[me.index].folio === me.folio) return 'folio_lock'
      folio_put(s, me.folio)
      return 'find_get_entries'
    },
    /** shmem_free_swap(mapping, indices[i], folio): old = xa_cmpxchg_irq(&mapping->i_pages, index, radswap, NULL, 0); if (old != radswap) return 0; */
    xa_cmpxchg_irq(s, me) {
      const page = s.pte[me.index]
      if (!shmem_confirm_swap(page, me.radswap) && guard('xa_cmpxchg_irq in shmem_free_swap')) return 'find_get_entries'
      clear_pte(page)
      s.in_flight[known(me.radswap)] += 1
      return 'free_swap_and_cache_nr'
    },
    /** free_swap_and_cache_nr(radix_to_swp_entry(radswap), 1 << order); if (!swaps_freed) { index = indices[i]; break; } */
    free_swap_and_cache_nr(_, me) {
      return call(free_swap_and_cache_nr, { entry: known(me.radswap), nr: 1 }, 'find_get_entries')
    },
    /** folio_lock(folio); */
    folio_lock(s, me) {
      return folio_lock(held(s, me.folio), me.self) ? 'folio_mapping' : blocked
    },
    /**
     * if (folio_mapping(folio) != mapping) { folio_unlock(folio); index = indices[i]; break; } VM_BUG_ON_FOLIO(folio_test_writeback(folio),
     * folio); truncate_inode_folio(mapping, folio): folio_cancel_dirty(folio); the folio is locked
     */
    folio_mapping(s, me) {
      const folio = held(s, me.folio)
      if (!is_in_mapping(s, me.folio) && guard('look at folio->mapping again in shmem_undo_range')) return 'folio_unlock'
      assert(!folio.writeback, 'VM_BUG_ON_FOLIO(folio_test_writeback(folio), folio)')
      folio.dirty = false
      return 'filemap_remove_folio'
    },
    /** filemap_remove_folio(folio): __filemap_remove_folio(folio, NULL); under xa_lock */
    filemap_remove_folio(s, me) {
      __filemap_remove_folio(s, me.folio, me.index)
      clear_pte(s.pte[me.index])
      return 'folio_put_refs'
    },
    /** filemap_free_folio(mapping, folio): folio_put_refs(folio, refs); } */
    folio_put_refs(s, me) {
      folio_put(s, me.folio)
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
      return 'find_get_entries'
    },
  },
)
