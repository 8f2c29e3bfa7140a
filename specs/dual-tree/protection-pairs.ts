/** Each protection in a pair of scenarios: `+fixed` has it and holds, `+broken` does without it and violates the property that is named. */
import type { Counts, pairs } from './pairs.js'
import type { protections, State } from './state.js'

export interface Protection {
  readonly title: string
  readonly without: (typeof protections)[number]
  readonly violates: string
  readonly on: keyof typeof pairs
  readonly counts_in: State['counts_in']
  /** Properties that would go first, and are not what this is about. */
  readonly skip?: readonly string[]
  readonly counts: Counts
}

export const protectionPairs: Readonly<Record<string, Protection>> = {
  'counts-apart': {
    title: 'The last count goes, and the tree is changed under its own lock later: both trees disagree',
    without: 'hold the lock of the counts until the tree is changed',
    violates: 'TreesAgree',
    on: 'reclaim-vs-zap-in-tree',
    counts_in: 'swap_counts',
    counts: [136, 239, 15],
  },
  'counts-apart-lost': {
    title: 'The same, while reclaim takes the page of another owner out under that index: its slot is erased from the tree',
    without: 'hold the lock of the counts until the tree is changed',
    violates: 'Refines',
    on: 'reclaim-vs-zap-of-another',
    counts_in: 'swap_counts',
    skip: ['TreesAgree', 'NoLeak'],
    counts: [319, 585, 26],
  },
  'count-unread': {
    title: 'A slot takes the place of a page that nobody holds the index of any more, and stays for ever',
    without: 'look at the count as the page leaves the tree',
    violates: 'NoLeak',
    on: 'reclaim-vs-zap-in-tree',
    counts_in: 'swapper_space',
    skip: ['TreesAgree'],
    counts: [167, 301, 19],
  },
  'count-moved-late': {
    title: 'The count goes into the page as the lookup saw it; a fork that counted in between is forgotten',
    without: 'move the count as the page takes the place of the slot',
    violates: 'RefsExact',
    on: 'fault-vs-fork',
    counts_in: 'page',
    counts: [59, 93, 10],
  },
  'count-overflow': {
    title: 'A count that there is no room for beside the swap entry starts again at 0',
    without: 'refuse a count that there is no room for',
    violates: 'RefsExact',
    on: 'fork-of-the-last-count',
    counts_in: 'swapper_space',
    counts: [15, 21, 5],
  },
  'slot-freed-early': {
    title: 'The slot is freed as the page takes its place in the tree, and read after that',
    without: 'free the slot once the page is read',
    violates: 'NoStaleData',
    on: 'fault-vs-fault',
    counts_in: 'swapper_space',
    skip: ['Refines'],
    counts: [181, 303, 15],
  },
  'clean-page-dropped': {
    title: 'A page whose slot is freed at swap-in stays clean, and reclaim drops it',
    without: 'dirty the page whose slot is freed',
    violates: 'BackingLive',
    on: 'fault-vs-reclaim',
    counts_in: 'swapper_space',
    skip: ['Refines'],
    counts: [127, 213, 33],
  },
  'folio-moved': {
    title: 'A fault does not ask the page that it has locked whether it still is the page of the index',
    without: 'recheck the entry of the folio once it is locked',
    violates: 'Refines',
    on: 'fault-fault-reclaim',
    counts_in: 'swapper_space',
    counts: [8_892, 21_653, 50],
  },
  'pte-same': {
    title: 'Two faults bring the same page in, and the second does not look at the PTE again',
    without: 'pte_same under the page table lock',
    violates: 'NoUnderflow',
    on: 'fault-vs-fault',
    counts_in: 'swapper_space',
    counts: [468, 801, 27],
  },
  'page-freed': {
    title: 'Reclaim frees a page that a fault has just found in the tree',
    without: 'freeze the reference count before the page leaves the tree',
    violates: 'NoUseAfterFree',
    on: 'fault-vs-reclaim',
    counts_in: 'swapper_space',
    counts: [77, 135, 21],
  },
  'slot-on-dying-device': {
    title: 'A slot is allocated on a device that swapoff is taking away',
    without: 'allocate slots only while the device is on',
    violates: 'SwapoffClean',
    on: 'swapoff-vs-reclaim',
    counts_in: 'swapper_space',
    counts: [174, 302, 21],
  },
  'scanned-once': {
    title: 'swapoff gives the device back after one walk over the tree, while the last one that held an index is about to free its slot',
    without: 'scan again until no slot is in use',
    violates: 'SwapoffClean',
    on: 'swapoff-vs-zap',
    counts_in: 'swapper_space',
    counts: [55, 85, 9],
  },
}
