/**
 * mm/swap_state.c: swap_vma_readahead() (v6.14 with patches 10 and 12): a fault reads in what lies next to its own PTE. Its own entry is read
 * after that, which is in `do-swap-page.ts`.
 *
 * Left out: the size of the window, and the plug.
 */
import { call, known, nth, type Ref, ref, ret } from '../../checker/index.js'
import { folio_put } from './folio.js'
import { read_swap_cache_async } from './read-swap-cache.js'
import { Entry, Folios, Nr, Pte, procedure, type State } from './state.js'

/** The window is `nr` PTEs from `start` on. */
export const swap_vma_readahead = procedure(
  'swap_vma_readahead',
  { args: { start: Pte, nr: Nr }, locals: { i: Nr, entry: ref(Entry), folio: ref(Folios) }, calls: [read_swap_cache_async] },
  {
    /** pentry = ptep_get_lockless(pte); if (!is_swap_pte(pentry)) continue; entry = pte_to_swp_entry(pentry); if (unlikely(non_swap_entry(entry))) continue; */
    ptep_get_lockless(s, me) {
      me.entry = swap_entry_of(s, me)
      me.i++
      if (me.entry !== 0) return '__read_swap_cache_async'
      return me.i < me.nr ? 'ptep_get_lockless' : ret()
    },
    /** folio = __read_swap_cache_async(entry, gfp_mask, mpol, ilx, &page_allocated, false); if (page_allocated) swap_read_folio(folio, &splug); */
    __read_swap_cache_async(_, me) {
      const entry = known(me.entry)
      me.entry = 0
      return call(read_swap_cache_async, { entry }, 'folio_put', 'folio')
    },
    /** if (!folio) continue; … folio_put(folio); */
    folio_put(s, me) {
      if (me.folio !== 0) folio_put(s, me.folio)
      me.folio = 0
      return me.i < me.nr ? 'ptep_get_lockless' : ret()
    },
  },
)

function swap_entry_of(s: State, { start, i }: { readonly start: Ref<'pte'>; readonly i: number }): Ref<'entry'> {
  const { kind, entry } = s.pte[known(nth(s.pte.ids, known(start), i))]
  return kind === 'swap' ? entry : 0
}
