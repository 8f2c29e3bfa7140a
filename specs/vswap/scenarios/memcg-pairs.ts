/** Pages of memory cgroups: what is recorded, charged, refused, uncharged and forgotten while others use the entry. */

import { process, type Scenario } from '../../../checker/index.js'
import { mem_cgroup_css_offline } from '../mem-cgroup-css-offline.js'
import { memcgProperties } from '../memcg-properties.js'
import type { State } from '../state.js'
import { swapoff } from '../swapoff.js'
import { compressed, fault, mapped, reclaim, swappedOut, zap, zswapShrinker } from '../vswap.js'
import { lookedFor, shrinkerAlone, shrinkerFreesNoEntry } from './backing-unreachable.js'
import { keptByPte, noSlotToRelease, reclaimIsRefused, shrinkerIsRefused, staysInSwapCache } from './memcg-unreachable.js'
import { ofMemcg, pagesOfMemcg, pagesOfTwoMemcgs } from './of-memcg.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import { staysOff, swapoffKeepsPin, swapoffReadsSlots } from './swapoff-unreachable.js'
import {
  asynchronous,
  asynchronousWrite,
  entryIsRead,
  freeSwapCache,
  nobodyElseFaults,
  noCacheHit,
  noRead,
  noReclaim,
  pinned,
  slotsSuffice,
  stillSwapped,
  swapfileOnly,
  writtenOnce,
  zapOfSwapped,
} from './unreachable.js'
import { watched } from './watched-device.js'

const rmdir = process('rmdir', mem_cgroup_css_offline)({ memcg: 1 })
const off = process('swapoff', swapoff)({ type: 1, again: false })
const write = fault({ pte: 1, write: true })
const unmap = zap({ pte: 1 })
const out = (s: State) => swappedOut(s, 1)
const inZswap = (s: State) => compressed(s, 1)
const two = { pte: 2, entry: 2, slot: 2, desc: 2, folio: 2 }
const twoReclaims = {
  ...swapfileOnly('reclaim'),
  ...noRead,
  ...asynchronousWrite,
  ...stillSwapped,
  ...writtenOnce,
  ...keptByPte,
}
const faultOfMapped = { ...asynchronous, ...nobodyElseFaults, ...pinned }

export const memcgPairs = {
  'memcg-fault-vs-reclaim': {
    title: 'A page of a memcg goes out while it is written to',
    run: [write, reclaim({})],
    init: ofMemcg(mapped, 1),
    unreachable: {
      ...swapfileOnly('fault', 'reclaim'),
      ...faultOfMapped,
      ...asynchronousWrite,
      ...slotsSuffice,
      ...stillSwapped,
      ...writtenOnce,
      ...entryIsRead,
    },
    counts: [2_034, 3_758, 158],
  },
  'memcg-fault-vs-zap': {
    title: 'The entry of a memcg is unmapped while another thread faults on it',
    run: [write, unmap],
    init: ofMemcg(out, 1),
    unreachable: {
      ...swapfileOnly('fault', 'zap'),
      ...noReclaim,
      ...asynchronous,
      ...pinned,
      ...noCacheHit,
      'a fault to write takes a folio that it maps alone out of the swap cache': freeSwapCache,
    },
    counts: [1_589, 3_179, 103],
  },
  'memcg-rmdir-vs-reclaim': {
    title: 'A memcg goes away while a page of it goes out',
    run: [rmdir, reclaim({})],
    init: ofMemcg(mapped, 1),
    unreachable: {
      ...twoReclaims,
      ...slotsSuffice,
      'nobody else has the folio': ['shrink_folio_list.keep_locked'],
    },
    counts: [327, 502, 81],
  },
  'memcg-rmdir-vs-fault': {
    title: 'A memcg goes away while a page of it comes back',
    run: [rmdir, write],
    init: ofMemcg(out, 1),
    unreachable: { ...swapfileOnly('fault'), ...faultOfMapped, ...noReclaim, ...noCacheHit, ...entryIsRead },
    counts: [391, 672, 82],
  },
  'memcg-rmdir-vs-zap': {
    title: 'A memcg goes away while an entry of it is unmapped',
    run: [rmdir, unmap],
    init: ofMemcg(out, 1),
    unreachable: {
      ...swapfileOnly('zap'),
      ...noRead,
      ...noReclaim,
      ...zapOfSwapped,
      'nothing is ever in the swap cache': [
        'free_swap_and_cache_nr.filemap_get_folio',
        'free_swap_and_cache_nr.folio_trylock',
        'free_swap_and_cache_nr.folio_free_swap',
        'free_swap_and_cache_nr.folio_unlock',
        'free_swap_and_cache_nr.folio_put',
        'vswap_swapcache_only.*',
        'filemap_get_folio.*',
        'folio_free_swap.*',
        'folio_swapped.*',
        'swapcache_clear.*',
      ],
    },
    counts: [84, 147, 27],
  },
  'memcg-swapoff-vs-zap': {
    title: 'swapoff takes the slot of an entry of a memcg away while it is unmapped',
    run: [off, unmap],
    init: ofMemcg(watched(out), 1),
    unreachable: { ...swapoffReadsSlots, ...swapoffKeepsPin, ...swapfileOnly('zap'), ...noReclaim, ...staysOff, ...zapOfSwapped },
    counts: [3_974, 8_381, 102],
  },
  'swap-max-swapoff-vs-reclaim': {
    title: 'The slot whose charge is refused is given back while swapoff takes the device away; swap.max is 0',
    run: [off, reclaim({})],
    init: ofMemcg(watched(mapped), 0),
    unreachable: {
      ...swapfileOnly('reclaim'),
      ...noRead,
      ...staysOff,
      ...reclaimIsRefused,
      ...staysInSwapCache,
      ...keptByPte,
      ...noSlotToRelease('reclaim'),
      'no slot is ever in the reverse map': [
        'try_to_unuse.first_put',
        'try_to_unuse.unplug',
        'try_to_unuse.folio_lock',
        'try_to_unuse.no_folio',
        'try_to_unuse.folio_test_swapcache',
        'try_to_unuse.unlock_to_retry',
        'try_to_unuse.put_to_retry',
        'try_to_unuse.folio_wait_writeback',
        'try_to_unuse.folio_unlock',
        'try_to_unuse.folio_put',
        'swapoff/read_swap_cache_async.*',
        'swapoff/__read_swap_cache_async.*',
        'swapoff/filemap_get_folio.*',
        'swapoff/swp_swapcount.*',
        'swapoff/swapcache_prepare.*',
        'swapoff/swapcache_clear.*',
        'swapoff/vswap_free.*',
        'swapoff/vswap_folio_backed.*',
        'swapoff/swap_read_folio.*',
        'swapoff/swap_zeromap_batch.*',
        'swapoff/zswap_load.*',
        'swapoff/vswap_store_folio.*',
        'swapoff/release_backing.*',
        'swapoff/zswap_invalidate.*',
        'swapoff/zswap_entry_free.*',
        'swapoff/swp_entry_to_swp_slot.*',
        'vswap_swapoff.*',
      ],
      'a PTE holds the entry when reclaim looks, and the swap cache keeps the pin': [
        'reclaim/folio_free_swap.folio_ref_sub',
        'reclaim/swap_writepage.folio_unlock',
        'reclaim/swapcache_clear.*',
        'reclaim/vswap_free.*',
        'shrink_folio_list.page_success_dirty',
      ],
    },
    counts: [958, 1_828, 75],
  },
  'swap-max-fault-vs-reclaim': {
    title: 'A page goes out while it is written to; swap.max is 0',
    run: [write, reclaim({})],
    init: ofMemcg(mapped, 0),
    unreachable: {
      ...swapfileOnly('fault', 'reclaim'),
      ...noRead,
      ...faultOfMapped,
      ...reclaimIsRefused,
      ...staysInSwapCache,
      ...noSlotToRelease('fault', 'reclaim'),
      'a PTE holds the entry when reclaim looks, and the swap cache keeps the pin': [
        'reclaim/folio_free_swap.folio_ref_sub',
        'reclaim/swap_writepage.folio_unlock',
        'reclaim/swapcache_clear.*',
        'reclaim/vswap_free.*',
        'shrink_folio_list.page_success_dirty',
      ],
      'the fault finds the page mapped or in the swap cache': [
        'do_swap_page.swapin_readahead',
        'read_swap_cache_async.*',
        '__read_swap_cache_async.*',
        'swp_swapcount.*',
        'swapcache_prepare.*',
        'vswap_folio_backed.*',
        'swap_read_folio.*',
        'swap_zeromap_batch.*',
        'zswap_load.*',
      ],
    },
    counts: [773, 1_371, 79],
  },
  'swap-max-zap-vs-reclaim': {
    title: 'A page goes out while it is unmapped; swap.max is 0',
    run: [unmap, reclaim({})],
    init: ofMemcg(mapped, 0),
    unreachable: {
      ...swapfileOnly('zap', 'reclaim'),
      ...noRead,
      ...reclaimIsRefused,
      ...staysInSwapCache,
      ...noSlotToRelease('zap', 'reclaim'),
      'the swap cache holds the entry while zap drops its count': ['zap/vswap_free_nr_any_cache_only.rcu_read_unlock'],
    },
    counts: [1_455, 2_806, 80],
  },
  'swap-max-shrinker-vs-zap': {
    title: 'The shrinker writes a zswap entry back while its page is unmapped; swap.max is 0',
    run: [zswapShrinker({}), unmap],
    init: ofMemcg(inZswap, 0),
    unreachable: {
      ...shrinkerIsRefused,
      ...lookedFor,
      ...shrinkerAlone,
      ...zapOfSwapped,
      ...noSlotToRelease('zswap shrinker', 'zap'),
      'zap does not get the lock of a folio that the shrinker has put in the swap cache before it is out of it': [
        'zap/folio_free_swap.delete_from_swap_cache',
        'zap/folio_free_swap.folio_ref_sub',
        'zap/folio_swapped.*',
        'zap/swapcache_clear.*',
      ],
    },
    counts: [1_408, 2_811, 68],
  },
  'swap-max-shrinker-vs-fault': {
    title: 'The shrinker writes a zswap entry back while its page is faulted in; swap.max is 0',
    run: [zswapShrinker({}), write],
    init: ofMemcg(inZswap, 0),
    unreachable: {
      ...shrinkerIsRefused,
      ...lookedFor,
      ...shrinkerFreesNoEntry,
      ...noSlotToRelease('zswap shrinker', 'fault'),
      ...asynchronous,
      ...pinned,
      'no other thread touches this PTE': ['do_swap_page.out_nomap'],
      'nothing is read from a physical slot': ['fault/swap_read_folio.submit_bio'],
      'zswap_load() has the entry out of the tree before release_backing() looks': ['fault/zswap_invalidate.zswap_entry_free'],
      'a PTE holds the entry when the shrinker gives its pin back': ['zswap shrinker/swapcache_clear.rcu_read_unlock'],
      'the shrinker frees no zswap entry': ['zswap shrinker/zswap_entry_free.*'],
    },
    counts: [4_911, 9_812, 119],
  },
  'swap-max-reclaim-vs-reclaim': {
    title: 'Two pages of a memcg go out at once; there is room for one',
    run: [reclaim({}), reclaim({})],
    init: pagesOfMemcg(1),
    bounds: two,
    unreachable: twoReclaims,
    counts: [54_471, 109_279, 148],
  },
  'two-memcgs-reclaim-vs-reclaim': {
    title: 'A page of each of two memcgs goes out; the swap.max of one is 0',
    run: [reclaim({}), reclaim({})],
    init: pagesOfTwoMemcgs(1, 0),
    bounds: { ...two, memcg: 2 },
    unreachable: twoReclaims,
    counts: [42_734, 85_198, 148],
  },
  'memcg-rmdir-reclaim-zap': {
    title: 'A memcg goes away while a page of it goes out and is unmapped',
    run: [rmdir, reclaim({}), unmap],
    init: ofMemcg(mapped, 1),
    unreachable: { ...swapfileOnly('reclaim', 'zap'), ...noRead, ...asynchronousWrite, ...slotsSuffice },
    counts: [8_384, 20_819, 115],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios: readonly Scenario[] = pairScenarios(memcgPairs, memcgProperties)
