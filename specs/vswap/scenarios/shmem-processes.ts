/** Who meets on a page of a shmem file, and where it starts. PTE 1 is its slot in the mapping. */
import { known, process } from '../../../checker/index.js'
import { migrate_folio } from '../migrate-folio.js'
import { read_error } from '../read-error.js'
import { shmem_file } from '../shmem-file.js'
import { shmem_pageout, shmem_pageouts } from '../shmem-pageout.js'
import { shmem_undo_range } from '../shmem-undo-range.js'
import { writepage } from '../shmem-writepage.js'
import { shrink_folio_list_by } from '../shrink-folio-list.js'
import type { State } from '../state.js'
import { store_folio } from '../swp-desc.js'
import { inSwapCache, swappedOut } from '../vswap.js'

/** A read from the device fails. */
export const readError = process('read error', read_error)({})
const shmem = process('shmem', shmem_file, { symmetric: true })
export const read = shmem({ index: 1, write: false })
export const write = shmem({ index: 1, write: true })
export const truncate = process('truncate', shmem_undo_range)({ index: 1 })
/** Of shmem pages as well. */
export const reclaim = process('reclaim', shrink_folio_list_by(writepage), { symmetric: true })({})

export const migrate = process('migrate', migrate_folio)({})
export const pageout = process('pageout', shmem_pageout)({ index: 1 })
/** The anonymous page is that of PTE 2. */
export const pageouts = process('pageout', shmem_pageouts)({ index: 1, pte: 2 })

export const out = (s: State) => swappedOut(s, 1)
export const cached = (s: State) => inSwapCache(s, 1)

/** On a synchronous device. */
export const sync = (start: (s: State) => void) => (s: State) => {
  s.SWP_SYNCHRONOUS_IO = true
  start(s)
}

/** The page is in the page cache, written to. */
export function inPageCache(s: State): void {
  const folio = known(s.folio.ids[0] ?? 0)
  Object.assign(s.pte[known(s.pte.ids[0] ?? 0)], { kind: 'present', folio, stored: 1 })
  Object.assign(s.folio[folio], { life: 'live', _refcount: 1, lru: true, uptodate: true, dirty: true, pagecache: true, index: 1, data: 1 })
}

/** The page is in the swap cache alone: zswap has refused it, and no slot may take its place (memory.zswap.writeback is 0). */
export function folioBacked(s: State): void {
  notWrittenBack(cached)(s)
  const [desc, slot, folio] = [known(s.desc.ids[0] ?? 0), known(s.swap_map.ids[0] ?? 0), known(s.folio.ids[0] ?? 0)]
  s.swap_map[slot] = '0'
  s.vswap_rmap[slot] = 0
  s.medium[slot] = 0
  s.desc[desc].type = 'VSWAP_FOLIO'
  store_folio(s.desc[desc], folio)
  s.folio[folio].dirty = true
}

/** Folio 1 lies where the mapping may have none. */
export const wrongZone = (start: (s: State) => void) => (s: State) => {
  start(s)
  s.wrong_zone = known(s.folio.ids[0] ?? 0)
}

/** add_to_swap_cache() may find no memory. */
export const noNode = (start: (s: State) => void) => (s: State) => {
  s.no_xarray_node = true
  start(s)
}

/** memory.zswap.writeback is 0. */
export const notWrittenBack = (start: (s: State) => void) => (s: State) => {
  s.no_zswap_writeback = true
  start(s)
}

/** The page is swapped out, and PTE 2 maps an anonymous page, of another owner. Swap is full, so a fault gives its slot back where it can. */
export function outAndAnother(s: State): void {
  s.mem_cgroup_swap_full = true
  swappedOut(s, 1)
  const folio = known(s.folio.ids[0] ?? 0)
  Object.assign(s.pte[known(s.pte.ids[1] ?? 0)], { kind: 'present', folio, writable: true, dirty: true, stored: 2 })
  const page = { life: 'live', _refcount: 1, _mapcount: 1, lru: true, uptodate: true, anon: true, anon_exclusive: true, data: 2 }
  Object.assign(s.folio[folio], page)
}
