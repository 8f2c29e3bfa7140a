/** Processes and first states of the pairs in `cross-pairs.ts` and `cross-swapoff-pairs.ts`, and reasons that these share. */
import { type Id, known, process } from '../../../checker/index.js'
import { mem_cgroup_css_offline } from '../mem-cgroup-css-offline.js'
import { move_pages_pte } from '../move-pages-pte.js'
import { read_error } from '../read-error.js'
import { swap_cluster_readahead } from '../readahead.js'
import { type State, SWAP_COUNT_INC } from '../state.js'
import { swapoff } from '../swapoff.js'
import { user_store } from '../user-store.js'
import { compressed, inSwapCache, swappedOut, zap, zswapShrinker } from '../vswap.js'

export const off = process('swapoff', swapoff)({ type: 1, again: false })
export const rmdir = process('rmdir', mem_cgroup_css_offline)({ memcg: 1 })
export const move = process('uffd', move_pages_pte)({ dst_pte: 2, src_pte: 1 })
export const moveBack = process('uffd', move_pages_pte)({ dst_pte: 1, src_pte: 2 })
export const readahead = process('readahead', swap_cluster_readahead)({ entry: 2 })
export const readError = process('read error', read_error)({})
export const store = process('store', user_store)
export const shrinker = zswapShrinker({})
export const unmap = zap({ pte: 1 })
export const second = <N extends string>(ids: readonly Id<N>[]): Id<N> => known(ids[1] ?? 0)

export const out = (s: State) => swappedOut(s, 1)
export const cached = (s: State) => inSwapCache(s, 1)
export const inZswap = (s: State) => compressed(s, 1)
export const movable = (start: (s: State) => void) => (s: State) => {
  s.anon_rmap.watched = true
  start(s)
}
/** Entry 2 is swapped out to slot 2, and PTE 2 holds it. */
export const neighbour = (start: (s: State) => void) => (s: State) => {
  start(s)
  const [entry, desc, slot, pte] = [second(s.vswap_map.ids), second(s.desc.ids), second(s.swap_map.ids), second(s.pte.ids)]
  s.vswap_map[entry] = desc
  s.vswap_rmap[slot] = entry
  Object.assign(s.desc[desc], { life: 'live', slot, swap_refs: SWAP_COUNT_INC })
  s.swap_map[slot] = 'SWAP_MAP_ALLOCATED'
  s.medium[slot] = 3
  Object.assign(s.pte[pte], { kind: 'swap', entry, exclusive: true, stored: 3 })
}
export const two = { entry: 2, desc: 2, slot: 2, pte: 2 }

export const readaheadKeepsPin = {
  'readahead finds no entry with a folio alone, and gives no pin back': ['readahead/swapcache_clear.*', 'readahead/release_backing.*'],
}
export const readaheadAlone = {
  'nobody else puts a folio in the swap cache': ['readahead/filemap_get_folio.folio_try_get', 'readahead/filemap_get_folio.xas_reload'],
}
export const truncatesEntry = {
  'the page is swapped out when it is truncated': [
    'shmem_undo_range.folio_try_get',
    'shmem_undo_range.xas_reload',
    'shmem_undo_range.folio_lock',
    'shmem_undo_range.folio_mapping',
    'shmem_undo_range.filemap_remove_folio',
    'shmem_undo_range.folio_put_refs',
    'shmem_undo_range.folio_unlock',
    'shmem_undo_range.folio_batch_release',
  ],
}
