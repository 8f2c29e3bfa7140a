/** The life of a virtual swap slot, as a spec: the processes that meet on it, and where it starts. */
import { type Id, known, nth, process } from '../../checker/index.js'
import { copy_pte_range } from './copy-pte-range.js'
import { going } from './liveness-properties.js'
import { properties } from './properties.js'
import { shrink_folio_list } from './shrink-folio-list.js'
import { type State, SWAP_CACHE_INC, SWAP_COUNT_INC, type SwpDesc, spec } from './state.js'
import { survivors } from './survivors.js'
import { end_swap_bio_read } from './swap-read-folio.js'
import { end_swap_bio_write } from './swap-writepage.js'
import { store_folio, store_zswap_entry } from './swp-desc.js'
import { user_access } from './user.js'
import { rcu_do_batch } from './vswap-free.js'
import { zap_pte_range } from './zap-pte-range.js'
import { shrink_memcg_cb } from './zswap-writeback.js'

export const vswap = spec({
  name: 'vswap',
  title: 'Virtual swap space, RFC v2: the life of a virtual swap slot',
  actions: [end_swap_bio_read, end_swap_bio_write, rcu_do_batch],
  properties,
  fairness: going,
  survivors,
})

/** User space reads or writes the page of a PTE; a fault brings it back. */
export const fault = process('fault', user_access, { symmetric: true })
export const reclaim = process('reclaim', shrink_folio_list, { symmetric: true })
export const fork = process('fork', copy_pte_range, { symmetric: true })
export const zap = process('zap', zap_pte_range, { symmetric: true })
export const zswapShrinker = process('zswap shrinker', shrink_memcg_cb, { symmetric: true })

/** Entry 1 is swapped out to slot 1, and the PTEs 1..ptes hold it; only a single one holds it exclusively. */
export function swappedOut(s: State, ptes: number, stored = 1): void {
  const [entry, desc, slot] = [first(s.vswap_map.ids), first(s.desc.ids), first(s.swap_map.ids)]
  s.vswap_map[entry] = desc
  s.vswap_rmap[slot] = entry
  s.desc[desc].life = 'live'
  s.desc[desc].slot = slot
  s.desc[desc].swap_refs = ptes * SWAP_COUNT_INC
  s.swap_map[slot] = 'SWAP_MAP_ALLOCATED'
  s.medium[slot] = stored
  for (const id of s.pte.ids.slice(0, ptes)) {
    s.pte[id].kind = 'swap'
    s.pte[id].entry = entry
    s.pte[id].exclusive = ptes === 1
    s.pte[id].stored = stored
  }
}

/** The same, with zeroes in place of the slot: what the PTEs stored is zeroes. */
export function zeroFilled(s: State, ptes: number): void {
  swappedOut(s, ptes)
  s.zeroes = 1
  withoutSlot(s).type = 'VSWAP_ZERO'
}

/** The same, with a zswap entry in place of the slot; zswap takes every page, unless the scenario says otherwise. */
export function compressed(s: State, ptes: number): void {
  swappedOut(s, ptes)
  s.zswap = 'on'
  const [entry, zswap_entry] = [first(s.vswap_map.ids), first(s.zswap_entry.ids)]
  const desc = withoutSlot(s)
  desc.type = 'VSWAP_ZSWAP'
  store_zswap_entry(desc, zswap_entry)
  s.zswap_tree[entry] = zswap_entry
  Object.assign(s.zswap_entry[zswap_entry], { life: 'live', in_lru: true, swpentry: entry, data: 1 })
}

function withoutSlot(s: State): SwpDesc {
  const [desc, slot] = [first(s.desc.ids), first(s.swap_map.ids)]
  s.swap_map[slot] = '0'
  s.vswap_rmap[slot] = 0
  s.medium[slot] = 0
  store_folio(s.desc[desc], 0)
  return s.desc[desc]
}

/** Entry 1 is swapped out to slot 1, with the page read back into the swap cache, clean, and no PTE mapping it yet. */
export function inSwapCache(s: State, ptes: number): void {
  swappedOut(s, ptes)
  const [entry, desc, folio] = [first(s.vswap_map.ids), first(s.desc.ids), first(s.folio.ids)]
  s.desc[desc].swap_refs += SWAP_CACHE_INC
  s.swapper_space[entry] = folio
  const page = s.folio[folio]
  page.life = 'live'
  page._refcount = 1
  page.lru = true
  page.uptodate = true
  page.swapcache = true
  page.swap = entry
  page.data = 1
}

/** The page came back from slot 1 and was written to since; its folio is in the swap cache, and the slot holds what was stored before. */
export function rewritten(s: State): void {
  inSwapCache(s, 0)
  const [pte, folio] = [first(s.pte.ids), first(s.folio.ids)]
  Object.assign(s.pte[pte], { kind: 'present', folio, writable: true, dirty: true, stored: 2 })
  Object.assign(s.folio[folio], { _refcount: 2, _mapcount: 1, anon: true, anon_exclusive: true, data: 2 })
}

/** The page is in memory, written to, and mapped by the first PTE alone, which may write to it. */
export function mapped(s: State): void {
  const [pte, folio] = [first(s.pte.ids), first(s.folio.ids)]
  Object.assign(s.pte[pte], { kind: 'present', folio, writable: true, dirty: true, stored: 1 })
  Object.assign(s.folio[folio], {
    life: 'live',
    _refcount: 1,
    _mapcount: 1,
    lru: true,
    uptodate: true,
    anon: true,
    anon_exclusive: true,
    data: 1,
  })
}

/** The same, and the child of a fork maps it too: neither may write to it. */
export function mappedTwice(s: State): void {
  mapped(s)
  const [parent, folio] = [first(s.pte.ids), first(s.folio.ids)]
  const child = known(nth(s.pte.ids, parent, 1))
  s.pte[parent].writable = false
  Object.assign(s.pte[child], { kind: 'present', folio, dirty: true, stored: 1 })
  Object.assign(s.folio[folio], { _refcount: 2, _mapcount: 2, anon_exclusive: false })
}

function first<N extends string>(ids: readonly Id<N>[]): Id<N> {
  return known(ids[0] ?? 0)
}
