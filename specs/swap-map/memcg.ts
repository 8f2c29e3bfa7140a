/**
 * mm/memcontrol.c, mm/swap_cgroup.c: whom a folio is charged to, and whom an entry is recorded for. In cgroup v2 an entry is recorded and charged as long as it is in use;
 * in v1 (`do_memsw_account`) a page is charged once, to memory and swap together, and recorded for its entry only while no folio has it.
 *
 * Left out: limits, the counter of memory, memcgs that are offline, and the references to ids (cgroup-swap.ts).
 */
import { assert, type Id, type Ref } from '../../checker/index.js'
import { atomic_dec, atomic_inc } from '../kernel/atomic.js'
import { guard, type State } from './state.js'

/** charge_memcg(folio, memcg, gfp): try_charge(memcg, gfp, nr), of v1 page_counter_try_charge(&memcg->memsw, …); commit_charge(folio, memcg); of one page. */
export function charge_memcg(s: State, folio: Id<'folio'>, memcg: Ref<'memcg'>): void {
  s.folio_memcg[folio] = memcg
  if (memcg !== 0 && do_memsw_account(s)) atomic_inc(s.memcg[memcg], 'memsw')
}

/** __mem_cgroup_uncharge(folio): uncharge_batch(ug): of v1 page_counter_uncharge(&memcg->memsw, nr); folio->memcg_data = 0; */
export function __mem_cgroup_uncharge(s: State, folio: Id<'folio'>): void {
  const memcg = s.folio_memcg[folio]
  s.folio_memcg[folio] = 0
  if (memcg !== 0 && do_memsw_account(s)) atomic_dec(s.memcg[memcg], 'memsw')
}

/** mem_cgroup_swapin_charge_folio(folio, mm, gfp, entry): id = lookup_swap_cgroup_id(entry); … if (!memcg) memcg = get_mem_cgroup_from_mm(mm); */
export function mem_cgroup_swapin_charge_folio(s: State, folio: Id<'folio'>, entry: Id<'entry'>, mm: Ref<'memcg'>): void {
  const id = s.swap_cgroup[entry]
  charge_memcg(s, folio, id === 0 ? mm : id)
}

/** mem_cgroup_try_charge_swap(folio, entry), of one page: if (do_memsw_account()) return 0; page_counter_try_charge(&memcg->swap, 1, &counter); swap_cgroup_record(folio, id, entry); */
export function mem_cgroup_try_charge_swap(s: State, folio: Id<'folio'>, entry: Id<'entry'>): void {
  const memcg = s.folio_memcg[folio]
  if (memcg === 0 || do_memsw_account(s)) return
  atomic_inc(s.memcg[memcg], 'swap')
  s.swap_cgroup[entry] = memcg
}

/** mem_cgroup_swapout(folio, entry), of one page: memcg = folio_memcg(folio); swap_cgroup_record(folio, id, entry); folio->memcg_data = 0; the charge goes on for the entry */
export function mem_cgroup_swapout(s: State, folio: Id<'folio'>, entry: Id<'entry'>): void {
  assert(s.folio_memcg[folio] !== 0, 'VM_WARN_ON_ONCE_FOLIO(!memcg, folio);')
  s.swap_cgroup[entry] = s.folio_memcg[folio]
  s.folio_memcg[folio] = 0
}

/** do_memsw_account() */
export function do_memsw_account(s: State): boolean {
  return s.memcg.ids.some((id) => s.memcg[id].do_memsw_account)
}

/** mem_cgroup_swapin_uncharge_swap(entry, nr) has something to do. */
export function has_memsw_to_uncharge(s: State): boolean {
  return do_memsw_account(s) && guard('uncharge the entry of a folio that was charged as it came in')
}

/** mem_cgroup_uncharge_swap(entry, 1): id = swap_cgroup_clear(entry, 1); … page_counter_uncharge(do_memsw_account() ? &memcg->memsw : &memcg->swap, 1); */
export function mem_cgroup_uncharge_swap(s: State, entry: Id<'entry'>): void {
  const memcg = s.swap_cgroup[entry]
  if (memcg === 0) return
  s.swap_cgroup[entry] = 0
  atomic_dec(s.memcg[memcg], do_memsw_account(s) ? 'memsw' : 'swap')
}
