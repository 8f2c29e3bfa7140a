/** mm/vswap.c: from a virtual slot to its physical one (patches 10 and 12). */
import { blocked, ref, ret } from '../../checker/index.js'
import { live } from '../kernel/memory.js'
import { rcu_read_lock, rcu_read_unlock } from '../kernel/rcu.js'
import { read_lock, read_unlock } from '../kernel/rwlock.js'
import { xa_load } from '../kernel/xarray.js'
import { Desc, Entry, guard, procedure, Slot } from './state.js'
import { union_slot } from './swp-desc.js'

/** swp_entry_to_swp_slot(entry); slot 0 for an entry that is gone, or that no physical slot backs. */
export const swp_entry_to_swp_slot = procedure(
  'swp_entry_to_swp_slot',
  { args: { entry: Entry }, locals: { desc: ref(Desc) }, returns: ref(Slot) },
  {
    /** rcu_read_lock(); desc = xa_load(&vswap_map, entry.val); */
    xa_load(s, me) {
      me.desc = xa_load(s.vswap_map, me.entry)
      if (me.desc === 0) return ret(0)
      if (guard('rcu_read_lock in swp_entry_to_swp_slot')) rcu_read_lock(s.rcu, me.self)
      return 'read_slot'
    },
    /**
     * read_lock(&desc->lock); if (desc->type != VSWAP_SWAPFILE) slot = 0; else slot = desc->slot; read_unlock(&desc->lock);
     * rcu_read_unlock(); one step, for all but the two stores of folio_alloc_swap() hold the lock, and what is read between these two is
     * read wrong in either order
     */
    read_slot(s, me) {
      const desc = live(s.desc, me.desc)
      if (!read_lock(desc.lock, me.self)) return blocked
      const slot = desc.type === 'VSWAP_SWAPFILE' ? union_slot(desc) : 0
      read_unlock(desc.lock, me.self)
      if (guard('rcu_read_lock in swp_entry_to_swp_slot')) rcu_read_unlock(s.rcu, me.self)
      return ret(slot)
    },
  },
)
