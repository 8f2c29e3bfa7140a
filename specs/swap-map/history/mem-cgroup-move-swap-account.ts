/**
 * mm/memcontrol.c: mem_cgroup_move_charge_pte_range() of a PTE with a swap entry, of cgroup v1 with memory.move_charge_at_immigrate (v5.7, and "mm/memcg: fix refcount error
 * while moving and swapping").
 *
 * Left out: mc.precharge, which is charged to memory and memsw of the target before, and what is taken back of it; here the counter of each memcg is memsw.
 */
import { blocked, int, known, nth, ref, ret } from '../../../checker/index.js'
import { spin_lock, spin_unlock } from '../../kernel/spinlock.js'
import { Cgroup, Recorded } from '../cgroup-fields.js'
import { mem_cgroup_id_get, mem_cgroup_id_put, page_counter_charge, page_counter_uncharge } from '../cgroup-id.js'
import { guard, procedure } from '../state.js'

const fix = 'get a reference to the id of the memcg that a record is moved to'

/** A task goes from one memcg to another, with the slots that its PTEs hold. */
export const mem_cgroup_move_charge = procedure(
  'mem_cgroup_move_charge_pte_range',
  { args: { from: Cgroup, to: Cgroup }, locals: { entry: ref(Recorded), moved_swap: int(0, 2) } },
  {
    /** mem_cgroup_can_attach(): mem_cgroup_precharge_mc(mm): of as many pages as there may be to move: charged to mc.to */
    mem_cgroup_precharge_mc(s, me) {
      for (const _ of s.recorded.ids) page_counter_charge(s, me.to)
      me.entry = s.recorded.ids[0] ?? 0
      return 'pte_offset_map_lock'
    },
    /** pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl); each PTE is in a page table of its own here; who takes it may find it empty */
    pte_offset_map_lock(s, me) {
      return spin_lock(s.recorded[known(me.entry)].ptl, me.self) ? 'swap_cgroup_cmpxchg' : blocked
    },
    /** mem_cgroup_move_swap_account(ent, mc.from, mc.to): if (swap_cgroup_cmpxchg(entry, old_id, new_id) == old_id) */
    swap_cgroup_cmpxchg(s, me) {
      const recorded = s.recorded[known(me.entry)]
      if (recorded.id !== me.from) {
        page_counter_uncharge(s, me.to)
        return 'pte_unmap_unlock'
      }
      recorded.id = me.to
      return 'moved_swap'
    },
    /** mc.precharge--; mem_cgroup_id_get_many(mc.to, 1); not in v5.7: we fixup refcnts and charges later. mc.moved_swap++; */
    moved_swap(s, me) {
      if (guard(fix)) mem_cgroup_id_get(s, me.to)
      me.moved_swap += 1
      return 'pte_unmap_unlock'
    },
    /** pte_unmap_unlock(pte - 1, ptl); from here on the slot may be freed */
    pte_unmap_unlock(s, me) {
      spin_unlock(s.recorded[known(me.entry)].ptl, me.self)
      return 'next'
    },
    /** for (; addr != end; addr += PAGE_SIZE) */
    next(s, me) {
      me.entry = nth(s.recorded.ids, known(me.entry), 1)
      return me.entry === 0 ? '__mem_cgroup_clear_mc' : 'pte_offset_map_lock'
    },
    /** __mem_cgroup_clear_mc(): if (mc.moved_swap) { if (!mem_cgroup_is_root(mc.from)) page_counter_uncharge(&mc.from->memsw, mc.moved_swap); */
    __mem_cgroup_clear_mc(s, me) {
      if (me.moved_swap === 0) return ret()
      for (let n = 0; n < me.moved_swap; n++) page_counter_uncharge(s, me.from)
      return 'mem_cgroup_id_put_many'
    },
    /** mem_cgroup_id_put_many(mc.from, mc.moved_swap); */
    mem_cgroup_id_put_many(s, me) {
      for (let n = 0; n < me.moved_swap; n++) mem_cgroup_id_put(s, me.from)
      return guard(fix) ? ret() : 'mem_cgroup_id_get_many'
    },
    /** In v5.7: mem_cgroup_id_get_many(mc.to, mc.moved_swap); mc.moved_swap = 0; } */
    mem_cgroup_id_get_many(s, me) {
      for (let n = 0; n < me.moved_swap; n++) mem_cgroup_id_get(s, me.to)
      return ret()
    },
  },
)
