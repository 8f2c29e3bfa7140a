/** mm/vswap.c: vswap_alloc_swap_slot() (patch 12), for a folio of one page. */
import { assert, blocked, call, known, ref, ret } from '../../checker/index.js'
import { live } from '../kernel/memory.js'
import { write_lock, write_unlock } from '../kernel/rwlock.js'
import { xa_insert } from '../kernel/xarray.js'
import { swp_entry_to_swp_slot } from './slot-lookup.js'
import { Entry, Folios, procedure, Slot } from './state.js'
import { swap_slot_alloc } from './swap-slot.js'
import { store_slot, union_folio } from './swp-desc.js'
import { WarnNever } from './warn-never.js'

/** The physical slot behind folio->swap, which is `entry`; 0 when none is free. The folio is locked and in the swap cache. */
export const vswap_alloc_swap_slot = procedure(
  'vswap_alloc_swap_slot',
  { args: { folio: Folios, entry: Entry }, locals: { slot: ref(Slot) }, calls: [swp_entry_to_swp_slot], returns: ref(Slot) },
  {
    /** slot = swp_entry_to_swp_slot(entry); */
    swp_entry_to_swp_slot(_, me) {
      return call(swp_entry_to_swp_slot, { entry: me.entry }, 'folio_alloc_swap_slot', 'slot')
    },
    /** if (slot.val) return slot; slot = folio_alloc_swap_slot(folio); the allocator's own locks make it one step */
    folio_alloc_swap_slot(s, me) {
      if (me.slot !== 0) return ret(me.slot)
      me.slot = swap_slot_alloc(s)
      return me.slot === 0 ? ret(0) : 'xa_insert'
    },
    /** err = xa_insert(&vswap_rmap, slot.val + i, xa_mk_value(entry.val + i), GFP_KERNEL); VM_WARN_ON(err == -EBUSY); */
    xa_insert(s, me) {
      assert(xa_insert(s.vswap_rmap, known(me.slot), me.entry) === 0, 'VM_WARN_ON(err == -EBUSY)', WarnNever)
      return 'write_lock'
    },
    /**
     * xas_for_each() … write_lock(&desc->lock); … desc->type = VSWAP_SWAPFILE; desc->slot.val = slot.val + i;
     * write_unlock(&desc->lock); one step: the pin keeps vswap_map[entry], and the lock is held
     */
    write_lock(s, me) {
      const desc = live(s.desc, s.vswap_map[me.entry])
      if (!write_lock(desc.lock, me.self)) return blocked
      if (desc.type === 'VSWAP_FOLIO') assert(union_folio(desc) === me.folio, 'VM_WARN_ON(folio != desc->folio)', WarnNever)
      else assert(desc.type === 'VSWAP_ZSWAP', 'VM_WARN_ON(desc->type != VSWAP_ZSWAP)', WarnNever)
      desc.type = 'VSWAP_SWAPFILE'
      store_slot(desc, me.slot)
      write_unlock(desc.lock, me.self)
      return ret(me.slot)
    },
  },
)
