/** The processes of zswap, and where a page that is in zswap starts. */
import { type Id, known, nth, ordinal, type Process, process } from '../../checker/index.js'
import { folio_page } from './folio.js'
import { in_turn } from './in-turn.js'
import type { State } from './state.js'
import { fault, mapped, reclaim, swappedOut } from './swap-map.js'
import { zswap_enabled_param_set } from './zswap-enabled.js'
import { memcg_offline_kmem } from './zswap-objcg.js'
import { shrink_memcg_cb } from './zswap-writeback.js'
import { zswap_zpool_writeback } from './zswap-zpool-writeback.js'

/** Who touches its page, pages it out, madvise(MADV_PAGEOUT), and reads it again. */
export const cycle = (args: { readonly pte: number; readonly write: boolean }): Process =>
  in_turn('swap cycle', fault(args), reclaim({}), fault({ ...args, write: false }))
/** Who writes to its page, and pages it out. */
export const pageout = (args: { readonly pte: number }): Process => in_turn('pageout', fault({ ...args, write: true }), reclaim({}))
export const memcgOffline = process('memcg offline', memcg_offline_kmem)
export const disableZswap = process('sysfs', zswap_enabled_param_set)
export const zswapShrinker = process('zswap shrinker', shrink_memcg_cb)
/** shrink_worker() of v6.3, by way of the allocator of the compressed objects. */
export const zpoolShrinker = process('zswap shrink work', zswap_zpool_writeback)

/** The page of slot 1 is in zswap, and not on the medium; zswap takes every page, unless the scenario says otherwise. */
export function compressed(s: State, ptes: number): void {
  swappedOut(s, ptes)
  s.zswap = 'on'
  const [entry, zentry] = [first(s.swap_map.ids), first(s.zswap_entry.ids)]
  s.medium[entry] = 0
  s.zswap_tree[entry] = zentry
  Object.assign(s.zswap_entry[zentry], { life: 'live', in_lru: true, swpentry: entry, data: 1 })
}

/** The same, with reference counts, as until v6.8. */
export function compressedRefcounted(s: State, ptes: number): void {
  compressed(s, ptes)
  s.zswap_refcounted = true
  for (const id of s.zswap_entry.ids.slice(0, 1)) s.zswap_entry[id].refcount = 1
}

/** The same, of a memcg that is charged for it. */
export function compressedOfMemcg(s: State, ptes: number): void {
  compressed(s, ptes)
  const [zentry, objcg] = [first(s.zswap_entry.ids), first(s.objcg.ids)]
  s.zswap_entry[zentry].objcg = objcg
  Object.assign(s.objcg[objcg], { life: 'live', refcnt: 2, zswap: 1 })
}

/** The page of PTE 1 is in memory, and mapped; zswap takes every page. */
export function mappedWithZswap(s: State): void {
  mapped(s, first(s.pte.ids), first(s.folio.ids))
  s.zswap = 'on'
}

/** Each slot has the page of a PTE, and all are in zswap. */
export function eachCompressed(s: State): void {
  s.zswap = 'on'
  for (const entry of s.swap_map.ids) {
    const i = ordinal(entry) - 1
    const [zentry, pte] = [known(nth(s.zswap_entry.ids, first(s.zswap_entry.ids), i)), known(nth(s.pte.ids, first(s.pte.ids), i))]
    s.swap_map[entry].count = 1
    s.zswap_tree[entry] = zentry
    Object.assign(s.zswap_entry[zentry], { life: 'live', in_lru: true, swpentry: entry, data: 1 })
    Object.assign(s.pte[pte], { kind: 'swap', entry, exclusive: true, stored: 1 })
  }
}

/** The same; the folio of the first is in the swap cache yet. */
export function twoCompressed(s: State): void {
  eachCompressed(s)
  const [entry, folio] = [first(s.swap_map.ids), first(s.folio.ids)]
  s.swap_map[entry].SWAP_HAS_CACHE = true
  s.swapper_space[entry] = folio
  Object.assign(s.folio[folio], { life: 'live', _refcount: 1, uptodate: true, swapcache: true, anon: true, swap: entry, data: 1 })
}

/** The page of PTE 1 was stored in zswap, and mapped again before reclaim had taken its folio out of the swap cache. */
export function storedAndMapped(s: State): void {
  const [entry, folio, pte] = [first(s.swap_map.ids), first(s.folio.ids), first(s.pte.ids)]
  mapped(s, pte, folio)
  compressed(s, 0)
  s.swap_map[entry].SWAP_HAS_CACHE = true
  s.swapper_space[entry] = folio
  Object.assign(s.folio[folio], { _refcount: 2, swapcache: true, swap: entry })
  s.pte[pte].dirty = false
}

/** A folio of two pages of a memcg is on its way out: it is in the swap cache, dirty, and its PTEs have the entries. */
export function unmappedLarge(s: State): void {
  s.zswap = 'unreliable'
  const [head, objcg] = [first(s.folio.ids), first(s.objcg.ids)]
  Object.assign(s.objcg[objcg], { life: 'live', refcnt: 1 })
  Object.assign(s.folio[head], {
    life: 'live',
    _refcount: 2,
    lru: true,
    uptodate: true,
    dirty: true,
    swapcache: true,
    anon: true,
    swap: first(s.swap_map.ids),
  })
  for (const entry of s.swap_map.ids) {
    const page = folio_page(s, head, ordinal(entry) - 1)
    if (page !== head) Object.assign(s.folio[page], { life: 'live', compound_head: head })
    s.folio[page].data = ordinal(entry)
    Object.assign(s.swap_map[entry], { count: 1, SWAP_HAS_CACHE: true })
    s.swapper_space[entry] = head
    Object.assign(s.pte[known(nth(s.pte.ids, first(s.pte.ids), ordinal(entry) - 1))], { kind: 'swap', entry, stored: ordinal(entry) })
  }
}

function first<N extends string>(ids: readonly Id<N>[]): Id<N> {
  return known(ids[0] ?? 0)
}
