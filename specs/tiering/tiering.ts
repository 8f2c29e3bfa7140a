/** Tiers, as a spec: the processes that meet on a page, and where it starts. */
import { type Id, known, process, weak } from '../../checker/index.js'
import { copy_pte_range, user_access, zap_pte_range } from './anon.js'
import { kmigrated as migrated } from './kmigrated.js'
import { properties } from './properties.js'
import { Refines } from './refines-page.js'
import { shrink_folio_list } from './shrink-folio-list.js'
import { write_slot } from './slots.js'
import { type State, spec } from './state.js'
import { swap_tier_move } from './swap-tier-move.js'
import { swap_tiers_write, swap_tiers_write_now } from './swap-tiers-write.js'

export const tiering = spec({
  name: 'tiering',
  title: 'Tiers of swap: pages move between backends under a virtual slot, and a cgroup says which they may use',
  properties: [...properties, Refines],
  /** Every thread that can go on does. */
  fairness: [weak.processes()],
})

export const fault = process('fault', user_access, { symmetric: true })
export const reclaim = process('reclaim', shrink_folio_list, { symmetric: true })
export const fork = process('fork', copy_pte_range, { symmetric: true })
export const zap = process('zap', zap_pte_range, { symmetric: true })
export const demote = process('demote', swap_tier_move, { symmetric: true })
export const promote = process('promote', swap_tier_move, { symmetric: true })
export const swap_tiers = process('swap_tiers', swap_tiers_write)
export const swap_tiers_now = process('swap_tiers_now', swap_tiers_write_now)
export const kmigrated = process('kmigrated', migrated)

/** The first `fast` slots are the pool's, the others those of the device; each cgroup may use both. */
export function tiers(s: State, fast: number): void {
  const [pool, device] = [first(s.tier.ids), at(s.tier.ids, 1)]
  s.tier[pool].is_pool = true
  s.slot.ids.forEach((slot, place) => {
    s.slot[slot].tier = place < fast ? pool : device
  })
  for (const memcg of s.memcg.ids) for (const tier of s.tier.ids) s.memcg[memcg].swap_tiers.add(tier)
}

/** Entry 1 has its copy in a slot, and the PTEs 1..ptes hold it. */
export function swappedOut(s: State, ptes: number, place: number): void {
  out(s, 0, at(s.slot.ids, place), s.pte.ids.slice(0, ptes))
}

/** Entry n has its copy in slot n, for each of these PTEs. */
export function allOut(s: State, ptes: number): void {
  for (let n = 0; n < ptes; n++) out(s, n, at(s.slot.ids, n), [at(s.pte.ids, n)])
}

/** Entry n has its copy in this slot, and these PTEs hold it. */
export function out(s: State, entry: number, slot: Id<'slot'>, ptes: readonly Id<'pte'>[]): void {
  const half = first(s.slot[slot].data.ids)
  const compressed = s.tier[known(s.slot[slot].tier)].is_pool
  const desc = s.vswap_map[at(s.vswap_map.ids, entry)]
  Object.assign(desc, { swap_count: ptes.length, slot, half, compressed, memcg: first(s.memcg.ids) })
  s.slot[slot].users = 1
  write_slot(s, { slot, half, compressed }, 1 + entry)
  for (const pte of ptes) Object.assign(s.pte[pte], { kind: 'swap', entry: at(s.vswap_map.ids, entry), stored: 1 + entry })
}

/** PTE n maps folio n, which has been written to and is not out yet. */
export function mapped(s: State, n = 0): void {
  const [folio, pte] = [at(s.folio.ids, n), at(s.pte.ids, n)]
  Object.assign(s.folio[folio], { life: 'live', _refcount: 1, _mapcount: 1, lru: true, uptodate: true, data: 1 + n })
  Object.assign(s.pte[pte], { kind: 'present', folio, writable: true, dirty: true, stored: 1 + n })
}

/** As `swappedOut`, and the page is in the swap cache, just read and clean; no PTE maps it. */
export function inSwapCache(s: State, ptes: number, place: number): void {
  swappedOut(s, ptes, place)
  const [entry, folio] = [first(s.vswap_map.ids), first(s.folio.ids)]
  const page = { life: 'live', _refcount: 1, lru: true, uptodate: true, swapcache: true, entry, data: 1 } as const
  Object.assign(s.folio[folio], page)
  s.vswap_map[entry].folio = folio
}

/** The last cgroup may use the device alone. */
export function mayUseDeviceOnly(s: State): void {
  s.memcg[at(s.memcg.ids, s.memcg.ids.length - 1)].swap_tiers.delete(first(s.tier.ids))
}

/** Nothing is left of memory: somebody has it all, and keeps it. */
export function withoutMemory(s: State): void {
  for (const folio of s.folio.ids) Object.assign(s.folio[folio], { life: 'live', _refcount: 1 })
}

function at<N extends string>(ids: readonly Id<N>[], place: number): Id<N> {
  return known(ids[place] ?? 0)
}

function first<N extends string>(ids: readonly Id<N>[]): Id<N> {
  return at(ids, 0)
}
