/** Faults that meet a slot that was freed and taken again meanwhile: family A1 of the corpus. */
import { type Id, known, process } from '../../../checker/index.js'
import { in_turn } from '../in-turn.js'
import { madvise_pageout } from '../madvise-pageout.js'
import type { State } from '../state.js'
import {
  anonymous,
  attach,
  fault,
  inSwapCache,
  mapped,
  move,
  reclaim,
  store,
  swappedOut,
  swappedOutSynchronously,
  zap,
} from '../swap-map.js'
import { type Protection, protectionPairs } from './pair.js'
import {
  asynchronous,
  faultsAlone,
  findsFolio,
  freesNoSwap,
  putsLast,
  readsWhatIsThere,
  synchronous,
  unwatchedAllocation,
} from './unreachable.js'

const pageout = process('madvise pageout', madvise_pageout)

const read = (pte: number) => fault({ pte, write: false })
const first = <N extends string>(ids: readonly Id<N>[]): Id<N> => known(ids[0] ?? 0)
const second = <N extends string>(ids: readonly Id<N>[]): Id<N> => known(ids[1] ?? 0)

/** Swap is more than half full: whoever brings a page in gives its slot back. */
function swapFull(s: State): void {
  s.mem_cgroup_swap_full = true
}

const list: Readonly<Record<string, Protection>> = {
  'skip-swapcache-aba': {
    title: 'A fault past the swap cache is on its way while another takes the page in, writes to it, and it goes out to the same slot',
    without: 'pin the entry before a direct read',
    violates: 'NoStaleData',
    run: [fault({ pte: 1, write: false }), pageout({ pte: 1 })],
    init: (s) => swappedOutSynchronously(s, 1),
    unreachable: {
      ...synchronous,
      ...unwatchedAllocation,
      ...freesNoSwap('fault'),
      'SWAP_HAS_CACHE keeps the PTE as it was': ['do_swap_page.out_nomap'],
      'who does not find the count at 1 finds it at 0': [
        'madvise pageout/filemap_get_folio.folio_try_get',
        'madvise pageout/filemap_get_folio.xas_reload',
        'madvise pageout/__read_swap_cache_async.swapcache_prepare',
        'madvise pageout/__read_swap_cache_async.prepared',
        'madvise pageout/__read_swap_cache_async.add_to_swap_cache',
        'madvise pageout/__read_swap_cache_async.folio_add_lru',
        'madvise pageout/read_swap_cache_async.got_folio',
      ],
      'a PTE holds the entry whenever it is paged out': [
        'madvise pageout/folio_free_swap.folio_set_dirty',
        'madvise pageout/delete_from_swap_cache.*',
      ],
    },
    broken: [3_370, 6_318, 70],
    counts: [6_889, 13_239, 128],
  },
  'swapin-cache-aba': {
    title: 'A fault waits for the lock of a folio that goes on to another slot, while its PTE gets the first slot again, for a copy',
    without: 'look at folio->swap again once do_swap_page has locked the folio',
    violates: 'NoStaleData',
    run: [read(1), in_turn('others', store({ pte: 1 }), read(2), reclaim({}), reclaim({}))],
    init(s) {
      inSwapCache(s, 2)
      swapFull(s)
      s.no_pte_swp_exclusive = true
    },
    bounds: { pte: 2, entry: 2 },
    unreachable: { ...asynchronous, ...unwatchedAllocation, ...findsFolio('others'), ...putsLast('fault') },
    broken: [25_747, 54_118, 160],
    counts: [39_389, 83_811, 246],
  },
  'swapin-charge': {
    title: 'A fault charges its folio to the memcg that has the entry, and pins the entry when another memcg has it',
    without: 'charge a folio once its entry is pinned',
    violates: 'ChargeExact',
    run: [read(1), in_turn('others', read(1), zap({ pte: 1 }), attach({ pte: 1, memcg: 2 }), anonymous({ pte: 1 }), reclaim({}))],
    init(s) {
      swappedOutSynchronously(s, 1)
      inFirstMemcg(s)
    },
    bounds: { memcg: 2 },
    unreachable: {
      ...synchronous,
      ...unwatchedAllocation,
      ...freesNoSwap('fault'),
      'SWAP_HAS_CACHE keeps the PTE as it was': ['do_swap_page.out_nomap'],
      'who does not find the count at 1 finds it at 0': [
        'others/filemap_get_folio.folio_try_get',
        'others/filemap_get_folio.xas_reload',
        'others/__read_swap_cache_async.swapcache_prepare',
        'others/__read_swap_cache_async.prepared',
        'others/__read_swap_cache_async.add_to_swap_cache',
        'others/__read_swap_cache_async.folio_add_lru',
        'others/read_swap_cache_async.got_folio',
      ],
      'the page is mapped, or gone, when it is unmapped for good': [
        'free_swap_and_cache_nr.*',
        '__swap_entry_free.*',
        '__try_to_reclaim_swap.*',
        'zap_pte_range.clear_not_present_full_ptes',
        'free_swap_cache.folio_trylock',
        'free_swap_cache.folio_unlock',
      ],
      'a PTE holds the entry whenever it is paged out': ['others/folio_free_swap.folio_set_dirty', 'others/delete_from_swap_cache.*'],
    },
    broken: [6_812, 13_084, 111],
    counts: [6_247, 11_970, 126],
  },
  'move-other-folio': {
    title: 'A move looks up the entry when it is that of another page, and its PTE has the entry again when it is looked at',
    without: 'look whether the folio is still the one of the entry',
    violates: 'RmapFindsPte',
    run: [move({ src_pte: 1, dst_pte: 3 }), in_turn('others', read(1), reclaim({}), read(2), reclaim({}))],
    init(s) {
      s.anon_rmap.watched = true
      swappedOut(s, 1)
      mapped(s, second(s.pte.ids), second(s.folio.ids))
      swapFull(s)
    },
    bounds: { pte: 3, entry: 2 },
    unreachable: { ...asynchronous, ...unwatchedAllocation, ...readsWhatIsThere },
    broken: [23_316, 49_169, 142],
    counts: [26_828, 57_842, 173],
  },
  'move-missed-folio': {
    title: 'A move finds no folio, and moves the entry alone when the page is in the swap cache again',
    without: 'look at SWAP_HAS_CACHE under the page table locks',
    violates: 'WarnNever',
    run: [in_turn('mover', move({ src_pte: 1, dst_pte: 2 }), read(2)), in_turn('owner', read(1), reclaim({}))],
    init(s) {
      s.anon_rmap.watched = true
      swappedOut(s, 1)
      swapFull(s)
    },
    bounds: { pte: 2 },
    unreachable: { ...asynchronous, ...unwatchedAllocation, ...faultsAlone('mover'), ...putsLast('mover') },
    broken: [9_594, 18_758, 119],
    counts: [10_301, 20_181, 185],
  },
  'move-ignores-cache': {
    title: 'A move takes the entry of a page that is still in the swap cache, and leaves the page where it was',
    without: 'look the folio up before its entry is moved',
    violates: 'WarnNever',
    run: [in_turn('mover', move({ src_pte: 1, dst_pte: 2 }), read(2)), reclaim({})],
    init(s) {
      s.anon_rmap.watched = true
      mapped(s, first(s.pte.ids), first(s.folio.ids))
    },
    bounds: { pte: 2 },
    unreachable: {
      ...asynchronous,
      ...unwatchedAllocation,
      ...readsWhatIsThere,
      ...faultsAlone('mover'),
      ...freesNoSwap('mover'),
      'a PTE holds the entry whenever reclaim asks': [
        'reclaim/folio_free_swap.folio_set_dirty',
        'reclaim/delete_from_swap_cache.*',
        'swap_entry_range_free.map',
      ],
    },
    broken: [941, 1_786, 56],
    counts: [1_338, 2_498, 102],
  },
}

/** The first of two memcgs owns the page, and its task is there. */
function inFirstMemcg(s: State): void {
  const [pte, entry, memcg] = [first(s.pte.ids), first(s.swap_map.ids), first(s.memcg.ids)]
  s.mm_memcg[pte] = memcg
  s.page_memcg[pte] = memcg
  s.swap_cgroup[entry] = memcg
  s.memcg[memcg].swap = 1
}

export const scenarios = protectionPairs(list)
