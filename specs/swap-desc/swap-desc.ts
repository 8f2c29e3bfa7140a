/** Descriptors as the swap layer, as a spec: the processes that meet on one, and where it starts. */
import { type Id, known, nth, process, weak } from '../../checker/index.js'
import { copy_pte_range, user_access, zap_pte_range } from './anon.js'
import { rcu_do_batch } from './desc.js'
import { zswap_lru_add } from './lru.js'
import { properties } from './properties.js'
import { Refines } from './refines-page.js'
import { shrink_folio_list } from './shrink-folio-list.js'
import { type State, spec } from './state.js'
import { swapoff as offline } from './swapoff.js'
import { zswap_writeback_entry } from './zswap-writeback.js'

export const swapDesc = spec({
  name: 'swap-desc',
  title: 'swap_desc (2023): a swap id leads to a descriptor, with its count, its swap cache and its backing',
  actions: [rcu_do_batch],
  properties: [...properties, Refines],
  /** Every thread that can go on does, and grace periods end. */
  fairness: [weak.processes(), weak.each('desc', 'rcu_do_batch')],
})

export const fault = process('fault', user_access, { symmetric: true })
export const reclaim = process('reclaim', shrink_folio_list, { symmetric: true })
export const fork = process('fork', copy_pte_range, { symmetric: true })
export const zap = process('zap', zap_pte_range, { symmetric: true })
export const shrinker = process('zswap shrinker', zswap_writeback_entry, { symmetric: true })
export const swapoff = process('swapoff', offline)

/** Id 1 is backed by slot 1 of a device that is on, and the PTEs 1..ptes hold it. */
export function swappedOut(s: State, ptes: number): void {
  const slot = first(s.swap_map.ids)
  held(s, ptes, { type: 'slot', slot })
  s.swap_map[slot] = 'allocated'
  s.medium[slot] = 1
}

/** Id 1 is backed by a zswap entry, and the PTEs 1..ptes hold it; the device is on, and zswap takes pages. */
export function compressed(s: State, ptes: number): void {
  const zswap_entry = first(s.zswap_entry.ids)
  held(s, ptes, { type: 'zswap', zswap_entry })
  Object.assign(s.zswap_entry[zswap_entry], { life: 'live', swpentry: first(s.swap_descs.ids), data: 1 })
  zswap_lru_add(s, zswap_entry)
  s.zswap_enabled = true
}

/** The page is in memory, written to, and the PTEs 1..ptes map it; one alone may write to it. The device is on. */
export function mapped(s: State, ptes: number): void {
  const folio = first(s.folio.ids)
  s.SWP_WRITEOK = true
  const page = { life: 'live', _refcount: ptes, _mapcount: ptes, lru: true, uptodate: true, data: 1 } as const
  Object.assign(s.folio[folio], page)
  for (const pte of s.pte.ids.slice(0, ptes))
    Object.assign(s.pte[pte], { kind: 'present', folio, writable: ptes === 1, dirty: true, stored: 1 })
}

/** Besides, a page of the second PTE in the second folio, written to. */
export function mappedToo(s: State): void {
  const [folio, pte] = [known(nth(s.folio.ids, first(s.folio.ids), 1)), known(nth(s.pte.ids, first(s.pte.ids), 1))]
  Object.assign(s.folio[folio], { life: 'live', _refcount: 1, _mapcount: 1, lru: true, uptodate: true, data: 2 })
  Object.assign(s.pte[pte], { kind: 'present', folio, writable: true, dirty: true, stored: 2 })
}

/** As `swappedOut`, and the page is in the swap cache, just read and clean; no PTE maps it. */
export function inSwapCache(s: State, ptes: number): void {
  swappedOut(s, ptes)
  const [entry, desc, folio] = [first(s.swap_descs.ids), first(s.desc.ids), first(s.folio.ids)]
  const page = { life: 'live', _refcount: 1, lru: true, uptodate: true, swapcache: true, entry, data: 1 } as const
  Object.assign(s.folio[folio], page)
  s.desc[desc].folio = folio
}

/** As `inSwapCache`, and the first PTE maps the page and has written to it since: the slot holds what was there before. */
export function rewritten(s: State): void {
  inSwapCache(s, 0)
  const [folio, pte] = [first(s.folio.ids), first(s.pte.ids)]
  Object.assign(s.folio[folio], { _refcount: 2, _mapcount: 1, data: 2 })
  Object.assign(s.pte[pte], { kind: 'present', folio, writable: true, dirty: true, stored: 2 })
}

function held(s: State, ptes: number, backing: object): void {
  const [entry, desc] = [first(s.swap_descs.ids), first(s.desc.ids)]
  s.SWP_WRITEOK = true
  s.swap_descs[entry] = desc
  Object.assign(s.desc[desc], { life: 'live', swap_count: ptes, ...backing })
  for (const pte of s.pte.ids.slice(0, ptes)) Object.assign(s.pte[pte], { kind: 'swap', entry, stored: 1 })
}

/** Nothing is left of memory: somebody has it all, and keeps it. */
export function withoutMemory(s: State): void {
  for (const folio of s.folio.ids) Object.assign(s.folio[folio], { life: 'live', _refcount: 1 })
}

function first<N extends string>(ids: readonly Id<N>[]): Id<N> {
  return known(ids[0] ?? 0)
}
