/**
 * mm/memcontrol.c: what memory cgroups are as far as swap goes (v6.14 with patches 9 and 14): the swap counter with its limit, the id that
 * a virtual slot records, and the references to the id. cgroup v2, flat: the parent of each is the root, which is 0 here. The root is
 * neither charged nor destroyed, so that nothing of it need be counted.
 */
import { array, bool, type Domain, domain, int, record, ref } from '../../checker/index.js'

/** Memory cgroups other than the root. Where no page belongs to one, nothing of this ever changes. Not symmetric: limits differ. */
export const Memcg = domain('memcg', 1)

/** Fields of the state, for the domains of descriptors and of folios. */
export const memcg_fields = <D extends string, F extends string>(Desc: Domain<D>, Folios: Domain<F>) => ({
  memcg: array(
    Memcg,
    record({
      /** Not offline: a reference to the id is its own. */
      online: bool,
      /** memcg->id.ref; where it is 0, mem_cgroup_id_remove() has taken the id out of mem_cgroup_ids. */
      id_ref: int(0, 7),
      /** page_counter_read(&memcg->swap); over the limit while a charge is being refused. */
      swap: int(0, 7),
      /** memory.swap.max; constant in a scenario. */
      swap_max: int(0, 4),
      /** memory.zswap.max is not PAGE_COUNTER_MAX, and what it is; constant in a scenario. */
      is_zswap_limited: bool,
      zswap_max: int(0, 4),
      /** memcg_page_state(memcg, MEMCG_ZSWAP_B) in pages. Only memory.zswap.max reads it, and so it is 0 without that. */
      zswap: int(0, 7),
      /** memory.zswap.writeback is 0; constant in a scenario. */
      no_zswap_writeback: bool,
    }),
  ),
  /** desc->memcgid */
  memcgid: array(Desc, ref(Memcg)),
  /** folio_memcg(folio) */
  folio_memcg: array(Folios, ref(Memcg)),
})

/** What of the memcg's part a scenario may take out. */
export const memcg_protections = [
  'get the id of a memcg that still has it',
  'charge the slot before it is linked',
  'refuse a slot beyond swap.max',
  'charge and test in one access',
  'free the slot that is not charged',
  'hold off RCU grace periods under ci->lock',
  'uncharge the slot that is released',
  'uncharge in vswap_swapoff',
  'forget the memcg after the backing is released',
  'get a reference to the id for each page',
  'charge every page of a folio',
  'uncharge every page of a folio',
  'unrecord the memcg with the virtual slot',
  'look at zswap.max before a page is compressed',
  'charge the zswap entry',
  'uncharge the zswap entry that is freed',
  'look at zswap.writeback before a slot is allocated',
  'give the page that is split off its memcg',
] as const
