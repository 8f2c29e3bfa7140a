/** mm/memcontrol.c: what becomes of the memcg of a folio that is split (v6.14). */
import { type Id, known, type Ref } from '../../checker/index.js'
import { guard, quiescent, type State } from './state.js'

/**
 * split_page_memcg(head, old_order, new_order), for one of its pages: folio_page(folio, i)->memcg_data = folio->memcg_data; css_get_many(…), whose references are
 * the memory's: they keep the memcg as a structure, not its id.
 */
export function split_page_memcg(s: State, head: Ref<'folio'>, tail: Id<'folio'>): void {
  if (guard('give the page that is split off its memcg')) s.folio_memcg[tail] = s.folio_memcg[known(head)]
}

export const SplitKeepsMemcg = quiescent(
  'SplitKeepsMemcg',
  'When all is quiet, and the one memcg that had all pages is online, it still has them all, and is recorded for each that went out.',
  (s) => {
    const [id] = s.memcg.ids
    if (id === undefined || !s.memcg[id].online) return true
    const hasAll = s.folio.ids.every((folio) => s.folio[folio]._refcount === 0 || s.folio_memcg[folio] === id)
    return hasAll && s.desc.ids.every((desc) => s.desc[desc].life !== 'live' || s.memcgid[desc] === id)
  },
)
