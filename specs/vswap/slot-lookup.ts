/** mm/vswap.c: from a virtual slot to its physical one (patch 10). */
import { ref, ret } from '../../checker/index.js'
import { live } from '../kernel/memory.js'
import { rcu_read_lock, rcu_read_unlock } from '../kernel/rcu.js'
import { xa_load } from '../kernel/xarray.js'
import { Desc, Entry, procedure, Slot } from './state.js'

/** swp_entry_to_swp_slot(entry); slot 0 for an entry that is gone. */
export const swp_entry_to_swp_slot = procedure(
  'swp_entry_to_swp_slot',
  { args: { entry: Entry }, locals: { desc: ref(Desc) }, returns: ref(Slot) },
  {
    /** rcu_read_lock(); desc = xa_load(&vswap_map, entry.val); */
    xa_load(s, me) {
      me.desc = xa_load(s.vswap_map, me.entry)
      if (me.desc === 0) return ret(0)
      rcu_read_lock(s.rcu, me.self)
      return 'read_slot'
    },
    /** slot = desc->slot; rcu_read_unlock(); */
    read_slot(s, me) {
      rcu_read_unlock(s.rcu, me.self)
      return ret(live(s.desc, me.desc).slot)
    },
  },
)
