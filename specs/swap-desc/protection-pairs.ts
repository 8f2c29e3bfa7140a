/** Each protection in a pair of scenarios: `+fixed` has it and holds, `+broken` does without it and violates the property that is named. */
import type { Pair, pairs } from './pairs.js'
import type { protections } from './state.js'

export interface Protection {
  readonly title: string
  readonly without: (typeof protections)[number]
  readonly violates: string
  readonly on: keyof typeof pairs
  /** Properties that would go first, and are not what this is about. */
  readonly skip?: readonly string[]
  readonly counts: Pair['counts']
}

export const protectionPairs: Readonly<Record<string, Protection>> = {
  'count-unlocked': {
    title: 'A fork counts as it saw the count, while a fault drops it',
    without: 'count under the lock of the descriptor',
    violates: 'RefsExact',
    on: 'fault-vs-fork',
    counts: [168, 302, 21],
  },
  'kfree-rcu': {
    title: 'A descriptor is freed under a reader that found it in the xarray',
    without: 'wait for readers before freeing a descriptor',
    violates: 'NoUseAfterFree',
    on: 'fault-vs-zap',
    counts: [45, 69, 9],
  },
  'cache-pointer': {
    title: 'The folio that a descriptor pointed to is freed before the fault that found it has a reference',
    without: 'take the reference to the folio under the lock of the descriptor',
    violates: 'VM_BUG_ON_FOLIO(folio_ref_zero_or_close_to_overflow(folio), folio)',
    on: 'reclaim-vs-fault-in-cache',
    counts: [90, 155, 13],
  },
  'cache-twice': {
    title: 'Two faults put their folios into the swap cache of one descriptor',
    without: 'look at the swap cache again before a folio goes into it',
    violates: 'CacheNeverDangles',
    on: 'fault-vs-fault',
    counts: [109, 173, 13],
  },
  'folio-moved': {
    title: 'A fault does not ask the folio that it has locked whether it still is that of the descriptor',
    without: 'recheck the entry of the folio once it is locked',
    violates: 'NoStaleData',
    on: 'fault-fault-reclaim',
    skip: ['Refines'],
    counts: [9_479, 23_459, 54],
  },
  'pte-same': {
    title: 'Two faults bring the same page in, and the second does not look at the PTE again',
    without: 'pte_same under the page table lock',
    violates: 'NoUnderflow',
    on: 'fault-vs-fault',
    counts: [591, 1_032, 29],
  },
  'count-unread': {
    title: 'A folio leaves the swap cache of a descriptor that nobody counts any more, and the descriptor stays for ever',
    without: 'look at the count as the folio leaves the swap cache',
    violates: 'NoLeak',
    on: 'reclaim-vs-zap-in-cache',
    counts: [163, 307, 18],
  },
  'folio-freed': {
    title: 'Reclaim frees a folio that a fault has just found in the swap cache',
    without: 'freeze the reference count before the folio leaves the swap cache',
    violates: 'NoUseAfterFree',
    on: 'reclaim-vs-fault-in-cache',
    counts: [101, 174, 15],
  },
  'frozen-in-cache': {
    title: 'A fault finds a folio in the swap cache whose reference count reclaim has frozen',
    without: 'freeze and leave the swap cache under one lock',
    violates: 'VM_BUG_ON_FOLIO(folio_ref_zero_or_close_to_overflow(folio), folio)',
    on: 'reclaim-vs-fault-in-cache',
    counts: [80, 139, 12],
  },
  'writeback-private': {
    title: 'zswap writes a page back that a fault is decompressing',
    without: 'write back through the swap cache',
    violates: 'NoUseAfterFree',
    on: 'shrinker-vs-fault',
    counts: [208, 342, 16],
  },
  'freed-on-lru': {
    title: 'The shrinker finds a zswap entry on the LRU that is freed',
    without: 'take the zswap entry off the LRU before it is freed',
    violates: 'NoUseAfterFree',
    on: 'shrinker-vs-zap',
    counts: [22, 31, 6],
  },
  'youngest-first': {
    title: 'zswap writes the page back that was stored last',
    without: 'write back the oldest entry first',
    violates: 'WritebackInOrder',
    on: 'shrinker-vs-reclaim',
    counts: [238, 440, 23],
  },
  'old-backing': {
    title: 'A page is written out again, and its old slot is nobody’s',
    without: 'release the old backing before another takes its place',
    violates: 'NoLeak',
    on: 'reclaim-vs-fault-rewritten',
    counts: [112, 177, 25],
  },
  'slot-on-dying-device': {
    title: 'zswap writes a page back to a device that swapoff is taking away',
    without: 'allocate slots only while the device is on',
    violates: 'SwapoffClean',
    on: 'swapoff-vs-shrinker',
    counts: [70, 119, 13],
  },
  'scanned-once': {
    title: 'swapoff scans the descriptors once, while a page is on its way to the device',
    without: 'scan again until no slot is in use',
    violates: 'SwapoffClean',
    on: 'swapoff-vs-shrinker',
    counts: [88, 145, 13],
  },
  'clean-page-dropped': {
    title: 'swapoff takes the slot of a page in the swap cache, which stays clean, and reclaim drops it',
    without: 'dirty the folio whose slot is taken away',
    violates: 'BackingLive',
    on: 'swapoff-reclaim-fault',
    skip: ['Refines'],
    counts: [1_378, 3_423, 21],
  },
  'clean-page-lost': {
    title: 'The same, as the owner of the page sees it: what it wrote is not what it would read',
    without: 'dirty the folio whose slot is taken away',
    violates: 'Refines',
    on: 'swapoff-reclaim-fault',
    skip: ['BackingLive'],
    counts: [1_378, 3_423, 21],
  },
}
