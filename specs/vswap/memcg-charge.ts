/**
 * mm/memcontrol.c, and its calls into mm/vswap.c: record, charge, uncharge and unrecord (v6.14 with patches 9 and 14), for the entries of a folio.
 *
 * Each function is one access, or one access at each call: the step that calls it comes back to itself until the answer is that it is
 * done. What belongs to no memcg takes no step. lookup_swap_cgroup_id() goes with the access that uses it, as the memcgid of an
 * entry with a pin, or of one that nobody refers to any more, is its holder's alone.
 */
import { assert, type Id, oneOf, type Ref } from '../../checker/index.js'
import { atomic_add, atomic_dec, atomic_sub } from '../kernel/atomic.js'
import { live, NoUseAfterFree } from '../kernel/memory.js'
import { folio_nr_pages, swap_nth } from './folio.js'
import { guard, type State } from './state.js'
import { WarnNever } from './warn-never.js'

/** lookup_swap_cgroup_id(entry): 0 where there is no descriptor; rcu_read_lock() … xa_load(&vswap_map, entry.val) */
export function lookup_swap_cgroup_id(s: State, entry: Id<'entry'>): Ref<'memcg'> {
  const desc = s.vswap_map[entry]
  return desc === 0 ? 0 : s.memcgid[desc]
}

/**
 * mem_cgroup_id_get_online(memcg): while (!refcount_inc_not_zero(&memcg->id.ref)) memcg = parent_mem_cgroup(memcg); if (nr_pages > 1)
 * mem_cgroup_id_get_many(memcg, nr_pages - 1); the second adds to what the first keeps from being 0, which is all that anybody asks
 */
function mem_cgroup_id_get_online(s: State, memcg: Ref<'memcg'>, nr: number): Ref<'memcg'> {
  if (memcg === 0) return 0
  const isGone = s.memcg[memcg].id_ref === 0
  if (isGone && guard('get the id of a memcg that still has it')) return 0
  if (!isGone) atomic_add(s.memcg[memcg], 'id_ref', guard('get a reference to the id for each page') ? nr : 1)
  return memcg
}

/** mem_cgroup_id_put(memcg): if (refcount_sub_and_test(n, &memcg->id.ref)) mem_cgroup_id_remove(memcg); one access */
export function mem_cgroup_id_put(s: State, memcg: Id<'memcg'>): void {
  atomic_dec(s.memcg[memcg], 'id_ref')
}

/** vswap_cgroup_record(entry, memcgid, nr_ents), of one of them: oldid = atomic_xchg(&desc->memcgid, memcgid); */
function vswap_cgroup_record(s: State, entry: Id<'entry'>, memcgid: Ref<'memcg'>): Ref<'memcg'> {
  const desc = s.vswap_map[entry]
  live(s.desc, desc)
  if (desc === 0) return 0
  const oldid = s.memcgid[desc]
  s.memcgid[desc] = memcgid
  return oldid
}

/**
 * mem_cgroup_record_swap(folio, entry): memcg = mem_cgroup_id_get_online(folio_memcg(folio)); then swap_cgroup_record(), an entry at a time. True when
 * done.
 */
export function mem_cgroup_record_swap(s: State, folio: Id<'folio'>, entry: Id<'entry'>, locals: { memcg: Ref<'memcg'> }): boolean {
  const nr = folio_nr_pages(s, folio)
  if (locals.memcg === 0) {
    if (lookup_swap_cgroup_id(s, entry) !== 0) return true
    locals.memcg = mem_cgroup_id_get_online(s, s.folio_memcg[folio], nr)
    return locals.memcg === 0
  }
  const at = next_to_record(s, entry)
  assert(vswap_cgroup_record(s, at, locals.memcg) === 0, 'VM_WARN_ON(oldid)', WarnNever)
  if (at === swap_nth(s, entry, nr - 1)) locals.memcg = 0
  return false
}

/** The first entry of the range that records nothing: nobody else has them yet. */
function next_to_record(s: State, entry: Id<'entry'>): Id<'entry'> {
  let n = 0
  while (lookup_swap_cgroup_id(s, swap_nth(s, entry, n)) !== 0) n++
  return swap_nth(s, entry, n)
}

/** mem_cgroup_unrecord_swap(entry, 1): id = swap_cgroup_clear(entry, 1); then mem_cgroup_id_put_many(memcg, 1). True when done. */
export function mem_cgroup_unrecord_swap(s: State, entry: Id<'entry'>, locals: { memcg: Ref<'memcg'> }): boolean {
  if (locals.memcg !== 0) {
    mem_cgroup_id_put(s, locals.memcg)
    locals.memcg = 0
    return false
  }
  if (lookup_swap_cgroup_id(s, entry) === 0 || !guard('unrecord the memcg with the virtual slot')) return true
  locals.memcg = vswap_cgroup_record(s, entry, 0)
  return false
}

/** How far page_counter_try_charge() is. `tested` is there only without its protection; `freed` is the slot whose charge was refused, `nomem` a slot that is charged and cannot be linked. */
export const charge = oneOf('none', 'tested', 'over', 'refused', 'freed', 'charged', 'nomem')
export type Charge = 'none' | 'tested' | 'over' | 'refused' | 'freed' | 'charged' | 'nomem'

/**
 * mem_cgroup_try_charge_swap(folio, entry): page_counter_try_charge(&memcg->swap, nr_pages, &counter): new = atomic_long_add_return(nr_pages,
 * &c->usage); if (new > c->max) { atomic_long_sub(nr_pages, &c->usage); … return -ENOMEM; }. The next of it, until it is refused or charged.
 */
export function mem_cgroup_try_charge_swap(s: State, folio: Id<'folio'>, entry: Id<'entry'>, was: Charge): Charge {
  const id = lookup_swap_cgroup_id(s, entry)
  if (id === 0 || !guard('charge the slot before it is linked')) return 'charged'
  const memcg = s.memcg[id]
  const nr_pages = guard('charge every page of a folio') ? folio_nr_pages(s, folio) : 1
  assert(memcg.id_ref > 0, 'NULL pointer dereference: &memcg->swap', NoUseAfterFree)
  if (was === 'over') {
    atomic_sub(memcg, 'swap', nr_pages)
    return 'refused'
  }
  if (was === 'none' && !guard('charge and test in one access')) return memcg.swap + nr_pages <= memcg.swap_max ? 'tested' : 'refused'
  atomic_add(memcg, 'swap', nr_pages)
  return was === 'none' && memcg.swap > memcg.swap_max && guard('refuse a slot beyond swap.max') ? 'over' : 'charged'
}

/** mem_cgroup_uncharge_swap(entry, nr_pages): page_counter_uncharge(&memcg->swap, nr_pages); one access */
export function mem_cgroup_uncharge_swap(s: State, entry: Id<'entry'>, nr_pages: number): void {
  const id = lookup_swap_cgroup_id(s, entry)
  if (id !== 0) atomic_sub(s.memcg[id], 'swap', guard('uncharge every page of a folio') ? nr_pages : 1)
}

/**
 * mem_cgroup_swapin_charge_folio(folio, mm, gfp, entry): the folio belongs to the memcg that the entry records, if that is online, else to
 * that of the mm, for which the root stands here.
 */
export function mem_cgroup_swapin_charge_folio(s: State, folio: Id<'folio'>, entry: Id<'entry'>): void {
  const id = lookup_swap_cgroup_id(s, entry)
  s.folio_memcg[folio] = id !== 0 && s.memcg[id].online ? id : 0
}
