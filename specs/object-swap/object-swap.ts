/** Swap as (object, offset), as a spec: the processes that meet in an object or at its blocks, and where it starts. */
import { type Id, known, process, weak } from '../../checker/index.js'
import { copy_pte_range } from './copy-pte-range.js'
import { restore_volume as restored } from './fscache-invalidate.js'
import { fscache_pin } from './fscache-pin.js'
import { netfs_reads, netfs_read as read } from './netfs-read.js'
import { power_cycle } from './power-cycle.js'
import { properties } from './properties.js'
import { RefinesCache } from './refines-cache.js'
import { RefinesPage } from './refines-page.js'
import { server_write } from './server.js'
import { shrink_folio_list } from './shrink-folio-list.js'
import { contents, type State, spec } from './state.js'
import { swapoff as offline } from './swapoff.js'
import { shmem_truncate_range } from './truncate.js'
import { user_access } from './user.js'
import { zap_pte_range } from './zap-pte-range.js'

export const objectSwap = spec({
  name: 'object-swap',
  title: 'Swap as (object, offset): no swap cache, an object for each anon_vma and shmem inode, and named objects for fscache',
  properties: [...properties, RefinesPage, RefinesCache],
  /** Every thread that can go on does. */
  fairness: [weak.processes()],
})

export const fault = process('fault', user_access, { symmetric: true })
export const reclaim = process('reclaim', shrink_folio_list, { symmetric: true })
export const fork = process('fork', copy_pte_range, { symmetric: true })
export const zap = process('zap', zap_pte_range, { symmetric: true })
export const truncate = process('truncate', shmem_truncate_range)
export const swapoff = process('swapoff', offline)
export const netfs_read = process('netfs_read', read, { symmetric: true })
export const readers = process('readers', netfs_reads)
export const server = process('server', server_write)
export const restore_volume = process('restore_volume', restored)
export const pin = process('pin', fscache_pin)
export const power = process('power', power_cycle)

/** An anon_vma whose page is out, in block 1; the PTEs 1..ptes say so. Where there are several they have forked: each has an anon_vma of its own in front. */
export function swappedOut(s: State, ptes: number): void {
  forked(s, ptes)
  const [object, block] = [first(s.object.ids), first(s.block.ids)]
  Object.assign(s.object[object], { block, count: ptes })
  Object.assign(s.block[block], { allocated: true, data: 1 })
  for (const id of s.pte.ids.slice(0, ptes)) Object.assign(s.pte[id], { kind: 'swap', swapped: object, stored: 1 })
}

function forked(s: State, ptes: number): void {
  const object = first(s.object.ids)
  s.SWP_WRITEOK = true
  s.object[object].is = 'anon_vma'
  for (const [i, id] of s.pte.ids.slice(0, ptes).entries()) {
    const own = ptes === 1 ? object : known(s.object.ids[i + 1] ?? 0)
    s.pte[id].object = own
    if (ptes > 1) Object.assign(s.object[own], { is: 'anon_vma', parent: object })
  }
}

/** The page is in memory, written to, and the PTEs 1..ptes map it; one alone may write to it. */
export function mapped(s: State, ptes: number): void {
  forked(s, ptes)
  const [object, folio] = [first(s.object.ids), first(s.folio.ids)]
  const page = { life: 'live', _refcount: ptes, _mapcount: ptes, lru: true, uptodate: true, mapping: object, data: 1 } as const
  Object.assign(s.folio[folio], page)
  for (const id of s.pte.ids.slice(0, ptes))
    Object.assign(s.pte[id], { kind: 'present', folio, writable: ptes === 1, dirty: true, stored: 1 })
}

/** The page is out, and in the page cache of its object: it has just been read, and is clean. */
export function readIn(s: State, ptes: number): void {
  swappedOut(s, ptes)
  const [object, folio] = [first(s.object.ids), first(s.folio.ids)]
  Object.assign(s.folio[folio], { life: 'live', _refcount: 1, lru: true, uptodate: true, mapping: object, cached: true, data: 1 })
  s.object[object].folio = folio
}

/** The same, with the first PTE back: it maps the page, read-only. */
export function readInAndMapped(s: State, ptes: number): void {
  readIn(s, ptes)
  const [object, folio, pte] = [first(s.object.ids), first(s.folio.ids), first(s.pte.ids)]
  s.object[object].count -= 1
  Object.assign(s.folio[folio], { _refcount: 2, _mapcount: 1 })
  Object.assign(s.pte[pte], { kind: 'present', folio, swapped: 0 })
}

/** A shmem inode whose page is out, in block 1; the PTEs are of VMAs that map it. */
export function inodeOut(s: State): void {
  const [object, block] = [first(s.object.ids), first(s.block.ids)]
  s.SWP_WRITEOK = true
  Object.assign(s.object[object], { is: 'inode', block })
  Object.assign(s.block[block], { allocated: true, data: 1 })
  for (const id of s.pte.ids) Object.assign(s.pte[id], { object, stored: 1 })
}

/** The same, in memory and dirty, mapped by the first PTE. */
export function inodeIn(s: State): void {
  const [object, folio, pte] = [first(s.object.ids), first(s.folio.ids), first(s.pte.ids)]
  s.SWP_WRITEOK = true
  Object.assign(s.object[object], { is: 'inode', folio })
  const page = {
    life: 'live',
    _refcount: 2,
    _mapcount: 1,
    lru: true,
    uptodate: true,
    dirty: true,
    mapping: object,
    cached: true,
    data: 1,
  } as const
  Object.assign(s.folio[folio], page)
  for (const id of s.pte.ids) Object.assign(s.pte[id], { object, stored: 1 })
  Object.assign(s.pte[pte], { kind: 'present', folio, writable: true, dirty: true })
}

/** A file on the server, with its first version as the current one, and the other names as its next versions. */
export function served(s: State): void {
  const file = first(s.server.ids)
  s.SWP_WRITEOK = true
  for (const key of s.name.ids) Object.assign(s.name[key], { file, subkey: true })
  Object.assign(s.server[file], { key: first(s.name.ids), next: known(s.name.ids.at(-1) ?? 0) })
}

/** The same, and the version is in the cache: in the last of the objects and the last of the blocks. */
export function cached(s: State): void {
  served(s)
  const [key, object, block] = [first(s.name.ids), known(s.object.ids.at(-1) ?? 0), known(s.block.ids.at(-1) ?? 0)]
  Object.assign(s.object[object], { is: 'named', key, block })
  Object.assign(s.record[object], { key, block })
  const data = contents(key, false)
  Object.assign(s.block[block], { allocated: true, data, durable: data })
}

/** And locked in. */
export function cachedAndPinned(s: State): void {
  cached(s)
  const object = known(s.object.ids.at(-1) ?? 0)
  s.object[object].pinned = true
  s.record[object].pinned = true
}

/** Nothing is left of memory: somebody has it all, and keeps it. */
export function withoutMemory(s: State): void {
  for (const folio of s.folio.ids) Object.assign(s.folio[folio], { life: 'live', _refcount: 1 })
}

function first<N extends string>(ids: readonly Id<N>[]): Id<N> {
  return known(ids[0] ?? 0)
}
