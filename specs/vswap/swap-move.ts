/** mm/vswap.c: swap_move() (patch 15). */
import { blocked, int, known, nth, type Ref, ref, ret } from '../../checker/index.js'
import { live } from '../kernel/memory.js'
import { rcu_read_lock, rcu_read_unlock } from '../kernel/rcu.js'
import { read_lock, read_unlock } from '../kernel/rwlock.js'
import { xa_load } from '../kernel/xarray.js'
import { Desc, Entry, Folios, guard, procedure, Slot, type State, type SwpDesc, swap_type } from './state.js'
import { slot_nth } from './swap-slot.js'
import { union_folio, union_slot } from './swp-desc.js'

/** swap_move(entry, delta): the entry so far on, or 0 where another kind of backing, or another place, is behind it. */
export const swap_move = procedure(
  'swap_move',
  {
    args: { entry: Entry, delta: int(-3, 3) },
    locals: { desc: ref(Desc), next_desc: ref(Desc), type: swap_type, folio: ref(Folios), slot: ref(Slot) },
    returns: ref(Entry),
  },
  {
    /** next_entry.val = entry.val + delta; rcu_read_lock(); desc = xa_load(&vswap_map, entry.val); */
    xa_load(s, me) {
      rcu_read_lock(s.rcu, me.self)
      me.desc = xa_load(s.vswap_map, me.entry)
      return 'xa_load_next'
    },
    /** next_desc = xa_load(&vswap_map, next_entry.val); if (!desc || !next_desc) { rcu_read_unlock(); return (swp_entry_t){0}; } */
    xa_load_next(s, me) {
      const next = nth(s.vswap_map.ids, me.entry, me.delta)
      me.next_desc = next === 0 ? 0 : xa_load(s.vswap_map, next)
      if (me.desc !== 0 && me.next_desc !== 0) return 'read_lock'
      rcu_read_unlock(s.rcu, me.self)
      return ret(0)
    },
    /**
     * read_lock(&desc->lock); if (desc->type == VSWAP_ZSWAP) { …; goto rcu_unlock; } type = desc->type; if (type == VSWAP_FOLIO) folio =
     * desc->folio; if (type == VSWAP_SWAPFILE) slot = desc->slot; read_unlock(&desc->lock); one access
     */
    read_lock(s, me) {
      const desc = live(s.desc, me.desc)
      if (!read_lock(desc.lock, me.self)) return blocked
      const { type } = desc
      if (type === 'VSWAP_FOLIO') me.folio = union_folio(desc)
      if (type === 'VSWAP_SWAPFILE') me.slot = union_slot(desc)
      read_unlock(desc.lock, me.self)
      me.type = type
      if (type !== 'VSWAP_ZSWAP') return 'read_lock_next'
      rcu_read_unlock(s.rcu, me.self)
      return ret(0)
    },
    /** read_lock(&next_desc->lock); if (next_desc->type != type) goto next_unlock; … invalid = false; next_unlock: …; rcu_read_unlock(); */
    read_lock_next(s, me) {
      const next_desc = live(s.desc, me.next_desc)
      if (!read_lock(next_desc.lock, me.self)) return blocked
      const isAlike = follows(s, next_desc, me)
      read_unlock(next_desc.lock, me.self)
      rcu_read_unlock(s.rcu, me.self)
      return ret(isAlike ? known(nth(s.vswap_map.ids, me.entry, me.delta)) : 0)
    },
  },
)

interface From {
  readonly type: SwpDesc['type'] | 'none'
  readonly folio: Ref<'folio'>
  readonly slot: Ref<'slot'>
  readonly delta: number
}

/** swp_slot_offset(next_desc->slot) == swp_slot_offset(slot) + delta, or next_desc->folio == folio */
function follows(s: State, next_desc: SwpDesc, { type, folio, slot, delta }: From): boolean {
  if (!guard('end a batch of PTEs where the backing changes')) return true
  if (next_desc.type !== type) return false
  if (type === 'VSWAP_SWAPFILE') return union_slot(next_desc) === slot_nth(s, slot, delta)
  return type !== 'VSWAP_FOLIO' || union_folio(next_desc) === folio
}
