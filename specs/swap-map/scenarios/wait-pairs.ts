/** Who waits for SWAP_HAS_CACHE of another, and for how long: family A4 of the corpus, and A2.13. */
import { type Fairness, type Id, known, oneCpu, process, weak } from '../../../checker/index.js'
import { read_swap_cache_async_2009 } from '../history/read-swap-cache-async.js'
import { awake, do_swap_page_wait, SleeperWoken } from '../history/swapcache-wq.js'
import { migrate_folio } from '../migrate-folio.js'
import { returns, type State } from '../state.js'
import { swap_cache_get_folio } from '../swap-cache-get-folio.js'
import { swap_in_of_full_memcg } from '../swap-in-of-full-memcg.js'
import { fault, swappedOut } from '../swap-map.js'
import { user_access } from '../user-access.js'
import { eachCompressed } from '../zswap.js'
import { noIo } from './history-unreachable.js'
import { type Protection, protectionPairs } from './pair.js'
import { out } from './shmem-states.js'
import { asynchronous, noReclaim, unwatched } from './unreachable.js'
import { noRead } from './zswap-unreachable.js'

const FaultCompletes = returns('FaultCompletes', 'Who touches a page gets at it, or finds that it is gone.', [
  'fault',
  'realtime fault',
  'swap-in',
  'realtime swap-in',
  'lookup',
])

const readsGo: readonly Fairness<State>[] = [weak.each('id', 'end_swap_bio_read')]

/** Who holds a spin lock has preemption off, and who has preloaded a radix tree. */
function isAtomic(s: State, thread: Id<'thread'>): boolean {
  return (
    s.ci_lock.owner === thread ||
    s.pte.ids.some((id) => s.pte[id].ptl.owner === thread) ||
    s.cpu.ids.some((id) => s.cpu[id].preempt_off.has(thread))
  )
}

const first = (high: string, low: string): readonly Fairness<State>[] => [oneCpu([[high], [low]], isAtomic), ...readsGo]

/** A folio of two pages is in the swap cache, locked by the first thread with another that is to take its place. */
function isolated(s: State): void {
  const [src, tail, dst, tail2] = s.folio.ids
  const [head, second] = s.swap_map.ids
  for (const id of s.swap_map.ids) {
    Object.assign(s.swap_map[id], { count: 1, SWAP_HAS_CACHE: true })
    s.swapper_space[id] = known(src ?? 0)
    s.in_flight[id] = 1
    s.medium[id] = 1
  }
  for (const id of s.folio.ids) s.folio[id].life = 'live'
  for (const id of s.folio.ids) s.folio[id].data = 1
  const locked = { PG_locked: true, locked_by: 1, uptodate: true }
  Object.assign(s.folio[known(src ?? 0)], { ...locked, _refcount: 3, swapcache: true, swap: known(head ?? 0) })
  Object.assign(s.folio[known(dst ?? 0)], { ...locked, _refcount: 1 })
  s.folio[known(tail ?? 0)].compound_head = known(src ?? 0)
  s.folio[known(tail2 ?? 0)].compound_head = known(dst ?? 0)
  known(second ?? 0)
}

const faults = { ...noReclaim, ...asynchronous, ...unwatched }

const list: Readonly<Record<string, Protection>> = {
  'realtime-cached': {
    title: 'A fault of higher priority waits for a thread that has SWAP_HAS_CACHE, and has not yet put a folio into the swap cache',
    without: 'sleep before another look in __read_swap_cache_async',
    violates: FaultCompletes.name,
    properties: [FaultCompletes],
    fairness: first('realtime fault', 'fault'),
    run: [process('realtime fault', user_access)({ pte: 1, write: false }), fault({ pte: 1, write: false })],
    init: (s) => swappedOut(s, 1),
    unreachable: {
      ...faults,
      'a page that is only read stays in the swap cache': [
        'folio_free_swap.folio_swapcache_freeable',
        'folio_free_swap.delete_from_swap_cache',
        'folio_free_swap.folio_set_dirty',
        'folio_swapped.swap_count',
        'delete_from_swap_cache.__delete_from_swap_cache',
        'delete_from_swap_cache.put_swap_folio',
        'delete_from_swap_cache.folio_ref_sub',
        'put_swap_folio.swap_is_has_cache',
        'put_swap_folio.__swap_entry_free_locked',
        'put_swap_folio.unlock_cluster',
        'swap_entry_range_free.map',
      ],
    },
    broken: [3_344, 6_531, 76],
    counts: [3_344, 6_531, 76],
  },
  'swapin-leaks-folio': {
    title: 'A fault finds that the page has come back and gone from swap meanwhile, with a folio that it has allocated for it',
    without: 'put the new folio where nothing holds the entry any more',
    violates: 'NoLeak',
    run: [fault({ pte: 1, write: false }), fault({ pte: 1, write: true })],
    init: (s) => swappedOut(s, 1),
    unreachable: {
      ...faults,
      'no count is left of a page that leaves the swap cache': ['put_swap_folio.__swap_entry_free_locked'],
    },
    broken: [4_348, 8_325, 70],
    counts: [4_502, 8_753, 88],
  },
  'add-to-swap-cache-sleeps': {
    title:
      'A thread sleeps between SWAP_HAS_CACHE and the page in the swap cache, and another on the same CPU waits for it without a sleep',
    without: 'preload the radix tree before SWAP_HAS_CACHE is set',
    violates: FaultCompletes.name,
    properties: [FaultCompletes],
    fairness: first('realtime swap-in', 'swap-in'),
    run: [
      process('realtime swap-in', read_swap_cache_async_2009)({ entry: 1 }),
      process('swap-in', read_swap_cache_async_2009)({ entry: 1 }),
    ],
    init: (s) => swappedOut(s, 1),
    bounds: { cpu: 1 },
    unreachable: { ...noIo },
    broken: [409, 741, 27],
    counts: [419, 757, 28],
  },
  'zswap-writeback-waits': {
    title: 'A swap-in reclaims in its charge, and the shrinker waits there for SWAP_HAS_CACHE, which its own caller has set',
    without: 'give up in zswap writeback where SWAP_HAS_CACHE is set already',
    violates: FaultCompletes.name,
    properties: [FaultCompletes],
    fairness: [weak.processes()],
    zswap: 'v6.14',
    run: [process('swap-in', swap_in_of_full_memcg)({ entry: 1 })],
    init: eachCompressed,
    bounds: { entry: 2, pte: 2, zentry: 2 },
    unreachable: {
      ...noRead,
      'no other thread reads or frees a page': [
        'filemap_get_folio.folio_try_get',
        'filemap_get_folio.xas_reload',
        'zswap_writeback_entry.delete_from_swap_cache',
        'zswap_writeback_entry.folio_unlock',
        'zswap_writeback_entry.folio_put',
        'delete_from_swap_cache.*',
        'put_swap_folio.*',
        'swap_entry_range_free.*',
        'zswap_invalidate.*',
      ],
    },
    broken: [96, 112, 51],
    counts: [94, 110, 51],
  },
  'swapcache-wake-up': {
    title: 'Faults sleep for a whole tick for SWAP_HAS_CACHE, which is cleared at once',
    without: 'wake up who sleeps for SWAP_HAS_CACHE',
    violates: SleeperWoken.name,
    properties: [SleeperWoken],
    fairness: [awake],
    run: [process('fault', do_swap_page_wait)({ pte: 1 }), process('fault', do_swap_page_wait)({ pte: 1 })],
    init: out,
    bounds: { cpu: 1, shmem_file: 1, shmem_index: 1 },
    unreachable: { ...noIo },
    broken: [36, 57, 8],
    counts: [62, 105, 11],
  },
  'migrate-large-swap-cache': {
    title: 'A large folio in the swap cache is migrated, and only the first of its entries says so',
    without: 'store a migrated folio for each of its entries',
    violates: FaultCompletes.name,
    properties: [FaultCompletes],
    skip: ['BackingLive'],
    fairness: [weak.processes()],
    run: [process('migrate', migrate_folio)({ src: 1, dst: 3 }), process('lookup', swap_cache_get_folio)({ entry: 2 })],
    init: isolated,
    bounds: { entry: 2, folio: 4 },
    unreachable: { ...noIo },
    broken: [61, 101, 13],
    counts: [77, 130, 14],
  },
}

export const scenarios = protectionPairs(list)
