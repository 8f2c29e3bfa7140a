/**
 * mm/vswap.c: vswap_cluster_map (patch 8), how many virtual slots of each cluster are allocated. A large folio gets a cluster of its own.
 *
 * Each function is part of a step under xa_lock of vswap_map, which its callers hold. Where no folio is large, nothing is counted.
 */
import { assert, type Id, nth, ordinal, type Ref } from '../../checker/index.js'
import { guard, type State } from './state.js'
import { WarnNever } from './warn-never.js'

/** VSWAP_CLUSTER_SIZE */
export function vswap_cluster_size({ HPAGE_PMD_ORDER }: State): number {
  return 1 << HPAGE_PMD_ORDER
}

/** cluster_id = index >> VSWAP_CLUSTER_SHIFT; cluster id 0 is the first of the domain. */
function cluster_of(s: State, index: Id<'entry'>): Id<'cluster'> {
  const cluster = s.vswap_cluster_map.ids[Math.floor(ordinal(index) / vswap_cluster_size(s))]
  if (cluster === undefined) throw new RangeError(`no cluster for entry ${index}; raise the bound of cluster`)
  return cluster
}

/** index = cluster_id << VSWAP_CLUSTER_SHIFT; 0 where the virtual slots do not go so far, and for the cluster of the slot 0. */
function first_of(s: State, cluster: Id<'cluster'>): Ref<'entry'> {
  return s.vswap_map.ids[(ordinal(cluster) - 1) * vswap_cluster_size(s) - 1] ?? 0
}

/** vswap_alloc(1): cluster_count++; VM_WARN_ON(cluster_count > VSWAP_CLUSTER_SIZE); xa_store(&vswap_cluster_map, …) */
export function count_allocated(s: State, index: Id<'entry'>): void {
  if (s.HPAGE_PMD_ORDER === 0) return
  const cluster = cluster_of(s, index)
  s.vswap_cluster_map[cluster] += 1
  assert(s.vswap_cluster_map[cluster] <= vswap_cluster_size(s), 'VM_WARN_ON(cluster_count > VSWAP_CLUSTER_SIZE)', WarnNever)
}

/** release_vswap_slot(): VM_WARN_ON(!cluster_entry); cluster_count--; xa_store(&vswap_cluster_map, …), or xa_erase() */
export function count_released(s: State, index: Id<'entry'>): void {
  if (s.HPAGE_PMD_ORDER === 0) return
  const cluster = cluster_of(s, index)
  assert(s.vswap_cluster_map[cluster] !== 0, 'VM_WARN_ON(!cluster_entry)', WarnNever)
  if (guard('count the slot that is released out of its cluster')) s.vswap_cluster_map[cluster] -= 1
}

/** xa_erase(&vswap_cluster_map, cluster_id), of the cluster that begins there. */
export function erase_cluster(s: State, index: Id<'entry'>): void {
  s.vswap_cluster_map[cluster_of(s, index)] = 0
}

/** xa_alloc(&vswap_cluster_map, &cluster_id, xa_mk_value(nr), vswap_cluster_map_limit, GFP_KERNEL): its first slot, or 0. */
export function xa_alloc_cluster(s: State, nr: number): Ref<'entry'> {
  for (const cluster of s.vswap_cluster_map.ids) {
    const first = first_of(s, cluster)
    const index = first === 0 || guard('begin a range where its cluster begins') ? first : nth(s.vswap_map.ids, first, 1)
    const fits = index !== 0 && nth(s.vswap_map.ids, index, nr - 1) !== 0
    if (!fits || (s.vswap_cluster_map[cluster] !== 0 && guard('take an empty cluster for a large folio'))) continue
    s.vswap_cluster_map[cluster] = nr
    return index
  }
  return 0
}
