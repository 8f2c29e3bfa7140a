/**
 * mm/memcontrol.c, mm/swap_cgroup.c: whom a folio is charged to, and whom an entry is recorded for (cgroup v2).
 *
 * Left out: limits, the counter of memory, and the references to ids. Where there is no memcg, all of this is NULL and costs no state.
 */
import { array, type Domain, domain, type Id, int, type Ref, record, ref } from '../../checker/index.js'
import { atomic_dec, atomic_inc } from '../kernel/atomic.js'
import type { State } from './state.js'

export const Memcg = domain('memcg', 0)

/** Fields of the state, for the domains of folios, PTEs and entries. */
export const memcg_fields = <E extends string, F extends string, P extends string>(
  Entry: Domain<E>,
  Folios: Domain<F>,
  Pte: Domain<P>,
) => ({
  memcg: array(Memcg, record({ /** page_counter_read(&memcg->swap) */ swap: int(0, 3) })),
  /** swap_cgroup_ctrl[]: lookup_swap_cgroup_id(entry) */
  swap_cgroup: array(Entry, ref(Memcg)),
  /** folio->memcg_data */
  folio_memcg: array(Folios, ref(Memcg)),
  /** The memcg of the task whose mm the PTE is of. */
  mm_memcg: array(Pte, ref(Memcg)),
  /** Ghost: the memcg that faulted the page in for the first time, which owns it until it is gone. */
  page_memcg: array(Pte, ref(Memcg)),
})

export const memcg_protections = ['charge a folio once its entry is pinned'] as const

/** mem_cgroup_swapin_charge_folio(folio, mm, gfp, entry): id = lookup_swap_cgroup_id(entry); … if (!memcg) memcg = get_mem_cgroup_from_mm(mm); */
export function mem_cgroup_swapin_charge_folio(s: State, folio: Id<'folio'>, entry: Id<'entry'>, mm: Ref<'memcg'>): void {
  const id = s.swap_cgroup[entry]
  s.folio_memcg[folio] = id === 0 ? mm : id
}

/** mem_cgroup_try_charge_swap(folio, entry), of one page: page_counter_try_charge(&memcg->swap, 1, &counter); swap_cgroup_record(folio, id, entry); */
export function mem_cgroup_try_charge_swap(s: State, folio: Id<'folio'>, entry: Id<'entry'>): void {
  const memcg = s.folio_memcg[folio]
  if (memcg === 0) return
  atomic_inc(s.memcg[memcg], 'swap')
  s.swap_cgroup[entry] = memcg
}

/** mem_cgroup_uncharge_swap(entry, 1): id = swap_cgroup_clear(entry, 1); … page_counter_uncharge(&memcg->swap, 1); */
export function mem_cgroup_uncharge_swap(s: State, entry: Id<'entry'>): void {
  const memcg = s.swap_cgroup[entry]
  if (memcg === 0) return
  s.swap_cgroup[entry] = 0
  atomic_dec(s.memcg[memcg], 'swap')
}
