/** mm/page_alloc.c, include/linux/mm.h: the life of a folio, and its pages. */
import { assert, type Id, known, nth, ordinal, type Ref } from '../../checker/index.js'
import { folio_put_testzero } from '../kernel/folio-ref.js'
import { free, live, NoDoubleFree } from '../kernel/memory.js'
import { __mem_cgroup_uncharge } from './memcg.js'
import type { Folio, State } from './state.js'

/** A folio to which the caller holds a reference, or a lock that keeps one; or a page of it. */
export function held(s: State, folio: Ref<'folio'>): Folio {
  return live(s.folio, folio)
}

/** page_folio(page) */
export function page_folio(s: State, page: Ref<'folio'>): Ref<'folio'> {
  if (page === 0) return 0
  const { compound_head } = s.folio[page]
  return compound_head === 0 ? page : compound_head
}

/** folio_page(folio, n) */
export function folio_page(s: State, folio: Ref<'folio'>, n: number): Id<'folio'> {
  return known(nth(s.folio.ids, known(folio), n))
}

/** folio_nr_pages(folio) */
export function folio_nr_pages(s: State, folio: Ref<'folio'>): number {
  let nr = 1
  for (let page = next(s, known(folio)); page !== 0 && s.folio[page].compound_head === folio; page = next(s, page)) nr++
  return nr
}

/** The entry `n` slots after it. */
export function swp_entry_nth(s: State, entry: Ref<'entry'>, n: number): Id<'entry'> {
  return known(nth(s.swap_map.ids, known(entry), n))
}

/** page_swap_entry(page) */
export function page_swap_entry(s: State, page: Id<'folio'>): Id<'entry'> {
  const folio = known(page_folio(s, page))
  return swp_entry_nth(s, held(s, folio).swap, ordinal(page) - ordinal(folio))
}

/** folio_alloc(gfp, 0); 0 when there is no memory. */
export function folio_alloc(s: State): Ref<'folio'> {
  const folio = s.folio.ids.find((id) => s.folio[id].life === 'free')
  if (folio === undefined) return 0
  s.folio[folio].life = 'live'
  s.folio[folio]._refcount = 1
  return folio
}

function next(s: State, page: Id<'folio'>): Ref<'folio'> {
  return nth(s.folio.ids, page, 1)
}

/** if (folio_put_testzero(folio)) __folio_put(folio); one step, for nobody else can reach a folio whose last reference is gone. */
export function folio_put(s: State, folio: Ref<'folio'>, refs = 1): void {
  if (folio_put_testzero(held(s, folio), refs)) free_unref_folio(s, folio)
}

/** free_pages_prepare(): a page that it calls bad was leaked by a lock, a mapping or the swap cache. */
export function free_unref_folio(s: State, folio: Ref<'folio'>): void {
  const page = held(s, folio)
  assert(page._mapcount === 0, 'BUG: Bad page state: nonzero mapcount', NoDoubleFree)
  assert(!page.PG_locked && !page.writeback && !page.reading, 'BUG: Bad page state: PAGE_FLAGS_CHECK_AT_FREE', NoDoubleFree)
  assert(!page.swapcache, 'BUG: Bad page state: in the swap cache', NoDoubleFree)
  page.lru = false
  page.uptodate = false
  page.dirty = false
  page.anon = false
  page.swap = 0
  page.index = 0
  __mem_cgroup_uncharge(s, known(folio))
  for (let n = folio_nr_pages(s, folio) - 1; n >= 0; n--) free_page(s, folio_page(s, folio, n))
}

function free_page(s: State, id: Id<'folio'>): void {
  const page = s.folio[id]
  page.compound_head = 0
  page.anon_exclusive = false
  page.data = 0
  free(s.folio, id)
}
