/** A shmem file whose pages are out, and who comes for them. */
import { process } from '../../../checker/index.js'
import { shmem_get_folio_gfp } from '../shmem-swapin-folio.js'
import { shmem_swapoff } from '../shmem-try-to-unuse.js'
import { shmem_split_large_entry, shmem_undo_range } from '../shmem-undo-range.js'
import { file, ShmemEntryCounted } from '../shmem-xarray.js'
import { returns, type State } from '../state.js'

export const read = process('shmem', shmem_get_folio_gfp)
export const realtimeRead = process('realtime shmem', shmem_get_folio_gfp)
export const truncate = process('truncate', shmem_undo_range)({})
export const split = process('split', shmem_split_large_entry)
export const swapoff = process('swapoff', shmem_swapoff)({})

export const ShmemCompletes = returns('ShmemCompletes', 'Who reads a page of a shmem file gets at it, or finds that it is gone.', [
  'shmem',
  'realtime shmem',
])
export const ShmemSwapoffTerminates = returns('SwapoffTerminates', 'swapoff ends.', ['swapoff'])
export const safe = [ShmemEntryCounted]

/** Each page has an entry of its own. */
export function out(s: State): void {
  Object.assign(file(s), { si_life: 'live' })
  file(s).users.live = true
  for (const id of s.shmem_index.ids) Object.assign(s.shmem_index[id], { slot: 'value', SWAP_MAP_SHMEM: true })
}

/** One value over both slots. */
export function outLarge(s: State): void {
  out(s)
  for (const id of s.shmem_index.ids.slice(1)) s.shmem_index[id].slot = 'sibling'
}

/** The same, on a device that answers at once. */
export const sync = (start: (s: State) => void) => (s: State) => {
  start(s)
  file(s).SWP_SYNCHRONOUS_IO = true
}

/** Readahead has brought the second page into the swap cache, in a folio of its own. */
export function tailCached(s: State): void {
  outLarge(s)
  for (const id of s.shmem_index.ids.slice(1)) Object.assign(s.shmem_index[id], { SWAP_HAS_CACHE: true, swapcache: true })
}
