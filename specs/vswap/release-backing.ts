/** mm/vswap.c: release_backing() (patch 12), for one entry. */
import { blocked, call, known, ref, ret } from '../../checker/index.js'
import { live } from '../kernel/memory.js'
import { rcu_read_lock, rcu_read_unlock } from '../kernel/rcu.js'
import { write_lock, write_unlock } from '../kernel/rwlock.js'
import { xa_erase, xa_load } from '../kernel/xarray.js'
import { lookup_swap_cgroup_id, mem_cgroup_uncharge_swap } from './memcg-charge.js'
import { Desc, Entry, guard, procedure, Slot } from './state.js'
import { swap_slot_free_nr, swap_slot_tryget_swap_info, unlock_cluster, unlock_swapoff } from './swap-slot.js'
import { store_slot, union_slot } from './swp-desc.js'
import { zswap_invalidate } from './zswap-entry.js'

/** Callers hold the swap cache pin and the folio lock, or have dropped the last reference. The type stays what it was. */
export const release_backing = procedure(
  'release_backing',
  { args: { entry: Entry }, locals: { desc: ref(Desc), slot: ref(Slot) }, calls: [zswap_invalidate] },
  {
    /** rcu_read_lock(); xas_for_each(&xas, desc, entry.val + nr - 1) */
    xas_for_each(s, me) {
      me.desc = xa_load(s.vswap_map, me.entry)
      if (me.desc === 0) return ret()
      rcu_read_lock(s.rcu, me.self)
      return 'write_lock'
    },
    /** write_lock(&desc->lock); type = desc->type; …; for a folio or zeroes that is all: write_unlock(&desc->lock); rcu_read_unlock(); */
    write_lock(s, me) {
      const desc = live(s.desc, me.desc)
      if (!write_lock(desc.lock, me.self)) return blocked
      if (desc.type === 'VSWAP_ZSWAP') return call(zswap_invalidate, { swp: me.entry }, 'write_unlock')
      if (desc.type === 'VSWAP_SWAPFILE') me.slot = union_slot(desc)
      if (me.slot !== 0) return 'xa_erase'
      return 'write_unlock'
    },
    /** xa_erase(&vswap_rmap, desc->slot.val); vswap_rmap is read without the lock */
    xa_erase(s, me) {
      if (guard('erase the reverse mapping with the backing')) xa_erase(s.vswap_rmap, known(me.slot))
      return 'write_unlock'
    },
    /** desc->slot.val = 0; write_unlock(&desc->lock); rcu_read_unlock(); under the lock */
    write_unlock(s, me) {
      const desc = live(s.desc, me.desc)
      if (me.slot !== 0) store_slot(desc, 0)
      write_unlock(desc.lock, me.self)
      rcu_read_unlock(s.rcu, me.self)
      me.desc = 0
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
      swap_slot_free_nr(s, known(me.slot))
      return 'swap_slot_put_swap_info'
    },
    /** unlock_cluster(ci); … swap_slot_put_swap_info(si); } then, by itself: mem_cgroup_uncharge_swap(entry, nr); } */
    swap_slot_put_swap_info(s, me) {
      if (me.slot === 0) {
        mem_cgroup_uncharge_swap(s, me.entry)
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
