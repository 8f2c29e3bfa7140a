/**
 * mm/vswap.c: the references to a range of virtual slots (patch 10).
 *
 * Each turn of `xas_for_each()` is for a descriptor that was found: where the C counts with `i++` or `entry.val++`, it counts these.
 */
import { bool, call, type Id, int, ref, ret, tail } from '../../checker/index.js'
import { atomic_add_unless, atomic_dec_and_test, atomic_sub, atomic_try_cmpxchg } from '../kernel/atomic.js'
import { EEXIST, ENOENT } from '../kernel/errno.js'
import { live } from '../kernel/memory.js'
import { rcu_read_lock, rcu_read_unlock } from '../kernel/rcu.js'
import { xa_load } from '../kernel/xarray.js'
import { swap_nth } from './folio.js'
import { Desc, Entry, guard, Nr, procedure, type State, SWAP_CACHE_INC, SWAP_CACHE_SHIFT, SWAP_COUNT_INC } from './state.js'
import { vswap_free } from './vswap-free.js'
import { walk, xa_index, xas_for_each, xas_has_next } from './xas-for-each.js'

const refs = int(0, 15)

/** swapcache_clear(si, entry, nr): gives the swap cache pins back, and frees each entry that nothing else held. */
export const swapcache_clear = procedure(
  'swapcache_clear',
  { args: { entry: Entry, nr: Nr }, locals: { ...walk, i: Nr }, calls: [vswap_free] },
  {
    /** rcu_read_lock(); xas_for_each(&xas, desc, end) */
    xas_for_each(s, me) {
      if (xas_for_each(s, me)) return 'atomic_dec_and_test'
      if (xas_has_next(me)) return 'xas_for_each'
      rcu_read_unlock(s.rcu, me.self)
      return ret()
    },
    /** if (atomic_dec_and_test(&desc->swap_refs)) vswap_free(entry); entry.val++; */
    atomic_dec_and_test(s, me) {
      s.pin[xa_index(s, me)] = 0
      const entry = swap_nth(s, me.entry, me.i)
      me.i++
      const next = xas_has_next(me) ? 'xas_for_each' : 'rcu_read_unlock'
      if (atomic_dec_and_test(live(s.desc, me.desc), 'swap_refs')) return call(vswap_free, { entry }, next)
      if (xas_has_next(me)) return next
      rcu_read_unlock(s.rcu, me.self)
      return ret()
    },
    rcu_read_unlock(s, me) {
      rcu_read_unlock(s.rcu, me.self)
      return ret()
    },
  },
)

/**
 * swapcache_prepare(entry, nr): takes the swap cache pin of each entry, or of none. -ENOENT when an entry is gone, -EEXIST when one is pinned
 * already.
 */
export const swapcache_prepare = procedure(
  'swapcache_prepare',
  {
    args: { entry: Entry, nr: Nr },
    locals: { ...walk, old: refs, i: Nr, ret: int(-EEXIST, 0) },
    calls: [swapcache_clear],
    returns: int(-EEXIST, 0),
  },
  {
    /**
     * rcu_read_lock(); xas_for_each(&xas, desc, entry.val + nr - 1); and, once what was taken is given back, return ret; with the
     * protection, if (xas.xa_index != entry.val + i) { ret = -ENOENT; goto done; }
     */
    xas_for_each(s, me) {
      if (me.ret !== 0) return ret(me.ret)
      if (xas_for_each(s, me)) return 'atomic_read'
      const isOver = !xas_has_next(me) || guard('stop at a hole in swapcache_prepare')
      return isOver ? done(s, me) : 'xas_for_each'
    },
    /** old = atomic_read(&desc->swap_refs); */
    atomic_read(s, me) {
      me.old = live(s.desc, me.desc).swap_refs
      return 'cmpxchg'
    },
    /** do { … } while (!atomic_try_cmpxchg(&desc->swap_refs, &old, new)); if (ret) goto done; i++; */
    cmpxchg(s, me) {
      const desc = live(s.desc, me.desc)
      const exists = guard('refuse a second swap cache pin') && (me.old & SWAP_CACHE_INC) !== 0
      const gone = me.old === 0 && guard('refuse an entry without references in swapcache_prepare')
      const value = gone || exists ? me.old : me.old + SWAP_CACHE_INC
      if (!guard('atomic_try_cmpxchg in swapcache_prepare')) desc.swap_refs = value
      else if (!atomic_try_cmpxchg(desc, 'swap_refs', me, 'old', value)) return 'cmpxchg'
      if (gone) me.ret = -ENOENT
      else if (exists) me.ret = -EEXIST
      if (me.ret !== 0) return done(s, me)
      s.pin[xa_index(s, me)] = me.self
      me.i++
      return xas_has_next(me) ? 'xas_for_each' : done(s, me)
    },
  },
)

/** done: rcu_read_unlock(); if (i && i < nr) swapcache_clear(NULL, entry, i); if (i < nr && !ret) ret = -ENOENT; return ret; */
function done(s: State, me: { self: Id<'thread'>; readonly entry: Id<'entry'>; readonly nr: number; i: number; ret: number }) {
  rcu_read_unlock(s.rcu, me.self)
  if (me.i === me.nr) return ret(0)
  if (me.ret === 0) me.ret = -ENOENT
  if (me.i === 0) return ret(me.ret)
  return call(swapcache_clear, { entry: me.entry, nr: me.i }, 'xas_for_each')
}

/** swap_duplicate(entry): swap_duplicate_nr(entry, 1), whose -ENOENT it does not pass on. */
export const swap_duplicate = procedure(
  'swap_duplicate',
  { args: { entry: Entry }, locals: { desc: ref(Desc) } },
  {
    /** rcu_read_lock(); xas_for_each(&xas, desc, entry.val + nr - 1) */
    xas_for_each(s, me) {
      me.desc = xa_load(s.vswap_map, me.entry)
      if (me.desc === 0) return ret()
      if (guard('rcu_read_lock in swap_duplicate')) rcu_read_lock(s.rcu, me.self)
      return 'atomic_add_unless'
    },
    /** if (!desc || !atomic_add_unless(&desc->swap_refs, SWAP_COUNT_INC, 0)) goto done; */
    atomic_add_unless(s, me) {
      if (atomic_add_unless(live(s.desc, me.desc), 'swap_refs', SWAP_COUNT_INC, 0)) s.in_flight[me.entry] += 1
      if (guard('rcu_read_lock in swap_duplicate')) rcu_read_unlock(s.rcu, me.self)
      return ret()
    },
  },
)

/**
 * vswap_free_nr_any_cache_only(entry, nr): drops a swap count of each entry. True, as a hint, when that was the last of one, and the swap
 * cache pin is left.
 */
export const vswap_free_nr_any_cache_only = procedure(
  'vswap_free_nr_any_cache_only',
  { args: { entry: Entry, nr: Nr }, locals: { ...walk, i: Nr, ret: bool, dropped: bool }, calls: [vswap_free], returns: bool },
  {
    /** rcu_read_lock(); xas_for_each(&xas, desc, end) */
    xas_for_each(s, me) {
      if (xas_for_each(s, me)) return 'atomic_read'
      if (xas_has_next(me)) return 'xas_for_each'
      rcu_read_unlock(s.rcu, me.self)
      return ret(me.ret)
    },
    /** ret |= (atomic_read(&desc->swap_refs) == 3); 1 page table entry ref + 1 swap cache ref == 11 (binary) */
    atomic_read(s, me) {
      me.ret ||= live(s.desc, me.desc).swap_refs === (SWAP_COUNT_INC | SWAP_CACHE_INC)
      return 'atomic_sub_and_test'
    },
    /**
     * if (atomic_sub_and_test(SWAP_COUNT_INC, &desc->swap_refs)) vswap_free(entry); entry.val++; without the protection, atomic_sub() and
     * then atomic_read()
     */
    atomic_sub_and_test(s, me) {
      const desc = live(s.desc, me.desc)
      if (!me.dropped) {
        atomic_sub(desc, 'swap_refs', SWAP_COUNT_INC)
        s.in_flight[xa_index(s, me)] -= 1
        me.dropped = !guard('drop and test the swap count in one access')
        if (me.dropped) return 'atomic_sub_and_test'
      }
      me.dropped = false
      const entry = swap_nth(s, me.entry, me.i)
      me.i++
      const next = xas_has_next(me) ? 'xas_for_each' : 'rcu_read_unlock'
      if (desc.swap_refs === 0) return call(vswap_free, { entry }, next)
      if (xas_has_next(me)) return next
      rcu_read_unlock(s.rcu, me.self)
      return ret(me.ret)
    },
    rcu_read_unlock(s, me) {
      rcu_read_unlock(s.rcu, me.self)
      return ret(me.ret)
    },
  },
)

/** swap_free_nr(entry, nr); void in C: its answer is not looked at. */
export const swap_free_nr = procedure(
  'swap_free_nr',
  { args: { entry: Entry, nr: Nr }, calls: [vswap_free_nr_any_cache_only], returns: bool },
  {
    /** vswap_free_nr_any_cache_only(entry, nr); */
    vswap_free_nr_any_cache_only(_, me) {
      return tail(vswap_free_nr_any_cache_only, { entry: me.entry, nr: me.nr })
    },
  },
)

/** swp_swapcount(entry), and so __swap_count(): ret = desc ? vswap_swap_count(&desc->swap_refs) : 0; */
export const swp_swapcount = procedure(
  'swp_swapcount',
  { args: { entry: Entry }, locals: { desc: ref(Desc) }, returns: refs },
  {
    /** rcu_read_lock(); desc = xa_load(&vswap_map, entry.val); */
    xa_load(s, me) {
      me.desc = xa_load(s.vswap_map, me.entry)
      if (me.desc === 0) return ret(0)
      rcu_read_lock(s.rcu, me.self)
      return 'atomic_read'
    },
    /** atomic_read(&desc->swap_refs); rcu_read_unlock(); */
    atomic_read(s, me) {
      rcu_read_unlock(s.rcu, me.self)
      return ret(live(s.desc, me.desc).swap_refs >> SWAP_CACHE_SHIFT)
    },
  },
)

/** folio_swapped(folio), given folio->swap and how many pages it has: does a PTE hold one of its entries? */
export const folio_swapped = procedure(
  'folio_swapped',
  { args: { entry: Entry, nr: Nr }, locals: walk, returns: bool },
  {
    /** rcu_read_lock(); xas_for_each(&xas, desc, entry.val + nr - 1) */
    xa_load(s, me) {
      if (xas_for_each(s, me)) return 'atomic_read'
      if (xas_has_next(me)) return 'xa_load'
      rcu_read_unlock(s.rcu, me.self)
      return ret(false)
    },
    /** if (desc && vswap_swap_count(&desc->swap_refs)) { swapped = true; break; } */
    atomic_read(s, me) {
      const swapped = live(s.desc, me.desc).swap_refs >> SWAP_CACHE_SHIFT > 0
      if (!swapped && xas_has_next(me) && guard('look at every entry in folio_swapped')) return 'xa_load'
      rcu_read_unlock(s.rcu, me.self)
      return ret(swapped)
    },
  },
)

/** vswap_swapcache_only(entry, nr): are the swap cache pins all that is left of the range? */
export const vswap_swapcache_only = procedure(
  'vswap_swapcache_only',
  { args: { entry: Entry, nr: Nr }, locals: { ...walk, i: Nr }, returns: bool },
  {
    /** rcu_read_lock(); xas_for_each(&xas, desc, entry.val + nr - 1) */
    xa_load(s, me) {
      if (xas_for_each(s, me)) return 'atomic_read'
      if (xas_has_next(me)) return 'xa_load'
      rcu_read_unlock(s.rcu, me.self)
      return ret(me.i === me.nr)
    },
    /** if (!desc || atomic_read(&desc->swap_refs) != SWAP_CACHE_INC) goto done; i++; … done: rcu_read_unlock(); return i == nr; */
    atomic_read(s, me) {
      const isOnly = live(s.desc, me.desc).swap_refs === SWAP_CACHE_INC
      if (isOnly) me.i++
      if (isOnly && xas_has_next(me)) return 'xa_load'
      rcu_read_unlock(s.rcu, me.self)
      return ret(me.i === me.nr)
    },
  },
)
