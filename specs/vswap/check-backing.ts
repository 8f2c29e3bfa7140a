/** mm/vswap.c: what backs a range of virtual slots (patches 12 and 15). */
import { blocked, bool, oneOf, ref, ret } from '../../checker/index.js'
import { live } from '../kernel/memory.js'
import { rcu_read_unlock } from '../kernel/rcu.js'
import { read_lock, read_unlock } from '../kernel/rwlock.js'
import { Entry, Folios, Nr, procedure, Slot, type State, type SwpDesc, swap_type } from './state.js'
import { slot_nth } from './swap-slot.js'
import { union_folio, union_slot } from './swp-desc.js'
import { walk, xas_for_each, xas_has_next } from './xas-for-each.js'

/**
 * A function that asks vswap_check_backing(entry, &type, nr) == nr, and answers from the type; no for a range of which an entry is gone.
 * The members of the union are read for the first entry, and looked at for the others.
 */
function check<const N extends string>(name: N, answer: (type: SwpDesc['type']) => boolean) {
  return procedure(
    name,
    {
      args: { entry: Entry, nr: Nr },
      locals: { ...walk, i: Nr, first_type: swap_type, first_slot: ref(Slot), folio: ref(Folios) },
      returns: bool,
    },
    {
      /** rcu_read_lock(); xas_for_each(&xas, desc, entry.val + nr - 1) */
      xas_for_each(s, me) {
        if (xas_for_each(s, me)) return 'read_type'
        if (xas_has_next(me)) return 'xas_for_each'
        rcu_read_unlock(s.rcu, me.self)
        return ret(false)
      },
      /** read_lock(&desc->lock); if (!i) first_type = desc->type; … else if (…) goto done; read_unlock(&desc->lock); i++; one access */
      read_type(s, me) {
        const desc = live(s.desc, me.desc)
        if (!read_lock(desc.lock, me.self)) return blocked
        const { type } = desc
        if (me.i === 0) {
          me.first_type = type
          if (type === 'VSWAP_SWAPFILE') me.first_slot = desc.slot
          if (type === 'VSWAP_FOLIO') me.folio = desc.folio
        }
        const isAlike = me.i === 0 || is_alike(s, desc, me)
        read_unlock(desc.lock, me.self)
        if (isAlike) me.i++
        if (isAlike && xas_has_next(me)) return 'xas_for_each'
        rcu_read_unlock(s.rcu, me.self)
        return ret(me.i === me.nr && me.first_type !== 'none' && answer(me.first_type))
      },
    },
  )
}

interface First {
  readonly first_type: SwpDesc['type'] | 'none'
  readonly first_slot: SwpDesc['slot']
  readonly folio: SwpDesc['folio']
  readonly i: number
}

/** swp_slot_offset(desc->slot) == first_offset + i, where `i` counts the descriptors that were found. */
function is_alike(s: State, desc: SwpDesc, { first_type, first_slot, folio, i }: First): boolean {
  if (desc.type !== first_type) return false
  if (first_type === 'VSWAP_SWAPFILE') return union_slot(desc) === slot_nth(s, first_slot, i)
  return first_type !== 'VSWAP_FOLIO' || union_folio(desc) === folio
}

/** vswap_disk_backed(entry, nr) */
export const vswap_disk_backed = check('vswap_disk_backed', (type) => type === 'VSWAP_SWAPFILE')

/** vswap_folio_backed(entry, nr) */
export const vswap_folio_backed = check('vswap_folio_backed', (type) => type === 'VSWAP_FOLIO')

/** vswap_can_swapin_thp(entry, nr), which do_swap_page() asks for one page, too. */
export const vswap_can_swapin_thp = check('vswap_can_swapin_thp', (type) => type === 'VSWAP_ZERO' || type === 'VSWAP_SWAPFILE')

/** swap_zeromap_batch(entry, max_nr, &is_zeromap): `is_zeromap` of the whole range, or that it is not all the same. */
export const swap_zeromap_batch = procedure(
  'swap_zeromap_batch',
  { args: { entry: Entry, nr: Nr }, locals: { ...walk, i: Nr, is_zero: bool }, returns: oneOf('none', 'zero', 'part') },
  {
    /** rcu_read_lock(); xas_for_each(&xas, desc, entry.val + max_nr - 1) */
    xas_for_each(s, me) {
      if (xas_for_each(s, me)) return 'read_type'
      if (xas_has_next(me)) return 'xas_for_each'
      rcu_read_unlock(s.rcu, me.self)
      return ret('part')
    },
    /** read_lock(&desc->lock); if (!i) is_zero = (desc->type == VSWAP_ZERO); else if (…) goto done; read_unlock(&desc->lock); i++; one access */
    read_type(s, me) {
      const desc = live(s.desc, me.desc)
      if (!read_lock(desc.lock, me.self)) return blocked
      const is_zero = desc.type === 'VSWAP_ZERO'
      read_unlock(desc.lock, me.self)
      if (me.i === 0) me.is_zero = is_zero
      const isAlike = me.is_zero === is_zero
      if (isAlike) me.i++
      if (isAlike && xas_has_next(me)) return 'xas_for_each'
      rcu_read_unlock(s.rcu, me.self)
      if (me.i < me.nr) return ret('part')
      return ret(me.is_zero ? 'zero' : 'none')
    },
  },
)
