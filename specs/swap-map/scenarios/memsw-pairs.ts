/** Processes that meet on a page of a memory cgroup of v1: each page is charged once, and all else of them is as without. */
import { known } from '../../../checker/index.js'
import { MemswExact } from '../memsw-exact.js'
import type { State } from '../state.js'
import { fault, move, swappedOut, swappedOutSynchronously } from '../swap-map.js'
import { type Pair, type Protection, pairScenarios, protectionPairs } from './pair.js'
import { pairs } from './pairs.js'
import { asynchronous, freesNoSwap, nobodyElseFaults, noReclaim, readsWhatIsThere, synchronous, unwatched } from './unreachable.js'

/** All that is there is of the memcg, and its tasks are. */
const ofMemcg = (begin: (s: State) => void) => (s: State) => {
  begin(s)
  const memcg = known(s.memcg.ids[0] ?? 0)
  for (const id of s.pte.ids) {
    s.mm_memcg[id] = memcg
    s.page_memcg[id] = memcg
  }
  const folios = s.folio.ids.filter((id) => s.folio[id].life === 'live')
  const entries = s.swap_map.ids.filter((id) => s.swap_map[id].count > 0 && s.swapper_space[id] === 0)
  for (const id of folios) s.folio_memcg[id] = memcg
  for (const id of entries) s.swap_cgroup[id] = memcg
  Object.assign(s.memcg[memcg], { do_memsw_account: true, memsw: folios.length + entries.length })
}

const throughCache = {
  'an entry keeps its charge until it is free, or its folio is in the swap cache': ['do_swap_page.mem_cgroup_swapin_uncharge_swap'],
}
const pastCache = { ...throughCache, 'pages come in past the swap cache': ['__read_swap_cache_async.mem_cgroup_swapin_uncharge_swap'] }

/** A pair with its pages in a memcg of v1. */
const withMemsw = (pair: Pair, unreachable: Pair['unreachable'], counts: Pair['counts']): Pair => ({
  ...pair,
  title: `${pair.title}; cgroup v1`,
  init: ofMemcg(pair.init),
  bounds: { ...pair.bounds, memcg: 1 },
  memsw: true,
  unreachable: { ...pair.unreachable, ...unreachable },
  counts,
})

const held = {
  'memsw-fault-vs-fault': withMemsw(pairs['fault-vs-fault'], throughCache, [4_604, 8_953, 89]),
  'memsw-direct-vs-direct': withMemsw(pairs['direct-vs-direct'], pastCache, [2_269, 4_371, 67]),
  'memsw-fault-vs-zap': withMemsw(pairs['fault-vs-zap'], throughCache, [848, 1_595, 67]),
  'memsw-direct-vs-zap': withMemsw(pairs['direct-vs-zap'], pastCache, [380, 678, 38]),
  'memsw-fault-vs-reclaim': withMemsw(pairs['fault-vs-reclaim'], throughCache, [753, 1_291, 93]),
  'memsw-zap-vs-reclaim': withMemsw(pairs['zap-vs-reclaim'], {}, [875, 1_602, 58]),
  'memsw-swapoff-vs-fault': withMemsw(pairs['swapoff-vs-fault'], throughCache, [5_666, 10_891, 92]),
  'memsw-move-vs-fault': withMemsw(pairs['move-vs-fault'], throughCache, [1_238, 2_268, 65]),
}
const directMove: Pair = {
  title: 'A page is moved while its owner faults on it, past the swap cache',
  run: [move({ src_pte: 1, dst_pte: 2 }), fault({ pte: 1, write: false })],
  init(s) {
    s.anon_rmap.watched = true
    swappedOutSynchronously(s, 1)
  },
  bounds: { pte: 2 },
  unreachable: {
    ...synchronous,
    ...unwatched,
    ...freesNoSwap('fault'),
    'no folio is in the swap cache': [
      'move_pages_pte.folio_lock',
      'move_pages_pte.folio_move_anon_rmap',
      'filemap_get_folio.folio_try_get',
      'filemap_get_folio.xas_reload',
    ],
    'who finds the entry finds its count at 1': [
      'do_swap_page.swapin_readahead',
      'read_swap_cache_async.*',
      '__read_swap_cache_async.*',
      'swap_swapcount.*',
    ],
  },
  counts: [613, 1_130, 47],
}

const shared: Pair = {
  title: 'A page of two address spaces comes in for one of them, and its entry stays for the other',
  run: [fault({ pte: 1, write: false })],
  init: (s) => swappedOut(s, 2),
  bounds: { pte: 2 },
  unreachable: {
    ...asynchronous,
    ...noReclaim,
    ...unwatched,
    ...readsWhatIsThere,
    ...nobodyElseFaults,
    ...freesNoSwap('fault'),
    'the other PTE holds the entry': ['swap_entry_range_free.map'],
    'the folio is looked up once before it is there': ['filemap_get_folio.folio_try_get', 'filemap_get_folio.xas_reload'],
  },
  counts: [43, 44, 42],
}

const list: Readonly<Record<string, Protection>> = {
  'memsw-swapout': {
    ...held['memsw-fault-vs-reclaim'],
    title: 'A page goes out, and the charge of its folio is not handed to its entry',
    without: 'hand the charge of a folio that goes out to its entry',
    violates: MemswExact.name,
    broken: [365, 624, 43],
  },
  'memsw-swapin': {
    ...withMemsw(shared, throughCache, [43, 44, 42]),
    without: 'uncharge the entry of a folio that was charged as it came in',
    violates: MemswExact.name,
    broken: [42, 43, 41],
  },
  'memsw-direct-vs-move': {
    ...withMemsw(directMove, throughCache, [613, 1_130, 47]),
    without: 'leave its charge to an entry that is read past the swap cache',
    missing: 'v6.14',
    violates: MemswExact.name,
    broken: [641, 1_175, 46],
  },
}

export const scenarios = [...pairScenarios(held), ...protectionPairs(list)]
