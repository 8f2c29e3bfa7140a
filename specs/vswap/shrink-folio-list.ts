/**
 * mm/vmscan.c: reclaim of one anonymous folio (v6.14 with patches 8 to 12).
 *
 * Left out: the references that would activate a folio, splitting and throttling.
 */
import { bool, call, choose, known, oneOf, type Procedure, type Ref, ref, ret } from '../../checker/index.js'
import { folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { folio_try_get } from '../kernel/folio-ref.js'
import { folio_nr_pages, folio_page, folio_put, free_unref_folio, held, swap_nth } from './folio.js'
import { __filemap_remove_folio, index_of } from './shmem-mapping.js'
import type { split_huge_page_to_list_to_order } from './split-huge-page.js'
import { Entry, Folios, guard, Nr, procedure, type State } from './state.js'
import { swapcache_clear } from './swap-refs.js'
import { __delete_from_swap_cache, add_to_swap, folio_free_swap } from './swap-state.js'
import { swap_writepage } from './swap-writepage.js'
import { try_to_unmap } from './try-to-unmap.js'

type OfWritepage = NonNullable<(typeof swap_writepage)['types']>
type Writepage<N extends string> = Procedure<N, OfWritepage['args'], OfWritepage['returns']>

/**
 * One pass over one folio; over none, if the one that is looked at is not on the LRU list. `writepage` is mapping->a_ops->writepage, which may split a folio of two pages. With `split`, a folio
 * of two pages is split where it is mapped in part, or no virtual slots are found for it, and its second page, on folio_list, makes its own pass.
 */
export const shrink_folio_list_by = <N extends string>(writepage: Writepage<N>, split?: typeof split_huge_page_to_list_to_order) =>
  procedure(
    'shrink_folio_list',
    {
      locals: {
        folio: ref(Folios),
        ok: bool,
        activate: bool,
        res: oneOf('0', 'AOP_WRITEPAGE_ACTIVATE'),
        entry: ref(Entry),
        i: Nr,
        nr_pages: Nr,
        /** How far split_folio_to_list() is, and what it has left on folio_list. */
        split: oneOf('untried', 'tried', 'done'),
        tail: ref(Folios),
      },
      calls: [add_to_swap, try_to_unmap, writepage, folio_free_swap, swapcache_clear, ...(split === undefined ? [] : [split])],
    },
    {
      /** isolate_lru_folios(): folio = lru_to_folio(src); … if (unlikely(!folio_try_get(folio))) …; under the lru lock */
      isolate_lru_folios(s, me) {
        const folio = choose(s.folio.ids)
        if (!s.folio[folio].lru || !folio_try_get(s.folio[folio])) return ret()
        me.folio = folio
        return 'folio_test_clear_lru'
      },
      /** if (!folio_test_clear_lru(folio)) { folio_put(folio); … } */
      folio_test_clear_lru(s, me) {
        const folio = held(s, me.folio)
        if (!folio.lru) {
          folio_put(s, me.folio)
          return ret()
        }
        folio.lru = false
        return 'folio_trylock'
      },
      /** if (!folio_trylock(folio)) goto keep; */
      folio_trylock(s, me) {
        if (!guard('lock the folio in shrink_folio_list')) return 'folio_test_writeback'
        return folio_trylock(held(s, me.folio), me.self) ? 'folio_test_writeback' : 'keep'
      },
      /**
       * if (folio_test_writeback(folio)) … goto activate_locked; if (folio_test_anon(folio) && folio_test_swapbacked(folio)) { if (!folio_test_swapcache(folio)) …
       * if (folio_test_large(folio) && !can_split_folio(folio, 1, NULL)) goto activate_locked; if (data_race(!list_empty(&folio->_deferred_list) &&
       * folio_test_partially_mapped(folio)) && split_folio_to_list(folio, folio_list)) goto activate_locked; add_to_swap(folio)
       */
      folio_test_writeback(s, me) {
        const folio = held(s, me.folio)
        if (folio.writeback) return activate_locked(s, me)
        if (folio.swapcache || !folio.anon || s.lazyfree[known(me.folio)]) return 'try_to_unmap'
        const can_split_folio = folio._mapcount === folio._refcount - 1
        const nr = folio_nr_pages(s, me.folio)
        if (nr > 1 && !can_split_folio) return 'keep_locked'
        if (split !== undefined && folio._mapcount < nr && nr > 1 && choose([false, true])) return split_folio_to_list(split, me)
        return call(add_to_swap, { folio: known(me.folio) }, 'added', 'ok')
      },
      /**
       * if (!add_to_swap(folio)) { if (!folio_test_large(folio)) goto activate_locked_split; if (split_folio_to_list(folio, folio_list)) goto
       * activate_locked; if (!add_to_swap(folio)) goto activate_locked_split; }
       */
      added(s, me) {
        const { ok } = me
        me.ok = false
        if (me.split === 'tried') {
          me.split = 'done'
          if (!ok) return 'keep_locked'
          me.tail = folio_page(s, me.folio, 1)
          return call(add_to_swap, { folio: known(me.folio) }, 'added', 'ok')
        }
        if (ok) return 'try_to_unmap'
        const isLarge = folio_nr_pages(s, me.folio) > 1
        return split !== undefined && isLarge && me.split === 'untried' ? split_folio_to_list(split, me) : 'keep_locked'
      },
      /** if (folio_mapped(folio)) try_to_unmap(folio, flags); */
      try_to_unmap(s, me) {
        if (held(s, me.folio)._mapcount === 0) return 'folio_mapped'
        return call(try_to_unmap, { folio: known(me.folio) }, 'folio_mapped')
      },
      /** if (folio_mapped(folio)) goto activate_locked; */
      folio_mapped(s, me) {
        return held(s, me.folio)._mapcount > 0 ? activate_locked(s, me) : 'folio_test_dirty'
      },
      /** if (folio_test_dirty(folio)) */
      folio_test_dirty(s, me) {
        return held(s, me.folio).dirty ? 'pageout' : '__remove_mapping'
      },
      /**
       * pageout(): if (!is_page_cache_freeable(folio)) return PAGE_KEEP; folio_ref_count(folio) == 1 + folio_nr_pages(folio); if (!mapping)
       * return PAGE_KEEP;
       */
      pageout(s, me) {
        const folio = held(s, me.folio)
        const isShared = folio._refcount !== 1 + folio_nr_pages(s, me.folio) && guard('look for other references before pageout')
        return !isShared && (folio.swapcache || folio.pagecache) ? 'swap_writepage' : 'keep_locked'
      },
      /** if (folio_clear_dirty_for_io(folio)) … res = mapping->a_ops->writepage(&folio->page, &wbc); */
      swap_writepage(s, me) {
        held(s, me.folio).dirty = false
        me.nr_pages = folio_nr_pages(s, me.folio)
        return call(writepage, { folio: known(me.folio) }, 'page_success', 'res')
      },
      /**
       * if (res == AOP_WRITEPAGE_ACTIVATE) goto activate_locked; case PAGE_SUCCESS: if (folio_test_writeback(folio)) goto keep; "If shmem folio is split
       * when writeback to swap, the tail pages will make their own pass": if (nr_pages > 1 && !folio_test_large(folio))
       */
      page_success(s, me) {
        const { res, nr_pages } = me
        me.res = '0'
        me.nr_pages = 0
        if (nr_pages > folio_nr_pages(s, me.folio)) me.tail = folio_page(s, me.folio, 1)
        if (res === 'AOP_WRITEPAGE_ACTIVATE') return activate_locked(s, me)
        return held(s, me.folio).writeback ? 'keep' : 'page_success_dirty'
      },
      /** if (folio_test_dirty(folio)) goto keep; */
      page_success_dirty(s, me) {
        return held(s, me.folio).dirty ? 'keep' : 'page_success_trylock'
      },
      /** if (!folio_trylock(folio)) goto keep; */
      page_success_trylock(s, me) {
        if (!guard('lock the folio again after swap_writepage')) return 'page_success_locked'
        return folio_trylock(held(s, me.folio), me.self) ? 'page_success_locked' : 'keep'
      },
      /** if (folio_test_dirty(folio) || folio_test_writeback(folio)) goto keep_locked; writeback starts under the folio lock alone */
      page_success_locked(s, me) {
        const folio = held(s, me.folio)
        const isBusy = folio.dirty || folio.writeback
        return isBusy && guard('look for writeback once the folio is locked again') ? 'keep_locked' : '__remove_mapping'
      },
      /**
       * if (folio_test_anon(folio) && !folio_test_swapbacked(folio)) { if (!folio_ref_freeze(folio, 1)) goto keep_locked; …; } else
       * __remove_mapping(): if (!folio_ref_freeze(folio, refcount)) goto cannot_free; if (unlikely(folio_test_dirty(folio))) …: once
       * frozen, nobody makes it dirty
       */
      __remove_mapping(s, me) {
        const folio = held(s, me.folio)
        if (s.lazyfree[known(me.folio)]) {
          if (folio._refcount !== 1) return 'keep_locked'
          folio._refcount = 0
          return 'free_it'
        }
        if (!folio.swapcache && !folio.pagecache) return 'keep_locked'
        if (folio._refcount !== 1 + folio_nr_pages(s, me.folio) && guard('freeze the reference count before removal from the swap cache'))
          return 'keep_locked'
        if (folio.dirty && guard('look at the dirty bit once the reference count is frozen')) return 'keep_locked'
        folio._refcount = 0
        return '__delete_from_swap_cache'
      },
      /** if (folio_test_swapcache(folio)) { swp_entry_t swap = folio->swap; __delete_from_swap_cache(folio, swap, shadow); } else __filemap_remove_folio(folio, shadow); */
      __delete_from_swap_cache(s, me) {
        if (held(s, me.folio).pagecache) {
          __filemap_remove_folio(s, me.folio, index_of(s, me.folio))
          return 'free_it'
        }
        if (me.i === 0) me.entry = held(s, me.folio).swap
        __delete_from_swap_cache(s, known(me.folio), swap_nth(s, me.entry, me.i), me.self)
        me.i++
        return me.i < folio_nr_pages(s, me.folio) ? '__delete_from_swap_cache' : 'put_swap_folio'
      },
      /** put_swap_folio(folio, swap): swapcache_clear(NULL, entry, nr); */
      put_swap_folio(s, me) {
        if (!guard('put the swap cache pin after removal from the swap cache')) return 'free_it'
        return call(swapcache_clear, { entry: known(me.entry), nr: folio_nr_pages(s, me.folio) }, 'free_it')
      },
      /** __folio_clear_locked … free_it: free_unref_folios(&free_folios); nobody else can reach the folio */
      free_it(s, me) {
        const folio = held(s, me.folio)
        folio.PG_locked = false
        folio.locked_by = 0
        free_unref_folio(s, me.folio)
        return next_of_list(me)
      },
      /** activate_locked: if (folio_test_swapcache(folio) && mem_cgroup_swap_full(folio)) folio_free_swap(folio); keep_locked: folio_unlock(folio); */
      keep_locked(s, me) {
        if (me.activate) {
          me.activate = false
          return call(folio_free_swap, { folio: known(me.folio) }, 'keep_locked', 'ok')
        }
        me.ok = false
        const folio = held(s, me.folio)
        const areLocksTaken = guard('lock the folio in shrink_folio_list') && guard('lock the folio again after swap_writepage')
        if (areLocksTaken || folio.locked_by === me.self) folio_unlock(folio, me.self)
        return 'keep'
      },
      /** keep: move_folios_to_lru(): folio_set_lru(folio); if (unlikely(folio_put_testzero(folio))) …; under the lru lock */
      keep(s, me) {
        held(s, me.folio).lru = true
        folio_put(s, me.folio)
        return next_of_list(me)
      },
    },
  )

/** split_folio_to_list(folio, folio_list) */
function split_folio_to_list(split: typeof split_huge_page_to_list_to_order, me: List) {
  me.split = 'tried'
  return call(split, { folio: known(me.folio), list: true }, 'added', 'ok')
}

interface List {
  folio: Ref<'folio'>
  tail: Ref<'folio'>
  entry: Ref<'entry'>
  i: number
  split: 'untried' | 'tried' | 'done'
}

/** while (!list_empty(folio_list)): "If the folio was split above, the tail pages will make their own pass through this function". */
function next_of_list(me: List) {
  if (me.tail === 0) return ret()
  me.folio = me.tail
  me.tail = 0
  me.entry = 0
  me.i = 0
  return 'folio_trylock'
}

/** goto activate_locked; whose look at the swap cache is under the folio lock, and decides nothing where swap is not full */
function activate_locked(s: State, me: { folio: Ref<'folio'>; activate: boolean }): 'keep_locked' {
  me.activate = s.mem_cgroup_swap_full && held(s, me.folio).swapcache
  return 'keep_locked'
}

export const shrink_folio_list = shrink_folio_list_by(swap_writepage)
