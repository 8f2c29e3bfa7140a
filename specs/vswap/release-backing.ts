/** mm/vswap.c: release_backing() (patch 12). */
import { assert, blocked, call, known, ref, ret } from '../../checker/index.js'
import { live } from '../kernel/memory.js'
import { rcu_read_unlock } from '../kernel/rcu.js'
import { write_lock, write_unlock } from '../kernel/rwlock.js'
import { xa_erase } from '../kernel/xarray.js'
import { assert_owned } from './backing-owned.js'
import { swap_nth } from './folio.js'
import { lookup_swap_cgroup_id, mem_cgroup_uncharge_swap } from './memcg-charge.js'
import { Entry, Folios, guard, Nr, procedure, Slot, type State, type SwpDesc, swap_type } from './state.js'
import { slot_nth, swap_slot_free_nr, swap_slot_tryget_swap_info, unlock_cluster, unlock_swapoff } from './swap-slot.js'
import { store_slot, union_folio, union_slot } from './swp-desc.js'
import { WarnNever } from './warn-never.js'
import { walk, xa_index, xas_for_each, xas_has_next } from './xas-for-each.js'
import { zswap_invalidate } from './zswap-entry.js'

/** Callers hold the swap cache pins and the folio lock, or have dropped the last reference. The type stays what it was. */
export const release_backing = procedure(
  'release_backing',
  {
    args: { entry: Entry, nr: Nr },
    /** `type`, `folio` and `slot` are those of the first descriptor. */
    locals: { ...walk, i: Nr, type: swap_type, folio: ref(Folios), slot: ref(Slot) },
    calls: [zswap_invalidate],
  },
  {
    /** rcu_read_lock(); xas_for_each(&xas, desc, entry.val + nr - 1) */
    xas_for_each(s, me) {
      if (xas_for_each(s, me)) return 'write_lock'
      if (xas_has_next(me)) return 'xas_for_each'
      rcu_read_unlock(s.rcu, me.self)
      return me.slot === 0 ? ret() : 'swap_slot_tryget_swap_info'
    },
    /**
     * write_lock(&desc->lock); if (!i) { type = desc->type; … } else VM_WARN_ON(…); if (desc->type == VSWAP_ZSWAP)
     * zswap_invalidate((swp_entry_t){entry.val + i}); for a folio or zeroes that is all: write_unlock(&desc->lock);
     */
    write_lock(s, me) {
      const desc = live(s.desc, me.desc)
      if (guard('write_lock in release_backing') && !write_lock(desc.lock, me.self)) return blocked
      assert_owned(s, xa_index(s, me), desc, me.self)
      if (me.i === 0) {
        me.type = desc.type
        if (desc.type === 'VSWAP_FOLIO') me.folio = desc.folio
        if (desc.type === 'VSWAP_SWAPFILE') me.slot = union_slot(desc)
      } else assert_alike(s, desc, me)
      if (desc.type === 'VSWAP_ZSWAP') return call(zswap_invalidate, { swp: swap_nth(s, me.entry, me.i) }, 'write_unlock')
      return desc.type === 'VSWAP_SWAPFILE' && desc.slot !== 0 ? 'xa_erase' : 'write_unlock'
    },
    /** xa_erase(&vswap_rmap, desc->slot.val); vswap_rmap is read without the lock */
    xa_erase(s, me) {
      if (guard('erase the reverse mapping with the backing')) xa_erase(s.vswap_rmap, known(union_slot(live(s.desc, me.desc))))
      return 'write_unlock'
    },
    /** desc->slot.val = 0; write_unlock(&desc->lock); i++; rcu_read_unlock(); under the lock */
    write_unlock(s, me) {
      const desc = live(s.desc, me.desc)
      if (desc.type === 'VSWAP_SWAPFILE' && desc.slot !== 0) store_slot(desc, 0)
      if (guard('write_lock in release_backing')) write_unlock(desc.lock, me.self)
      me.i++
      me.desc = 0
      if (xas_has_next(me)) return 'xas_for_each'
      rcu_read_unlock(s.rcu, me.self)
      return me.slot === 0 ? ret() : 'swap_slot_tryget_swap_info'
    },
    /** if (slot.val) { si = swap_slot_tryget_swap_info(slot); if (si) { */
    swap_slot_tryget_swap_info(s, me) {
      if (swap_slot_tryget_swap_info(s, me.slot) !== 0) return 'swap_slot_free_nr'
      me.slot = 0
      return lookup_swap_cgroup_id(s, me.entry) === 0 ? ret() : 'swap_slot_put_swap_info'
    },
    /** swap_slot_free_nr(slot, nr); */
    swap_slot_free_nr(s, me) {
      swap_slot_free_nr(s, known(me.slot), me.nr)
      return 'swap_slot_put_swap_info'
    },
    /** unlock_cluster(ci); … swap_slot_put_swap_info(si); } then, by itself: mem_cgroup_uncharge_swap(entry, nr); } */
    swap_slot_put_swap_info(s, me) {
      if (me.slot === 0) {
        mem_cgroup_uncharge_swap(s, me.entry, me.nr)
        return ret()
      }
      unlock_cluster(s, me.slot)
      unlock_swapoff(s, me.slot)
      me.slot = 0
      const isCharged = lookup_swap_cgroup_id(s, me.entry) !== 0 && guard('uncharge the slot that is released')
      return isCharged ? 'swap_slot_put_swap_info' : ret()
    },
  },
)

interface First {
  readonly type: SwpDesc['type'] | 'none'
  readonly folio: SwpDesc['folio']
  readonly slot: SwpDesc['slot']
  readonly i: number
}

/** What the descriptors of a range after the first must be. */
function assert_alike(s: State, desc: SwpDesc, { type, folio, slot, i }: First): void {
  assert(type === desc.type, 'VM_WARN_ON(type != desc->type)', WarnNever)
  if (type === 'VSWAP_FOLIO') assert(union_folio(desc) === folio, 'VM_WARN_ON(type == VSWAP_FOLIO && desc->folio != folio)', WarnNever)
  if (type !== 'VSWAP_SWAPFILE' || slot === 0) return
  assert(union_slot(desc) === slot_nth(s, slot, i), 'VM_WARN_ON(… && desc->slot.val != slot.val + i)', WarnNever)
}
