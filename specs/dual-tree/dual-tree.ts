/** The radix tree index, as a spec: the processes that meet in the tree, and where it starts. */
import { type Id, known, process, weak } from '../../checker/index.js'
import { copy_pte_range, user_access, zap_pte_range } from './anon.js'
import { properties } from './properties.js'
import { Refines } from './refines-page.js'
import { shrink_folio_list } from './shrink-folio-list.js'
import { type State, spec } from './state.js'
import { set_swap_count } from './swap-count.js'
import { swapoff as offline } from './swapoff.js'

export const dualTree = spec({
  name: 'dual-tree',
  title: 'The radix tree index: swap entry or page in the tree, and the swap count beside it, in a second tree, or in the page',
  properties: [...properties, Refines],
  /** Every thread that can go on does. */
  fairness: [weak.processes()],
})

export const fault = process('fault', user_access, { symmetric: true })
export const reclaim = process('reclaim', shrink_folio_list, { symmetric: true })
export const fork = process('fork', copy_pte_range, { symmetric: true })
export const zap = process('zap', zap_pte_range, { symmetric: true })
export const swapoff = process('swapoff', offline)

type Counts = State['counts_in']

/** The device is on, and a word of the tree has room for any count here. */
export function start(s: State, counts_in: Counts): void {
  Object.assign(s, { counts_in, SWAP_COUNT_MAX: 3, SWP_WRITEOK: true })
}

/** Entry 1 stands for slot 1, and the PTEs 1..ptes hold it. */
export function swappedOut(s: State, ptes: number): void {
  const [entry, slot] = [first(s.swapper_space.ids), first(s.swap_map.ids)]
  Object.assign(s.swapper_space[entry], { is: 'slot', slot })
  set_swap_count(s, entry, ptes)
  s.swap_map[slot] = 'allocated'
  s.medium[slot] = 1
  for (const id of s.pte.ids.slice(0, ptes)) Object.assign(s.pte[id], { kind: 'swap', entry, stored: 1 })
}

/** The page is in memory, written to, and the PTEs 1..ptes map it; one alone may write to it. */
export function mapped(s: State, ptes: number): void {
  const folio = first(s.folio.ids)
  const page = { life: 'live', _refcount: ptes, _mapcount: ptes, lru: true, uptodate: true, data: 1 } as const
  Object.assign(s.folio[folio], page)
  for (const id of s.pte.ids.slice(0, ptes))
    Object.assign(s.pte[id], { kind: 'present', folio, writable: ptes === 1, dirty: true, stored: 1 })
}

/** The page is in the tree, just read, and dirty as its slot is free again; no PTE maps it, and the PTEs 1..ptes hold the index. */
export function inTree(s: State, ptes: number): void {
  swappedOut(s, ptes)
  const [entry, slot, folio] = [first(s.swapper_space.ids), first(s.swap_map.ids), first(s.folio.ids)]
  set_swap_count(s, entry, 0)
  s.swap_map[slot] = 'free'
  s.medium[slot] = 0
  const page = { life: 'live', _refcount: 1, lru: true, uptodate: true, dirty: true, swapcache: true, entry, data: 1 } as const
  Object.assign(s.folio[folio], page)
  Object.assign(s.swapper_space[entry], { is: 'page', slot: 0, folio })
  set_swap_count(s, entry, ptes)
}

/** The same, with the first PTE back: it maps the page, read-only, and the others hold the index. */
export function inTreeAndMapped(s: State, ptes: number): void {
  inTree(s, ptes)
  const [entry, folio, pte] = [first(s.swapper_space.ids), first(s.folio.ids), first(s.pte.ids)]
  set_swap_count(s, entry, ptes - 1)
  Object.assign(s.folio[folio], { _refcount: 2, _mapcount: 1 })
  Object.assign(s.pte[pte], { kind: 'present', folio, entry: 0 })
}

/** Nothing is left of memory: somebody has it all, and keeps it. */
export function withoutMemory(s: State): void {
  for (const folio of s.folio.ids) Object.assign(s.folio[folio], { life: 'live', _refcount: 1 })
}

function first<N extends string>(ids: readonly Id<N>[]): Id<N> {
  return known(ids[0] ?? 0)
}
