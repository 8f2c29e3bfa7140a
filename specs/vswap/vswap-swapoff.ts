/** mm/vswap.c: vswap_swapoff() (patch 16). */
import { assert, blocked, type Id, known, ret } from '../../checker/index.js'
import { live } from '../kernel/memory.js'
import { rcu_read_unlock } from '../kernel/rcu.js'
import { write_lock, write_unlock } from '../kernel/rwlock.js'
import { xa_erase } from '../kernel/xarray.js'
import { assert_owned } from './backing-owned.js'
import { folio_nr_pages, held } from './folio.js'
import { lookup_swap_cgroup_id, mem_cgroup_uncharge_swap } from './memcg-charge.js'
import { Entry, Folios, guard, Nr, procedure, Slot, type State } from './state.js'
import { swap_slot_free_nr, swp_slot_offset, swp_slot_type } from './swap-slot.js'
import { store_folio, union_slot } from './swp-desc.js'
import { WarnNever } from './warn-never.js'
import { walk, xa_index, xas_for_each, xas_has_next } from './xas-for-each.js'

/** Unlinks the entries of the folio from their slots, and makes the folio their backing. The caller holds the folio lock. */
export const vswap_swapoff = procedure(
  'vswap_swapoff',
  { args: { entry: Entry, folio: Folios, slot: Slot }, locals: { ...walk, nr: Nr, i: Nr } },
  {
    /** rcu_read_lock(); xas_for_each(&xas, desc, entry.val + nr - 1) */
    xas_for_each(s, me) {
      me.nr = folio_nr_pages(s, me.folio)
      if (xas_for_each(s, me)) return 'xa_erase'
      return xas_has_next(me) ? 'xas_for_each' : walked(s, me)
    },
    /**
     * write_lock(&desc->lock); if (desc->type != VSWAP_SWAPFILE || swp_slot_type(desc->slot) != type) { VM_WARN_ON(i); break; } VM_WARN_ON(swp_slot_offset(desc->slot) != offset + i);
     * xa_erase(&vswap_rmap, desc->slot.val); desc->type = VSWAP_FOLIO; desc->folio = folio; write_unlock(&desc->lock); i++; under the lock;
     * readahead reads the reverse map without it, and who finds the slot erased goes no further than this entry
     */
    xa_erase(s, me) {
      const desc = live(s.desc, me.desc)
      if (!write_lock(desc.lock, me.self)) return blocked
      write_unlock(desc.lock, me.self)
      if (desc.type !== 'VSWAP_SWAPFILE' && guard('look at the backing again in vswap_swapoff')) return mixed(s, me)
      const slot = known(union_slot(desc))
      if (swp_slot_type(s, slot) !== swp_slot_type(s, me.slot) && guard('look at the device again in vswap_swapoff')) return mixed(s, me)
      const isNext = swp_slot_offset(s, slot) === swp_slot_offset(s, me.slot) + me.i
      assert(isNext, 'VM_WARN_ON(swp_slot_offset(desc->slot) != offset + i)')
      if (guard('erase the reverse map in vswap_swapoff')) xa_erase(s.vswap_rmap, slot)
      assert_owned(s, xa_index(s, me), desc, me.self)
      desc.type = 'VSWAP_FOLIO'
      store_folio(desc, me.folio)
      me.i++
      return xas_has_next(me) ? 'xas_for_each' : walked(s, me)
    },
    /** if (i) { folio_mark_dirty(folio); so that reclaimers will try to page it out again */
    folio_mark_dirty(s, me) {
      if (guard('mark the folio dirty in vswap_swapoff')) held(s, me.folio).dirty = true
      return 'swap_slot_free_nr'
    },
    /** swap_slot_free_nr(slot, nr); then, by itself: mem_cgroup_uncharge_swap(entry, nr); } */
    swap_slot_free_nr(s, me) {
      if (me.desc === 0) {
        mem_cgroup_uncharge_swap(s, me.entry, me.nr)
        return ret()
      }
      swap_slot_free_nr(s, me.slot, me.nr)
      me.desc = 0
      const isCharged = lookup_swap_cgroup_id(s, me.entry) !== 0 && guard('uncharge in vswap_swapoff')
      return isCharged ? 'swap_slot_free_nr' : ret()
    },
  },
)

interface Walked {
  readonly self: Id<'thread'>
  readonly i: number
}

/** VM_WARN_ON(i); break; */
function mixed(s: State, me: Walked) {
  assert(me.i === 0, 'VM_WARN_ON(i)', WarnNever)
  return walked(s, me)
}

/** rcu_read_unlock(); if (i) */
function walked(s: State, me: Walked) {
  rcu_read_unlock(s.rcu, me.self)
  return me.i === 0 ? ret() : 'folio_mark_dirty'
}
