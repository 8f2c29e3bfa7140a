/**
 * mm/swap_state.c: __swap_cache_prepare_and_add() and swap_cache_del_folio() (v7.0, and 9acbe135588e): in which memcg a folio of the swap cache is counted.
 *
 * Left out: another folio that is in the swap cache already.
 */
import { call, type Id, ret } from '../../../checker/index.js'
import { Recorded } from '../cgroup-fields.js'
import { guard, invariant, procedure, type State } from '../state.js'

const fix = 'charge the folio before it is in the swap cache'

/** The folio is new; it is charged to the memcg that is recorded for the entry. */
const __swap_cache_prepare_and_add = procedure(
  '__swap_cache_prepare_and_add',
  { args: { entry: Recorded } },
  {
    /** __folio_set_locked(folio); if (!charged && mem_cgroup_swapin_charge_folio(folio, NULL, gfp, entry)) goto failed; in v7.0 it comes later */
    mem_cgroup_swapin_charge_folio(s, me) {
      if (guard(fix)) s.recorded[me.entry].folio_memcg = s.recorded[me.entry].id
      return 'swap_cache_add_folio'
    },
    /** ret = swap_cache_add_folio(folio, entry, &shadow): lruvec_stat_mod_folio(folio, NR_SWAPCACHE, nr_pages); of the node alone where the folio has no memcg */
    swap_cache_add_folio(s, me) {
      s.recorded[me.entry].swapcache = true
      lruvec_stat_mod_folio(s, me.entry, 1)
      return guard(fix) ? ret() : 'charge_later'
    },
    /** In v7.0: if (!charged && mem_cgroup_swapin_charge_folio(folio, NULL, gfp, entry)) { swap_cache_del_folio(folio); goto failed; } */
    charge_later(s, me) {
      s.recorded[me.entry].folio_memcg = s.recorded[me.entry].id
      return ret()
    },
  },
)

/** A folio that readahead brings in, and that reclaim drops again. */
export const swap_cache_readahead = procedure(
  'swap_cache_readahead',
  { args: { entry: Recorded }, calls: [__swap_cache_prepare_and_add] },
  {
    /** folio = swap_cache_alloc_folio(entry, …); */
    swap_cache_alloc_folio(_, me) {
      return call(__swap_cache_prepare_and_add, { entry: me.entry }, 'swap_cache_del_folio')
    },
    /** __swap_cache_del_folio(ci, folio, entry, shadow): lruvec_stat_mod_folio(folio, NR_SWAPCACHE, -nr_pages); folio_put(folio); */
    swap_cache_del_folio(s, me) {
      lruvec_stat_mod_folio(s, me.entry, -1)
      Object.assign(s.recorded[me.entry], { swapcache: false, folio_memcg: 0 })
      return ret()
    },
  },
)

/** lruvec_stat_mod_folio(folio, NR_SWAPCACHE, nr): of the memcg of the folio, if it has one. */
function lruvec_stat_mod_folio(s: State, entry: Id<'recorded'>, nr: number): void {
  const { folio_memcg } = s.recorded[entry]
  if (folio_memcg !== 0) s.cgroup[folio_memcg].NR_SWAPCACHE += nr
}

export const StatExact = invariant('StatExact', 'NR_SWAPCACHE of a memcg is the number of its folios that are in the swap cache.', (s) =>
  s.cgroup.ids.every((id) => {
    const folios = s.recorded.ids.filter((entry) => s.recorded[entry].swapcache && s.recorded[entry].folio_memcg === id)
    return s.cgroup[id].NR_SWAPCACHE === folios.length
  }),
)
