/** mm/memcontrol.c, mm/swap_cgroup.c: what is charged to memory cgroups, and recorded of entries. Where there is no memcg, all of this is NULL and costs no state. */
import { array, bool, type Domain, domain, int, record, ref } from '../../checker/index.js'

export const Memcg = domain('memcg', 0)

/** Fields of the state, for the domains of folios, PTEs and entries. */
export const memcg_fields = <E extends string, F extends string, P extends string>(
  Entry: Domain<E>,
  Folios: Domain<F>,
  Pte: Domain<P>,
) => ({
  memcg: array(
    Memcg,
    record({
      /** page_counter_read(&memcg->swap), of v2. */
      swap: int(0, 3),
      /** do_memsw_account(): cgroup v1; constant in a scenario, and the same for all. */
      do_memsw_account: bool,
      /** page_counter_read(&memcg->memsw), of v1. */
      memsw: int(0, 7),
    }),
  ),
  /** swap_cgroup_ctrl[]: lookup_swap_cgroup_id(entry) */
  swap_cgroup: array(Entry, ref(Memcg)),
  /** folio->memcg_data */
  folio_memcg: array(Folios, ref(Memcg)),
  /** The memcg of the task whose mm the PTE is of. */
  mm_memcg: array(Pte, ref(Memcg)),
  /** Ghost: the memcg that faulted the page in for the first time, which owns it until it is gone. */
  page_memcg: array(Pte, ref(Memcg)),
})

export const memcg_protections = [
  'charge a folio once its entry is pinned',
  'hand the charge of a folio that goes out to its entry',
  'uncharge the entry of a folio that was charged as it came in',
  'leave its charge to an entry that is read past the swap cache',
] as const
