/** The life of a folio, of one page. */
import { assert, known, type Ref } from '../../checker/index.js'
import { folio_put_testzero } from '../kernel/folio-ref.js'
import { alloc, free, live, NoDoubleFree } from '../kernel/memory.js'
import type { Folio, State } from './state.js'

/** A folio to which the caller holds a reference, or a lock that keeps one. */
export function held(s: State, folio: Ref<'folio'>): Folio {
  return live(s.folio, folio)
}

/** folio_alloc(gfp, 0): 0 when there is no memory. */
export function folio_alloc(s: State): Ref<'folio'> {
  const folio = alloc(s.folio)
  if (folio !== 0) s.folio[folio]._refcount = 1
  return folio
}

/** if (folio_put_testzero(folio)) __folio_put(folio); one step, for nobody else can reach a folio whose last reference is gone. */
export function folio_put(s: State, folio: Ref<'folio'>): void {
  if (folio_put_testzero(held(s, folio))) free_unref_folio(s, folio)
}

/** free_pages_prepare(): a page that it calls bad was leaked by a lock, a mapping or the page cache of an object. */
export function free_unref_folio(s: State, id: Ref<'folio'>): void {
  const folio = held(s, id)
  assert(folio._mapcount === 0, 'BUG: Bad page state: nonzero mapcount', NoDoubleFree)
  assert(!folio.PG_locked, 'BUG: Bad page state: PAGE_FLAGS_CHECK_AT_FREE', NoDoubleFree)
  assert(!folio.cached, 'BUG: Bad page state: in a page cache', NoDoubleFree)
  Object.assign(folio, { lru: false, uptodate: false, dirty: false, mapping: 0, data: 0 })
  free(s.folio, known(id))
}
