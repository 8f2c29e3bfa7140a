/**
 * mm/memcontrol.c: what is charged and recorded of a page of a memcg that goes out, and taken back with its slot, in cgroup v2 (v4.7, and 1f47b61fb407); of v1,
 * mem_cgroup_swapout() records in the same way, and the counter is memsw.
 *
 * Left out: limits, and THP.
 */
import { blocked, known, ref, ret } from '../../checker/index.js'
import { atomic_inc } from '../kernel/atomic.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { Cgroup, Recorded } from './cgroup-fields.js'
import { id_inc_not_zero, lineage, mem_cgroup_id_put, page_counter_charge, page_counter_uncharge } from './cgroup-id.js'
import { guard, procedure, quiescent } from './state.js'

const fix = 'charge the swap of a memcg without an id to an ancestor that has one'

/** mem_cgroup_try_charge_swap(page, entry), of a page that is charged to `memcg`: the slot is the caller's. */
export const mem_cgroup_try_charge_swap = procedure(
  'mem_cgroup_try_charge_swap',
  { args: { memcg: Cgroup, entry: Recorded }, locals: { id: ref(Cgroup), charged: ref(Cgroup) } },
  {
    /** memcg = page->mem_cgroup; */
    page_memcg(_, me) {
      me.charged = me.memcg
      return guard(fix) ? 'mem_cgroup_id_get_online' : 'page_counter_try_charge'
    },
    /** memcg = mem_cgroup_id_get_online(memcg): while (!atomic_inc_not_zero(&memcg->id.ref)) { … memcg = parent_mem_cgroup(memcg); } */
    mem_cgroup_id_get_online(s, me) {
      if (id_inc_not_zero(s, me.charged)) return 'page_counter_try_charge'
      me.charged = s.cgroup[known(me.charged)].parent
      return 'mem_cgroup_id_get_online'
    },
    /** if (!mem_cgroup_is_root(memcg) && !page_counter_try_charge(&memcg->swap, 1, &counter)) */
    page_counter_try_charge(s, me) {
      page_counter_charge(s, me.charged)
      return guard(fix) ? 'swap_cgroup_record' : 'mem_cgroup_id_get'
    },
    /** In v4.7: mem_cgroup_id_get(memcg): atomic_inc(&memcg->id.ref); whatever it was. mem_cgroup_id(memcg) is 0 where it was 0 */
    mem_cgroup_id_get(s, me) {
      const memcg = s.cgroup[known(me.charged)]
      me.id = memcg.id_ref > 0 ? me.charged : 0
      atomic_inc(memcg, 'id_ref')
      return 'swap_cgroup_record'
    },
    /** oldid = swap_cgroup_record(entry, mem_cgroup_id(memcg)); VM_BUG_ON_PAGE(oldid, page); under the lock of the record */
    swap_cgroup_record(s, me) {
      s.recorded[me.entry].id = guard(fix) ? me.charged : me.id
      return 'try_to_unmap'
    },
    /** try_to_unmap(): the PTE holds the slot */
    try_to_unmap(s, me) {
      s.recorded[me.entry].in_use = true
      return ret()
    },
  },
)

/** zap_pte_range() of the PTE that holds a slot: swap_free(), and of the last reference mem_cgroup_uncharge_swap(entry). It waits until the page is out. */
export const mem_cgroup_uncharge_swap = procedure(
  'mem_cgroup_uncharge_swap',
  { args: { entry: Recorded }, locals: { memcg: ref(Cgroup) } },
  {
    /** pte_offset_map_lock(…); swap_free(entry) */
    pte_offset_map_lock(s, me) {
      const { in_use, ptl } = s.recorded[me.entry]
      return in_use && spin_lock(ptl, me.self) ? 'swap_cgroup_record' : blocked
    },
    /** id = swap_cgroup_record(entry, 0); memcg = mem_cgroup_from_id(id); under the lock of the record */
    swap_cgroup_record(s, me) {
      const recorded = s.recorded[me.entry]
      me.memcg = recorded.id
      recorded.id = 0
      recorded.in_use = false
      return 'page_counter_uncharge'
    },
    /** if (memcg) { if (!mem_cgroup_is_root(memcg)) page_counter_uncharge(&memcg->swap, 1); */
    page_counter_uncharge(s, me) {
      page_counter_uncharge(s, me.memcg)
      return 'mem_cgroup_id_put'
    },
    /** mem_cgroup_id_put(memcg); } */
    mem_cgroup_id_put(s, me) {
      mem_cgroup_id_put(s, me.memcg)
      return 'pte_unmap_unlock'
    },
    /** pte_unmap_unlock(…); */
    pte_unmap_unlock(s, me) {
      spin_unlock(s.recorded[me.entry].ptl, me.self)
      return ret()
    },
  },
)

/** rmdir: mem_cgroup_css_offline(css): mem_cgroup_id_put(memcg); pages stay charged to it. */
export const mem_cgroup_css_offline = procedure(
  'mem_cgroup_css_offline',
  { args: { memcg: Cgroup } },
  {
    mem_cgroup_id_put(s, me) {
      s.cgroup[me.memcg].online = false
      mem_cgroup_id_put(s, me.memcg)
      return ret()
    },
  },
)

export const RecordExact = quiescent(
  'RecordExact',
  'When all is quiet, the swap charge of a memcg is the number of slots recorded for it and its descendants, and the references to its id are those, and its own.',
  (s) =>
    s.cgroup.ids.every((id) => {
      const own = s.recorded.ids.filter((entry) => s.recorded[entry].id === id).length
      const all = s.recorded.ids.filter((entry) => lineage(s, s.recorded[entry].id).includes(id)).length
      return s.cgroup[id].swap === all && s.cgroup[id].id_ref === own + (s.cgroup[id].online ? 1 : 0)
    }),
)
