/**
 * mm/memcontrol.c, mm/swap_cgroup.c: memory cgroups as far as swap goes, and what swap_cgroup records of each slot. Only scenarios of memcgs have any.
 *
 * A memcg that is not the root, which is neither charged nor destroyed; the parent of one may be another.
 */
import { array, bool, domain, int, record, ref } from '../../checker/index.js'
import { spinlock_t } from '../kernel/spinlock.js'

export const Cgroup = domain('cgroup', 0)
/** Slots, for what is recorded of them: each holds a page of a memcg. */
export const Recorded = domain('recorded', 0)

/** Fields of the state, by their names. */
export const cgroup_fields = {
  cgroup: array(
    Cgroup,
    record({
      /** parent_mem_cgroup(memcg); NULL stands for the root. Constant in a scenario. */
      parent: ref(Cgroup),
      /** Not offline: a reference to the id is its own. */
      online: bool,
      /** memcg->id.ref; where it is 0, mem_cgroup_id_remove() has taken the id away. */
      id_ref: int(0, 7),
      /** page_counter_read(&memcg->swap) of cgroup v2, or &memcg->memsw of v1: its own and that of its descendants. */
      swap: int(0, 7),
      /** memcg->lruvec: NR_SWAPCACHE. A counter, and no count: it goes below 0. */
      NR_SWAPCACHE: int(-2, 3),
    }),
  ),
  recorded: array(
    Recorded,
    record({
      /** lookup_swap_cgroup_id(entry); NULL where none is recorded, or the root. */
      id: ref(Cgroup),
      /** A PTE holds the slot, or is about to. */
      in_use: bool,
      /** The page table lock of that PTE. */
      ptl: spinlock_t,
      /** A folio is in the swap cache for it, charged to `folio_memcg`, NULL where it is not charged. */
      swapcache: bool,
      folio_memcg: ref(Cgroup),
    }),
  ),
}

export const cgroup_protections = [
  'charge the swap of a memcg without an id to an ancestor that has one',
  'get a reference to the id of the memcg that a record is moved to',
  'charge the folio before it is in the swap cache',
] as const
