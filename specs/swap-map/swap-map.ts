/** The life of a slot of a swap device, as a spec: the processes that meet on it, and where it starts. */
import { type Id, known, ordinal, process } from '../../checker/index.js'
import { cgroup_attach_task } from './cgroup-attach-task.js'
import { copy_pte_range } from './copy-pte-range.js'
import { do_anonymous_page } from './do-anonymous-page.js'
import { free_swap_and_cache_nr } from './free-swap-and-cache.js'
import { move_pages_pte } from './move-pages-pte.js'
import { end_swap_bio_read, end_swap_bio_write } from './page-io.js'
import { properties } from './properties.js'
import { shrink_folio_list } from './shrink-folio-list.js'
import { type State, spec } from './state.js'
import { swp_type } from './swap-device.js'
import { swap_vma_readahead } from './swap-vma-readahead.js'
import { swapoff as swapoff_syscall, swapon as swapon_syscall } from './swapoff.js'
import { user_access } from './user-access.js'
import { user_store } from './user-store.js'
import { zap_pte_range } from './zap-pte-range.js'

export const swap_map = spec({
  name: 'swap-map',
  title: 'Swap entries that are slots of a device, v6.14: swap_map and the swap cache',
  actions: [end_swap_bio_read, end_swap_bio_write],
  properties,
})

/** User space reads or writes the page of a PTE; a fault brings it back. */
export const fault = process('fault', user_access)
/** The same, where a page that is mapped read-only is copied, or reused. */
export const store = process('store', user_store)
export const anonymous = process('anonymous fault', do_anonymous_page)
export const attach = process('attach', cgroup_attach_task)
export const fork = process('fork', copy_pte_range)
export const move = process('move', move_pages_pte)
/** shmem_undo_range(), down to what shmem_free_swap() does with an entry that it has taken out of the file. */
export const truncate = process('truncate', free_swap_and_cache_nr)
export const zap = process('zap', zap_pte_range)
export const swapoff = process('swapoff', swapoff_syscall)
export const swapon = process('swapon', swapon_syscall)
export const readahead = process('vma readahead', swap_vma_readahead)
export const reclaim = process('reclaim', shrink_folio_list)

/** Slot 1 has the page, and the PTEs 1..ptes hold it; only a single one holds it exclusively. */
export function swappedOut(s: State, ptes: number): void {
  const entry = first(s.swap_map.ids)
  s.swap_map[entry].count = ptes
  s.medium[entry] = 1
  for (const id of s.pte.ids.slice(0, ptes)) Object.assign(s.pte[id], { kind: 'swap', entry, exclusive: ptes === 1, stored: 1 })
}

/** The same, with the page read back into the swap cache, clean, and no PTE mapping it yet. */
export function inSwapCache(s: State, ptes: number): void {
  swappedOut(s, ptes)
  const [entry, folio] = [first(s.swap_map.ids), first(s.folio.ids)]
  s.swap_map[entry].SWAP_HAS_CACHE = true
  s.swapper_space[entry] = folio
  Object.assign(s.folio[folio], { life: 'live', _refcount: 1, lru: true, uptodate: true, swapcache: true, swap: entry, data: 1 })
}

/** The same on a device that answers at once: an entry with one count is read without the swap cache. */
export function swappedOutSynchronously(s: State, ptes: number): void {
  s.SWP_SYNCHRONOUS_IO = true
  swappedOut(s, ptes)
}

/** Every device is in use, and may be switched off. Said last: it counts the slots in use. */
export function watchDevices(s: State): void {
  s.device.watched = true
  for (const type of s.swap_info.ids) {
    const slots = s.swap_map.ids.filter((entry) => swp_type(s, entry) === type)
    const inUse = slots.filter((entry) => s.swap_map[entry].count > 0 || s.swap_map[entry].SWAP_HAS_CACHE)
    const si = s.swap_info[type]
    Object.assign(si, { life: 'live', percpu_cluster: true, SWP_USED: true, SWP_WRITEOK: true, inuse_pages: inUse.length })
    si.avail = inUse.length < slots.length
    si.users.live = true
  }
}

function first<N extends string>(ids: readonly Id<N>[]): Id<N> {
  return known(ids[0] ?? 0)
}

/** The PTE maps a page of its own, written to; it may write to it. */
export function mapped(s: State, pte: Id<'pte'>, folio: Id<'folio'>): void {
  Object.assign(s.pte[pte], { kind: 'present', folio, writable: true, dirty: true, stored: 1 })
  const page = { life: 'live', _refcount: 1, _mapcount: 1, lru: true, uptodate: true, anon: true, anon_exclusive: true, data: 1 } as const
  Object.assign(s.folio[folio], page)
  if (s.anon_rmap.watched) s.folio[folio].index = ordinal(pte)
}
