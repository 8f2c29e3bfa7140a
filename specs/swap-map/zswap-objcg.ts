/**
 * mm/memcontrol.c: the objcg that a zswap entry is charged to.
 *
 * Left out: the hierarchy (an objcg that goes offline is that of its parent, the root, from then on) and memory.zswap.max.
 */
import { type Id, type Ref, ret } from '../../checker/index.js'
import { atomic_add, atomic_dec_and_test, atomic_inc, atomic_sub } from '../kernel/atomic.js'
import { free, live } from '../kernel/memory.js'
import { guard, Objcg, procedure, type State } from './state.js'

/** get_obj_cgroup_from_folio(folio): objcg of the memcg that all pages of a scenario belong to, with a reference; NULL where it is the root. */
export function get_obj_cgroup_from_folio(s: State): Ref<'objcg'> {
  const objcg = s.objcg.ids.find((id) => s.objcg[id].life === 'live' && s.objcg[id].refcnt > 0)
  if (objcg === undefined) return 0
  obj_cgroup_get(s, objcg)
  return objcg
}

/** obj_cgroup_get(objcg): percpu_ref_get(&objcg->refcnt); the caller has a reference. */
export function obj_cgroup_get(s: State, objcg: Id<'objcg'>): void {
  atomic_inc(live(s.objcg, objcg), 'refcnt')
}

/**
 * obj_cgroup_put(objcg): percpu_ref_put(&objcg->refcnt); the last: obj_cgroup_release(): kfree_rcu(objcg, rcu); no step here ends in a read-side
 * section of RCU, so the grace period may be over before the next step of anybody, and is taken to be.
 */
export function obj_cgroup_put(s: State, objcg: Id<'objcg'>): void {
  const it = live(s.objcg, objcg)
  if (!atomic_dec_and_test(it, 'refcnt')) return
  it.zswap = 0
  free(s.objcg, objcg)
}

/** obj_cgroup_charge_zswap(objcg, size): mod_memcg_state(memcg, MEMCG_ZSWAP_B, size); of `nr` pages. */
export function obj_cgroup_charge_zswap(s: State, objcg: Id<'objcg'>, nr: number): void {
  atomic_add(live(s.objcg, objcg), 'zswap', nr)
}

/** obj_cgroup_uncharge_zswap(objcg, size) */
export function obj_cgroup_uncharge_zswap(s: State, objcg: Id<'objcg'>): void {
  const it = live(s.objcg, objcg)
  if (guard('uncharge the zswap entry that is freed')) atomic_sub(it, 'zswap', 1)
}

/** memcg_offline_kmem(memcg): memcg_reparent_objcgs(): percpu_ref_kill(&objcg->refcnt), which drops the reference of the memcg. */
export const memcg_offline_kmem = procedure(
  'memcg_offline_kmem',
  { args: { objcg: Objcg } },
  {
    /** percpu_ref_kill(&objcg->refcnt); */
    percpu_ref_kill(s, me) {
      obj_cgroup_put(s, me.objcg)
      return ret()
    },
  },
)
