/** mm/vswap.c: allocation of a range of virtual slots (patches 8, 10 and 12). */
import { assert, blocked, call, choose, type Id, known, oneOf, type Ref, ref, ret, type SetView, set } from '../../checker/index.js'
import { alloc, live } from '../kernel/memory.js'
import { kfree_rcu } from '../kernel/rcu.js'
import { write_lock, write_unlock } from '../kernel/rwlock.js'
import { spin_is_locked, spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { xa_alloc, xa_erase, xa_insert } from '../kernel/xarray.js'
import { assert_owned } from './backing-owned.js'
import { folio_nr_pages, swap_nth } from './folio.js'
import { Memcg } from './memcg.js'
import { mem_cgroup_record_swap } from './memcg-charge.js'
import { Desc, Entry, Folios, guard, Nr, procedure, type State, SWAP_CACHE_INC } from './state.js'
import { store_folio } from './swp-desc.js'
import { count_allocated, erase_cluster, xa_alloc_cluster } from './vswap-cluster.js'
import { kmem_cache_free } from './vswap-free.js'
import { WarnNever } from './warn-never.js'

/** vswap_alloc(nr). Its answer is 0 when there is no memory for the descriptors, or no free virtual slot or cluster. */
export const vswap_alloc = procedure(
  'vswap_alloc',
  {
    args: { nr: Nr },
    locals: { descs: set(Desc), index: ref(Entry), i: Nr, xas_nomem: oneOf('untried', 'unlocked', 'retried', 'failed') },
    returns: ref(Entry),
  },
  {
    /**
     * kmem_cache_alloc_bulk(swp_desc_cache, …); descs[i]->type = VSWAP_SWAPFILE; descs[i]->slot.val = 0; atomic_set(&descs[i]->swap_refs,
     * 1); nobody else has them yet
     */
    kmem_cache_alloc(s, me) {
      for (let i = 0; i < me.nr; i++) {
        const desc = alloc(s.desc)
        if (desc === 0) return reject(s, me.descs)
        s.desc[desc].swap_refs = SWAP_CACHE_INC
        me.descs.add(desc)
      }
      return 'xa_alloc'
    },
    /**
     * xa_lock(&vswap_map); if (nr == 1) __xa_alloc(&vswap_map, &index, descs[0], vswap_map_limit, GFP_KERNEL); with the count of the cluster
     * one step under xa_lock. else xa_alloc(&vswap_cluster_map, &cluster_id, cluster_entry, vswap_cluster_map_limit, GFP_KERNEL); and,
     * still under xa_lock, one after the other for those who look without it: __xa_insert(&vswap_map, index + i, descs[i], GFP_KERNEL);
     */
    xa_alloc(s, me) {
      if (me.index !== 0) return me.nr === 1 ? give_up(s, me) : __xa_insert(s, me)
      if (spin_is_locked(s.vswap_map_lock)) return blocked
      if (me.nr > 1) {
        me.index = xa_alloc_cluster(s, me.nr)
        if (me.index === 0) return reject(s, me.descs)
        spin_lock(s.vswap_map_lock, me.self)
        return 'xa_alloc'
      }
      const entry = xa_alloc(s.vswap_map, next(me.descs))
      if (entry === 0) return reject(s, me.descs)
      s.pin[entry] = me.self
      if (s.xas_nomem && choose([false, true])) {
        me.index = entry
        spin_lock(s.vswap_map_lock, me.self)
        return 'xa_alloc'
      }
      count_allocated(s, entry)
      return ret(entry)
    },
  },
)

interface Range {
  readonly self: Id<'thread'>
  readonly nr: number
  readonly descs: SetView<'desc'>
  readonly index: Ref<'entry'>
  i: number
  xas_nomem: 'untried' | 'unlocked' | 'retried' | 'failed'
}

/**
 * err = __xa_insert(&vswap_map, index + i, descs[i], GFP_KERNEL); VM_WARN_ON(err == -EBUSY); and after the last xa_unlock(&vswap_map); as
 * GFP_KERNEL lets it sleep, __xas_nomem() drops xa_lock where it finds no memory for a node: the RFC does not keep it. Either way there may be none.
 */
function __xa_insert(s: State, me: Range) {
  if (me.xas_nomem === 'failed') return undo(s, me)
  if (me.xas_nomem === 'untried' && s.xas_nomem && choose([false, true])) {
    if (guard('keep xa_lock while a range is inserted')) return failed(me)
    spin_unlock(s.vswap_map_lock, me.self)
    me.xas_nomem = 'unlocked'
    return 'xa_alloc'
  }
  if (me.xas_nomem === 'unlocked') {
    if (!spin_lock(s.vswap_map_lock, me.self)) return blocked
    if (choose([false, true])) return failed(me)
    me.xas_nomem = 'retried'
    return 'xa_alloc'
  }
  const entry = swap_nth(s, me.index, me.i)
  const desc = next(me.descs)
  assert(xa_insert(s.vswap_map, entry, desc) === 0, 'VM_WARN_ON(err == -EBUSY)', WarnNever)
  me.descs.delete(desc)
  s.pin[entry] = me.self
  me.i++
  if (me.i < me.nr) return 'xa_alloc'
  spin_unlock(s.vswap_map_lock, me.self)
  return ret(me.index)
}

function failed(me: Range): 'xa_alloc' {
  me.xas_nomem = 'failed'
  return 'xa_alloc'
}

/**
 * if (err) { while (--i >= 0) __xa_erase(&vswap_map, index + i); xa_erase(&vswap_cluster_map, cluster_id); goto unlock; }, an entry at a time for those who
 * look without xa_lock; kmem_cache_free_bulk(swp_desc_cache, nr, (void **)descs); at once, those too that somebody may have found. Not in the RFC: after a
 * grace period.
 */
function undo(s: State, me: Range) {
  if (me.i > 0) {
    me.i--
    const entry = swap_nth(s, me.index, me.i)
    const desc = xa_erase(s.vswap_map, entry)
    s.pin[entry] = 0
    free_shown(s, desc)
    return 'xa_alloc'
  }
  erase_cluster(s, known(me.index))
  spin_unlock(s.vswap_map_lock, me.self)
  return reject(s, me.descs)
}

function free_shown(s: State, desc: Ref<'desc'>): void {
  if (guard('wait for readers before an entry that was shown is given up')) kfree_rcu(s.rcu, s.desc, desc)
  else kmem_cache_free(s, desc)
}

/**
 * if (xa_err(xa_store(&vswap_cluster_map, …))) { __xa_erase(&vswap_map, index); goto unlock; } … kmem_cache_free_bulk(swp_desc_cache, nr, (void
 * **)descs); at once, whoever may have looked at the entry meanwhile. Not in the RFC: after a grace period.
 */
function give_up(s: State, me: Range) {
  const desc = xa_erase(s.vswap_map, known(me.index))
  s.pin[known(me.index)] = 0
  spin_unlock(s.vswap_map_lock, me.self)
  free_shown(s, desc)
  return ret(0)
}

/** kmem_cache_free_bulk(swp_desc_cache, nr, (void **)descs); nobody else has seen them */
function reject(s: State, descs: SetView<'desc'>) {
  for (const desc of descs.toArray()) kmem_cache_free(s, desc)
  return ret(0)
}

/** descs[i]: they are all alike. */
function next(descs: SetView<'desc'>): Id<'desc'> {
  return known(descs.toArray()[0] ?? 0)
}

/** folio_alloc_swap(folio). Its answer is 0 on failure. */
export const folio_alloc_swap = procedure(
  'folio_alloc_swap',
  { args: { folio: Folios }, locals: { entry: ref(Entry), memcg: ref(Memcg), offset: Nr }, calls: [vswap_alloc], returns: ref(Entry) },
  {
    /** entry = vswap_alloc(nr); */
    vswap_alloc(s, me) {
      return call(vswap_alloc, { nr: folio_nr_pages(s, me.folio) }, 'store_folio', 'entry')
    },
    /**
     * if (!entry.val) return entry; mem_cgroup_record_swap(folio, entry), an access at a time; xas_for_each() … desc->folio = folio; plain
     * stores without the lock, this one and the next, and whoever still has the virtual slot from its last life may look. Not in the RFC:
     * write_lock(&desc->lock);
     */
    store_folio(s, me) {
      if (me.entry === 0) return ret(0)
      if (!mem_cgroup_record_swap(s, me.folio, me.entry, me)) return 'store_folio'
      const entry = swap_nth(s, me.entry, me.offset)
      const desc = live(s.desc, s.vswap_map[entry])
      if (guard('write_lock in folio_alloc_swap') && !write_lock(desc.lock, me.self)) return blocked
      assert_owned(s, entry, desc, me.self)
      store_folio(desc, me.folio)
      return 'store_type'
    },
    /** desc->type = VSWAP_FOLIO; not in the RFC: write_unlock(&desc->lock); */
    store_type(s, me) {
      const desc = live(s.desc, s.vswap_map[swap_nth(s, me.entry, me.offset)])
      desc.type = 'VSWAP_FOLIO'
      if (guard('write_lock in folio_alloc_swap')) write_unlock(desc.lock, me.self)
      me.offset++
      return me.offset < folio_nr_pages(s, me.folio) ? 'store_folio' : ret(me.entry)
    },
  },
)
