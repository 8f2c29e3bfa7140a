/** mm/vswap.c: what backs a virtual slot (patches 12 and 15), for one entry. */
import { blocked, bool, ref, ret } from '../../checker/index.js'
import { live } from '../kernel/memory.js'
import { rcu_read_lock, rcu_read_unlock } from '../kernel/rcu.js'
import { read_lock, read_unlock } from '../kernel/rwlock.js'
import { xa_load } from '../kernel/xarray.js'
import { Desc, Entry, procedure, type SwpDesc } from './state.js'

/**
 * A function that asks vswap_check_backing(entry, &type, 1) and answers from the type; no for an entry that is gone. Of one entry the
 * members of the union are read and never looked at.
 */
function check<const N extends string>(name: N, answer: (type: SwpDesc['type']) => boolean) {
  return procedure(
    name,
    { args: { entry: Entry }, locals: { desc: ref(Desc) }, returns: bool },
    {
      /** rcu_read_lock(); xas_for_each(&xas, desc, entry.val + nr - 1) */
      xas_for_each(s, me) {
        me.desc = xa_load(s.vswap_map, me.entry)
        if (me.desc === 0) return ret(false)
        rcu_read_lock(s.rcu, me.self)
        return 'read_type'
      },
      /** read_lock(&desc->lock); first_type = desc->type; … read_unlock(&desc->lock); rcu_read_unlock(); one access */
      read_type(s, me) {
        const desc = live(s.desc, me.desc)
        if (!read_lock(desc.lock, me.self)) return blocked
        const { type } = desc
        read_unlock(desc.lock, me.self)
        rcu_read_unlock(s.rcu, me.self)
        return ret(answer(type))
      },
    },
  )
}

/** vswap_disk_backed(entry, 1) */
export const vswap_disk_backed = check('vswap_disk_backed', (type) => type === 'VSWAP_SWAPFILE')

/** vswap_folio_backed(entry, 1) */
export const vswap_folio_backed = check('vswap_folio_backed', (type) => type === 'VSWAP_FOLIO')

/** vswap_can_swapin_thp(entry, 1), which do_swap_page() asks for one page, too. */
export const vswap_can_swapin_thp = check('vswap_can_swapin_thp', (type) => type === 'VSWAP_ZERO' || type === 'VSWAP_SWAPFILE')

/** swap_zeromap_batch(entry, 1, &is_zeromap): its `is_zeromap`. */
export const swap_zeromap_batch = check('swap_zeromap_batch', (type) => type === 'VSWAP_ZERO')
