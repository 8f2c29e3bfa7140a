/** mm/memcontrol.c: references to the id of a memcg, and its counter. */
import { assert, type Id, type Ref } from '../../checker/index.js'
import { atomic_dec, atomic_inc } from '../kernel/atomic.js'
import type { State } from './state.js'
import { WarnNever } from './warn-never.js'

/** atomic_inc_not_zero(&memcg->id.ref): the root always has one. */
export function id_inc_not_zero(s: State, memcg: Ref<'cgroup'>): boolean {
  if (memcg === 0) return true
  if (s.cgroup[memcg].id_ref === 0) return false
  atomic_inc(s.cgroup[memcg], 'id_ref')
  return true
}

/** mem_cgroup_id_get_many(memcg, 1): refcount_add(n, &memcg->id.ref); of the root nothing is counted. */
export function mem_cgroup_id_get(s: State, memcg: Ref<'cgroup'>): void {
  if (memcg === 0) return
  assert(s.cgroup[memcg].id_ref > 0, 'refcount_t: addition on 0; use-after-free.', WarnNever)
  atomic_inc(s.cgroup[memcg], 'id_ref')
}

/** mem_cgroup_id_put(memcg): with the last reference mem_cgroup_id_remove(memcg), and mem_cgroup_id(memcg) is 0 from then on. */
export function mem_cgroup_id_put(s: State, memcg: Ref<'cgroup'>): void {
  if (memcg !== 0) atomic_dec(s.cgroup[memcg], 'id_ref')
}

/** page_counter_charge(counter, 1): an atomic add for the memcg and for each of its ancestors; nobody here reads one against another. */
export function page_counter_charge(s: State, memcg: Ref<'cgroup'>): void {
  for (const id of lineage(s, memcg)) atomic_inc(s.cgroup[id], 'swap')
}

/** page_counter_uncharge(counter, 1) */
export function page_counter_uncharge(s: State, memcg: Ref<'cgroup'>): void {
  for (const id of lineage(s, memcg)) atomic_dec(s.cgroup[id], 'swap')
}

/** The memcg and its ancestors, without the root. */
export function lineage(s: State, memcg: Ref<'cgroup'>): readonly Id<'cgroup'>[] {
  return memcg === 0 ? [] : [memcg, ...lineage(s, s.cgroup[memcg].parent)]
}
