/**
 * mm/shmem.c: shmem_undo_range() of a whole file, with shmem_free_swap() in it, and shmem_split_large_entry() of another thread (v6.14).
 *
 * Left out: pages that are cut in part, and the locks of folios in the page cache, which come after what this is about.
 */
import { assert, bool, int, known, ref, ret } from '../../checker/index.js'
import { NoDoubleFree } from '../kernel/memory.js'
import { spin_is_locked } from '../kernel/spinlock.js'
import { ShmemIndex } from './shmem-fields.js'
import { nr_slots, range } from './shmem-xarray.js'
import { guard, procedure } from './state.js'

export const shmem_undo_range = procedure(
  'shmem_undo_range',
  { locals: { index: ref(ShmemIndex), nr: int(0, 2), i: int(0, 2), isCached: bool } },
  {
    /** while (index < end) { if (!find_get_entries(mapping, &index, end - 1, &fbatch, indices)) break; */
    find_get_entries(s, me) {
      me.index = s.shmem_index.ids.find((id) => !['none', 'sibling'].includes(s.shmem_index[id].slot)) ?? 0
      if (me.index === 0) return ret()
      return s.shmem_index[me.index].slot !== 'value' || guard('look at the order of an entry under xa_lock in shmem_free_swap')
        ? 'xa_cmpxchg_irq'
        : 'xa_get_order'
    },
    /** In v6.14: shmem_free_swap(mapping, indices[i], folio): int order = xa_get_order(&mapping->i_pages, index); without xa_lock */
    xa_get_order(s, me) {
      me.nr = nr_slots(s, known(me.index))
      return 'xa_cmpxchg_irq'
    },
    /**
     * old = xa_cmpxchg_irq(&mapping->i_pages, index, radswap, NULL, 0); if (old != radswap) return 0; the entry goes with all its slots. Not in v6.14: nr_pages = 1 <<
     * xas_get_order(&xas); under the same lock. Of a folio, truncate_inode_folio(mapping, folio); of a swapin error nothing is freed
     */
    xa_cmpxchg_irq(s, me) {
      const index = known(me.index)
      const { slot } = s.shmem_index[index]
      const slots = range(s, index, slot === 'value' ? nr_slots(s, index) : 1)
      if (guard('look at the order of an entry under xa_lock in shmem_free_swap')) me.nr = slots.length
      for (const id of slots) s.shmem_index[id].slot = 'none'
      return slot === 'value' ? 'free_swap_and_cache_nr' : 'find_get_entries'
    },
    /** free_swap_and_cache_nr(radix_to_swp_entry(radswap), 1 << order): any_only_cache = swap_entries_put_map(si, entry, nr); an entry at a time */
    free_swap_and_cache_nr(s, me) {
      const id = range(s, known(me.index), me.nr)[me.i]
      const entry = s.shmem_index[known(id ?? 0)]
      assert(entry.SWAP_MAP_SHMEM, 'swap_free: Unused swap offset entry', NoDoubleFree)
      entry.SWAP_MAP_SHMEM = false
      me.isCached ||= entry.SWAP_HAS_CACHE
      me.i += 1
      if (me.i < me.nr) return 'free_swap_and_cache_nr'
      me.i = 0
      return me.isCached ? '__try_to_reclaim_swap' : 'find_get_entries'
    },
    /** __try_to_reclaim_swap(si, offset, TTRS_UNMAPPED | TTRS_FULL): whoever has the folio locked drops it from the swap cache himself, or does not */
    __try_to_reclaim_swap(s, me) {
      for (const id of range(s, known(me.index), me.nr)) {
        const entry = s.shmem_index[id]
        if (entry.swapcache && !spin_is_locked(entry.folio_lock)) Object.assign(entry, { swapcache: false, SWAP_HAS_CACHE: false })
      }
      me.isCached = false
      return 'find_get_entries'
    },
  },
)

/** shmem_split_large_entry(inode, index, swap, gfp), as of a fault that reads a page of a large entry by itself: the value over two slots becomes one for each. */
export const shmem_split_large_entry = procedure(
  'shmem_split_large_entry',
  { args: { index: ShmemIndex } },
  {
    /** xas_lock_irq(&xas); … xas_split(&xas, old, order); … __xa_store(…); xas_unlock_irq(&xas); the value of the first slot stays, and the second gets its own */
    xas_split(s, me) {
      if (s.shmem_index[me.index].slot === 'sibling') s.shmem_index[me.index].slot = 'value'
      return ret()
    },
  },
)
