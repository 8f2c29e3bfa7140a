/**
 * mm/vswap.c: the references to a virtual slot (patch 10), for one entry.
 *
 * With `nr` 1, `xas_for_each(&xas, desc, entry.val)` looks at one index: it runs its body for the descriptor there, or not at all.
 * rcu_read_lock() is in the step of the first load, and rcu_read_unlock() in that of the last access: a section that is shorter only
 * lets memory be freed earlier.
 */
import { bool, call, int, ref, ret, tail } from '../../checker/index.js'
import { atomic_add_unless, atomic_dec_and_test, atomic_sub, atomic_try_cmpxchg } from '../kernel/atomic.js'
import { EEXIST, ENOENT } from '../kernel/errno.js'
import { live } from '../kernel/memory.js'
import { rcu_read_lock, rcu_read_unlock } from '../kernel/rcu.js'
import { xa_load } from '../kernel/xarray.js'
import { Desc, Entry, guard, procedure, SWAP_CACHE_INC, SWAP_CACHE_SHIFT, SWAP_COUNT_INC } from './state.js'
import { vswap_free } from './vswap-free.js'

const refs = int(0, 15)

/** swapcache_prepare(entry, 1): takes the swap cache pin. -ENOENT when the entry is gone, -EEXIST when it is pinned already. */
export const swapcache_prepare = procedure(
  'swapcache_prepare',
  { args: { entry: Entry }, locals: { desc: ref(Desc), old: refs }, returns: int(-EEXIST, 0) },
  {
    /** rcu_read_lock(); xas_for_each(&xas, desc, entry.val + nr - 1) … if (i < nr && !ret) ret = -ENOENT; */
    xas_for_each(s, me) {
      me.desc = xa_load(s.vswap_map, me.entry)
      if (me.desc === 0) return ret(-ENOENT)
      rcu_read_lock(s.rcu, me.self)
      return 'atomic_read'
    },
    /** old = atomic_read(&desc->swap_refs); */
    atomic_read(s, me) {
      me.old = live(s.desc, me.desc).swap_refs
      return 'cmpxchg'
    },
    /** do { … } while (!atomic_try_cmpxchg(&desc->swap_refs, &old, new)); rcu_read_unlock(); */
    cmpxchg(s, me) {
      const desc = live(s.desc, me.desc)
      const exists = guard('refuse a second swap cache pin') && (me.old & SWAP_CACHE_INC) !== 0
      const gone = me.old === 0 && guard('refuse an entry without references in swapcache_prepare')
      const value = gone || exists ? me.old : me.old + SWAP_CACHE_INC
      if (!guard('atomic_try_cmpxchg in swapcache_prepare')) desc.swap_refs = value
      else if (!atomic_try_cmpxchg(desc, 'swap_refs', me, 'old', value)) return 'cmpxchg'
      rcu_read_unlock(s.rcu, me.self)
      if (gone) return ret(-ENOENT)
      if (exists) return ret(-EEXIST)
      s.pin[me.entry] = me.self
      return ret(0)
    },
  },
)

/** swapcache_clear(si, entry, 1): gives the swap cache pin back, and frees the entry if that was all that held it. */
export const swapcache_clear = procedure(
  'swapcache_clear',
  { args: { entry: Entry }, locals: { desc: ref(Desc) }, calls: [vswap_free] },
  {
    /** rcu_read_lock(); xas_for_each(&xas, desc, end) */
    xas_for_each(s, me) {
      me.desc = xa_load(s.vswap_map, me.entry)
      if (me.desc === 0) return ret()
      rcu_read_lock(s.rcu, me.self)
      return 'atomic_dec_and_test'
    },
    /** if (atomic_dec_and_test(&desc->swap_refs)) vswap_free(entry); */
    atomic_dec_and_test(s, me) {
      s.pin[me.entry] = 0
      if (atomic_dec_and_test(live(s.desc, me.desc), 'swap_refs')) return call(vswap_free, { entry: me.entry }, 'rcu_read_unlock')
      rcu_read_unlock(s.rcu, me.self)
      return ret()
    },
    rcu_read_unlock(s, me) {
      rcu_read_unlock(s.rcu, me.self)
      return ret()
    },
  },
)

/** swap_duplicate(entry): swap_duplicate_nr(entry, 1), whose -ENOENT it does not pass on. */
export const swap_duplicate = procedure(
  'swap_duplicate',
  { args: { entry: Entry }, locals: { desc: ref(Desc) } },
  {
    /** rcu_read_lock(); xas_for_each(&xas, desc, entry.val + nr - 1) */
    xas_for_each(s, me) {
      me.desc = xa_load(s.vswap_map, me.entry)
      if (me.desc === 0) return ret()
      rcu_read_lock(s.rcu, me.self)
      return 'atomic_add_unless'
    },
    /** if (!desc || !atomic_add_unless(&desc->swap_refs, SWAP_COUNT_INC, 0)) goto done; */
    atomic_add_unless(s, me) {
      if (atomic_add_unless(live(s.desc, me.desc), 'swap_refs', SWAP_COUNT_INC, 0)) s.in_flight[me.entry] += 1
      rcu_read_unlock(s.rcu, me.self)
      return ret()
    },
  },
)

/** vswap_free_nr_any_cache_only(entry, 1): drops a swap count. True, as a hint, when that was the last and the swap cache pin is left. */
export const vswap_free_nr_any_cache_only = procedure(
  'vswap_free_nr_any_cache_only',
  { args: { entry: Entry }, locals: { desc: ref(Desc), ret: bool, dropped: bool }, calls: [vswap_free], returns: bool },
  {
    /** rcu_read_lock(); xas_for_each(&xas, desc, end) */
    xas_for_each(s, me) {
      me.desc = xa_load(s.vswap_map, me.entry)
      if (me.desc === 0) return ret(false)
      rcu_read_lock(s.rcu, me.self)
      return 'atomic_read'
    },
    /** ret |= (atomic_read(&desc->swap_refs) == 3); 1 page table entry ref + 1 swap cache ref == 11 (binary) */
    atomic_read(s, me) {
      me.ret = live(s.desc, me.desc).swap_refs === (SWAP_COUNT_INC | SWAP_CACHE_INC)
      return 'atomic_sub_and_test'
    },
    /**
     * if (atomic_sub_and_test(SWAP_COUNT_INC, &desc->swap_refs)) vswap_free(entry); without the protection, atomic_sub() and then
     * atomic_read()
     */
    atomic_sub_and_test(s, me) {
      const desc = live(s.desc, me.desc)
      if (!me.dropped) {
        atomic_sub(desc, 'swap_refs', SWAP_COUNT_INC)
        s.in_flight[me.entry] -= 1
        me.dropped = !guard('drop and test the swap count in one access')
        if (me.dropped) return 'atomic_sub_and_test'
      }
      if (desc.swap_refs === 0) return call(vswap_free, { entry: me.entry }, 'rcu_read_unlock')
      rcu_read_unlock(s.rcu, me.self)
      return ret(me.ret)
    },
    rcu_read_unlock(s, me) {
      rcu_read_unlock(s.rcu, me.self)
      return ret(me.ret)
    },
  },
)

/** swap_free_nr(entry, 1); void in C: its answer is not looked at. */
export const swap_free_nr = procedure(
  'swap_free_nr',
  { args: { entry: Entry }, calls: [vswap_free_nr_any_cache_only], returns: bool },
  {
    /** vswap_free_nr_any_cache_only(entry, nr); */
    vswap_free_nr_any_cache_only(_, me) {
      return tail(vswap_free_nr_any_cache_only, { entry: me.entry })
    },
  },
)

/** A function that reads swap_refs once, under RCU, and answers from that; an entry that is gone reads as 0. */
function reader<const N extends string>(name: N, answer: (swap_refs: number) => number) {
  return procedure(
    name,
    { args: { entry: Entry }, locals: { desc: ref(Desc) }, returns: refs },
    {
      /** rcu_read_lock(); xa_load(&vswap_map, entry.val), or the first turn of xas_for_each() */
      xa_load(s, me) {
        me.desc = xa_load(s.vswap_map, me.entry)
        if (me.desc === 0) return ret(answer(0))
        rcu_read_lock(s.rcu, me.self)
        return 'atomic_read'
      },
      /** atomic_read(&desc->swap_refs); rcu_read_unlock(); */
      atomic_read(s, me) {
        rcu_read_unlock(s.rcu, me.self)
        return ret(answer(live(s.desc, me.desc).swap_refs))
      },
    },
  )
}

/** swp_swapcount(entry), and so __swap_count(): ret = desc ? vswap_swap_count(&desc->swap_refs) : 0; */
export const swp_swapcount = reader('swp_swapcount', (swap_refs) => swap_refs >> SWAP_CACHE_SHIFT)

/** folio_swapped(folio), given folio->swap: does a PTE hold the entry? 1 or 0. */
export const folio_swapped = reader('folio_swapped', (swap_refs) => (swap_refs >> SWAP_CACHE_SHIFT > 0 ? 1 : 0))

/** vswap_swapcache_only(entry, 1): 1 where the swap cache pin is all that is left, else 0. */
export const vswap_swapcache_only = reader('vswap_swapcache_only', (swap_refs) => (swap_refs === SWAP_CACHE_INC ? 1 : 0))
