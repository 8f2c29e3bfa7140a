/**
 * mm/shmem.c: shmem_writepage() (v6.14 with patches 5 and 12): a shmem page moves from the page cache to the swap cache, and goes out.
 *
 * Left out: VM_LOCKED, noswap and fallocate(), shmem_recalc_inode() (a count that shmem_unuse() and stat read) and the list
 * of inodes, which nobody walks since patch 16.
 */
import { blocked, bool, call, choose, type Id, known, oneOf, ref, ret, tail } from '../../checker/index.js'
import { spin_is_locked, spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { folio_nr_pages, folio_put_refs, held } from './folio.js'
import { xa_lock } from './multi-index.js'
import { index_of, shmem_delete_from_page_cache } from './shmem-mapping.js'
import { split_shmem_folio } from './split-shmem-folio.js'
import { Entry, Folios, guard, Nr, procedure, type State } from './state.js'
import { swap_duplicate_nr } from './swap-duplicate-nr.js'
import { swapcache_clear } from './swap-refs.js'
import { add_to_swap_cache } from './swap-state.js'
import { swap_writepage } from './swap-writepage.js'
import { folio_alloc_swap } from './vswap-alloc.js'

/** With `split`, a folio of two pages is split where it goes over i_size, or no virtual slots are found for it; its second page is on the list of reclaim. */
const shmem_writepage_by = (split?: typeof split_shmem_folio) =>
  procedure(
    'shmem_writepage',
    {
      args: { folio: Folios },
      locals: {
        swap: ref(Entry),
        i: Nr,
        counted: bool,
        /** How far the split is. */
        split: oneOf('untried', 'refused', 'tried', 'done'),
        isSplit: bool,
      },
      calls: [folio_alloc_swap, swapcache_clear, swap_duplicate_nr, swap_writepage, ...(split === undefined ? [] : [split])],
      returns: oneOf('0', 'AOP_WRITEPAGE_ACTIVATE'),
    },
    {
      /**
       * if (folio_test_large(folio)) { index = shmem_fallocend(inode, DIV_ROUND_UP(i_size_read(inode), PAGE_SIZE)); if (index > folio->index && index <
       * folio_next_index(folio)) split = true; } if (split) { try_split: folio_test_set_dirty(folio); if (split_huge_page_to_list_to_order(page, wbc->list, 0))
       * goto redirty; folio = page_folio(page); folio_clear_dirty(folio); } … swap = folio_alloc_swap(folio);
       */
      folio_alloc_swap(s, me) {
        if (split !== undefined && me.split === 'untried' && folio_nr_pages(s, me.folio) > 1) {
          me.split = 'refused'
          return goes_over_i_size(s, me.folio) ? try_split(s, split, me) : 'folio_alloc_swap'
        }
        if (me.split === 'tried') {
          me.split = 'done'
          if (!me.isSplit) return 'redirty'
          held(s, me.folio).dirty = false
        }
        return call(folio_alloc_swap, { folio: me.folio }, 'mutex_lock', 'swap')
      },
      /** if (!swap.val) { if (nr_pages > 1) goto try_split; goto redirty; } mutex_lock(&shmem_swaplist_mutex); */
      mutex_lock(s, me) {
        if (me.swap === 0) return split !== undefined && folio_nr_pages(s, me.folio) > 1 ? try_split(s, split, me) : 'redirty'
        return spin_lock(s.shmem_swaplist_mutex, me.self) ? 'add_to_swap_cache' : blocked
      },
      /** if (add_to_swap_cache(folio, swap, __GFP_HIGH | __GFP_NOMEMALLOC | __GFP_NOWARN, NULL) == 0) { the folio is locked */
      add_to_swap_cache(s, me) {
        if (me.i === 0 && s.no_xarray_node && choose([true, false])) return 'mutex_unlock_failed'
        add_to_swap_cache(s, me.folio, known(me.swap), me.i)
        me.i++
        if (me.i < folio_nr_pages(s, me.folio)) return 'add_to_swap_cache'
        return guard('count the reference of the mapping before it is there') ? 'swap_shmem_alloc' : 'shmem_delete_from_page_cache'
      },
      /** swap_shmem_alloc(swap, nr_pages): swap_duplicate_nr(entry, nr); */
      swap_shmem_alloc(s, me) {
        me.counted = true
        const next = guard('count the reference of the mapping before it is there') ? 'shmem_delete_from_page_cache' : 'folio_put_refs'
        return call(swap_duplicate_nr, { entry: known(me.swap), nr: folio_nr_pages(s, me.folio) }, next)
      },
      /** shmem_delete_from_page_cache(folio, swp_to_radix_entry(swap)): shmem_replace_entry(…); folio->mapping = NULL; under xa_lock */
      shmem_delete_from_page_cache(s, me) {
        if (spin_is_locked(xa_lock(s, index_of(s, me.folio)))) return blocked
        shmem_delete_from_page_cache(s, me.folio, known(me.swap))
        return me.counted ? 'folio_put_refs' : 'swap_shmem_alloc'
      },
      /** folio_put_refs(folio, nr); */
      folio_put_refs(s, me) {
        folio_put_refs(s, me.folio, folio_nr_pages(s, me.folio))
        return 'mutex_unlock'
      },
      /** mutex_unlock(&shmem_swaplist_mutex); return swap_writepage(&folio->page, wbc); } */
      mutex_unlock(s, me) {
        spin_unlock(s.shmem_swaplist_mutex, me.self)
        return tail(swap_writepage, { folio: me.folio })
      },
      /** mutex_unlock(&shmem_swaplist_mutex); */
      mutex_unlock_failed(s, me) {
        spin_unlock(s.shmem_swaplist_mutex, me.self)
        return 'put_swap_folio'
      },
      /** put_swap_folio(folio, swap); */
      put_swap_folio(s, me) {
        if (!guard('put the entry that was not added to the swap cache')) return 'redirty'
        return call(swapcache_clear, { entry: known(me.swap), nr: folio_nr_pages(s, me.folio) }, 'redirty')
      },
      /** redirty: folio_mark_dirty(folio); return AOP_WRITEPAGE_ACTIVATE; */
      redirty(s, me) {
        held(s, me.folio).dirty = true
        return ret('AOP_WRITEPAGE_ACTIVATE')
      },
    },
  )

interface Split {
  readonly folio: Id<'folio'>
  split: 'untried' | 'refused' | 'tried' | 'done'
}

function try_split(s: State, split: typeof split_shmem_folio, me: Split) {
  held(s, me.folio).dirty = true
  me.split = 'tried'
  return call(split, { folio: me.folio, list: true }, 'folio_alloc_swap', 'isSplit')
}

function goes_over_i_size(s: State, folio: Id<'folio'>): boolean {
  const before = held(s, folio).index - 1
  return s.i_size > before && s.i_size < before + folio_nr_pages(s, folio)
}

/** mapping->a_ops->writepage(&folio->page, &wbc), by the mapping of the folio. */
const writepage_by = (shmem_writepage: ReturnType<typeof shmem_writepage_by>) =>
  procedure(
    'writepage',
    { args: { folio: Folios }, calls: [shmem_writepage, swap_writepage], returns: oneOf('0', 'AOP_WRITEPAGE_ACTIVATE') },
    {
      a_ops(s, me) {
        const { folio } = me
        return held(s, folio).pagecache ? tail(shmem_writepage, { folio }) : tail(swap_writepage, { folio })
      },
    },
  )

export const writepage = writepage_by(shmem_writepage_by())
export const writepage_with_split = writepage_by(shmem_writepage_by(split_shmem_folio))
