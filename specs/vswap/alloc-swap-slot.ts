/** mm/vswap.c: vswap_alloc_swap_slot() (patch 12). */
import { assert, blocked, bool, call, choose, type Id, known, type Ref, ref, ret } from '../../checker/index.js'
import { live } from '../kernel/memory.js'
import { rcu_read_lock, rcu_read_unlock } from '../kernel/rcu.js'
import { write_lock, write_unlock } from '../kernel/rwlock.js'
import { xa_erase, xa_insert } from '../kernel/xarray.js'
import { assert_owned } from './backing-owned.js'
import { folio_nr_pages, swap_nth } from './folio.js'
import { type Charge, charge, lookup_swap_cgroup_id, mem_cgroup_try_charge_swap, mem_cgroup_uncharge_swap } from './memcg-charge.js'
import { swp_entry_to_swp_slot } from './slot-lookup.js'
import { Entry, Folios, guard, Nr, procedure, Slot, type State } from './state.js'
import { slot_nth, swap_slot_alloc, swap_slot_free_nr, swp_slot_type, unlock_cluster } from './swap-slot.js'
import { store_slot, union_folio } from './swp-desc.js'
import { WarnNever } from './warn-never.js'

/** The first physical slot behind folio->swap, which is `entry`; 0 when there are not as many in a row as the folio has pages. The folio is locked and in the swap cache. */
export const vswap_alloc_swap_slot = procedure(
  'vswap_alloc_swap_slot',
  {
    args: { folio: Folios, entry: Entry },
    locals: { slot: ref(Slot), charge, i: Nr, offset: Nr, fallback: bool },
    calls: [swp_entry_to_swp_slot],
    returns: ref(Slot),
  },
  {
    /** slot = swp_entry_to_swp_slot(entry); */
    swp_entry_to_swp_slot(_, me) {
      return call(swp_entry_to_swp_slot, { entry: me.entry }, 'folio_alloc_swap_slot', 'slot')
    },
    /** if (slot.val) return slot; slot = folio_alloc_swap_slot(folio); the allocator's own locks make it one step */
    folio_alloc_swap_slot(s, me) {
      if (me.slot !== 0) return ret(me.slot)
      me.slot = swap_slot_alloc(s, folio_nr_pages(s, me.folio))
      return me.slot === 0 ? ret(0) : 'xa_insert'
    },
    /**
     * if (mem_cgroup_try_charge_swap(folio, entry)) { free_phys_swap: swap_slot_free_nr(slot, nr); slot.val = 0; return slot; }, an access
     * at a time, and ci->lock, a spin lock, is an RCU read-side section, for nobody holds the device; err = xa_insert(&vswap_rmap, slot.val + i, xa_mk_value(entry.val + i), GFP_KERNEL); VM_WARN_ON(err == -EBUSY); if
     * (err) { while (--i >= 0) xa_erase(&vswap_rmap, slot.val + i); goto uncharge; }
     */
    xa_insert(s, me) {
      if (me.charge === 'freed') return refused(s, me.slot, me.self)
      if (me.charge === 'refused') {
        if (!guard('free the slot that is not charged')) return ret(0)
        if (guard('hold off RCU grace periods under ci->lock')) rcu_read_lock(s.rcu, me.self)
        swap_slot_free_nr(s, known(me.slot), folio_nr_pages(s, me.folio))
        me.charge = 'freed'
        if (swp_slot_type(s, me.slot) === swp_slot_type(s, 0)) me.slot = 0
        return 'xa_insert'
      }
      if (me.charge !== 'charged' && me.charge !== 'nomem') {
        me.charge = mem_cgroup_try_charge_swap(s, me.folio, me.entry, me.charge)
        if (lookup_swap_cgroup_id(s, me.entry) !== 0) return 'xa_insert'
      }
      if (me.charge === 'nomem') return undo(s, me)
      if (s.xas_nomem && choose([false, true])) {
        me.charge = 'nomem'
        return 'xa_insert'
      }
      const err = xa_insert(s.vswap_rmap, known(slot_nth(s, me.slot, me.i)), swap_nth(s, me.entry, me.i))
      assert(err === 0, 'VM_WARN_ON(err == -EBUSY)', WarnNever)
      me.i++
      return me.i < folio_nr_pages(s, me.folio) ? 'xa_insert' : 'write_lock'
    },
    /**
     * xas_for_each() … write_lock(&desc->lock); … desc->type = VSWAP_SWAPFILE; desc->slot.val = slot.val + i;
     * write_unlock(&desc->lock); one step for each: the pin keeps vswap_map[entry], and the lock is held
     */
    write_lock(s, me) {
      const entry = swap_nth(s, me.entry, me.offset)
      const desc = live(s.desc, s.vswap_map[entry])
      if (!write_lock(desc.lock, me.self)) return blocked
      assert_owned(s, entry, desc, me.self)
      if (desc.type === 'VSWAP_FOLIO') {
        me.fallback = true
        assert(union_folio(desc) === me.folio, 'VM_WARN_ON(folio != desc->folio)', WarnNever)
      } else {
        assert(desc.type === 'VSWAP_ZSWAP', 'VM_WARN_ON(desc->type != VSWAP_ZSWAP)', WarnNever)
        assert(!me.fallback, 'VM_WARN_ON(fallback)', WarnNever)
      }
      desc.type = 'VSWAP_SWAPFILE'
      store_slot(desc, slot_nth(s, me.slot, me.offset))
      write_unlock(desc.lock, me.self)
      me.offset++
      return me.offset < folio_nr_pages(s, me.folio) ? 'write_lock' : ret(me.slot)
    },
  },
)

interface Link {
  readonly folio: Id<'folio'>
  readonly slot: Ref<'slot'>
  readonly entry: Id<'entry'>
  i: number
  charge: Charge
}

/** while (--i >= 0) xa_erase(&vswap_rmap, slot.val + i); goto uncharge; uncharge: mem_cgroup_uncharge_swap(entry, nr); an access at a time */
function undo(s: State, me: Link): 'xa_insert' {
  if (me.i > 0) {
    me.i--
    if (guard('take back the part of a reverse mapping')) xa_erase(s.vswap_rmap, known(slot_nth(s, me.slot, me.i)))
    return 'xa_insert'
  }
  if (guard('uncharge the slot that is not linked')) mem_cgroup_uncharge_swap(s, me.entry, folio_nr_pages(s, me.folio))
  me.charge = 'refused'
  return 'xa_insert'
}

/** unlock_cluster(ci); } slot.val = 0; return slot; all that matters of the slot by now is its device */
function refused(s: State, slot: Ref<'slot'>, self: Id<'thread'>) {
  unlock_cluster(s, slot)
  if (guard('hold off RCU grace periods under ci->lock')) rcu_read_unlock(s.rcu, self)
  return ret(0)
}
