/** Each protection in a pair of scenarios: `+fixed` has it and holds, `+broken` does without it and violates the property that is named. */
import type { Counts } from './pair.js'
import type { pairs } from './pairs.js'
import type { protections } from './state.js'

export interface Protection {
  readonly title: string
  readonly without: (typeof protections)[number]
  readonly violates: string
  readonly on: keyof typeof pairs
  /** Properties that would go first, and are not what this is about. */
  readonly skip?: readonly string[]
  readonly counts: Counts
}

export const protectionPairs: Readonly<Record<string, Protection>> = {
  'one-name-for-two-pages': {
    title:
      'The copy that one side of a fork writes to goes by the name of the page that the other side still has: the object of before the fork, and the offset',
    without: 'give a copy to the object of its writer',
    violates: 'RefinesPage',
    on: 'fault-reclaim-reclaim',
    counts: [3_117, 9_152, 42],
  },
  'looked-for-in-turn': {
    title:
      'Zap looks for the page in the page cache of the object, and then for its block, while swapoff brings it from there to here: it is in neither',
    without: 'look for the page and for its block under one lock',
    violates: 'NoLostPage',
    on: 'swapoff-vs-zap',
    counts: [132, 227, 15],
  },
  'one-name-overwritten': {
    title: 'The same: the copy is written to the block of the page that the other side still has',
    without: 'give a copy to the object of its writer',
    violates: 'BackingLive',
    on: 'fault-reclaim-reclaim',
    skip: ['RefinesPage'],
    counts: [4_816, 13_348, 57],
  },
  'count-of-another': {
    title: 'A fault drops the count of the page of before the copy, when the copy is out and has another',
    without: 'look the object up again under the page table lock',
    violates: 'RefsExact',
    on: 'fault-fault-reclaim',
    counts: [10_677, 27_396, 49],
  },
  'page-table-says-nothing': {
    title:
      'A page table entry that says no more than that the page is out is the same before and after: a fault maps the page of before the copy',
    without: 'look the object up again under the page table lock',
    violates: 'NoStaleData',
    on: 'fault-fault-reclaim',
    skip: ['RefsExact', 'RefinesPage', 'NoUnderflow'],
    counts: [12_128, 31_243, 53],
  },
  'folio-moved': {
    title: 'A fault does not ask the page that it has locked whether it still is the page of the object',
    without: 'recheck folio->mapping once it is locked',
    violates: 'SharedIsOne',
    on: 'shmem-truncate-vs-fault',
    counts: [89, 139, 21],
  },
  'pte-same': {
    title: 'Two faults bring the same page in, and the second does not look at the PTE again',
    without: 'pte_same under the page table lock',
    violates: 'NoUnderflow',
    on: 'fault-vs-fault',
    counts: [681, 1_182, 36],
  },
  uncounted: {
    title: 'Nobody counts who needs the page of an object: it stays as long as the object does, which a child may keep for ever',
    without: 'count who says that the page is out',
    violates: 'NoLeak',
    on: 'zap-vs-zap',
    counts: [81, 145, 17],
  },
  'block-erased-late': {
    title: 'The last one that needs the page looks for it, finds none in memory, and then erases the block, while a fault reads it in',
    without: 'look for the page under the lock that erases the block',
    violates: 'NoUseAfterFree',
    on: 'fault-vs-zap-of-one',
    counts: [116, 195, 15],
  },
  'count-unread': {
    title: 'The page leaves the cache of an object whose page nobody needs any more, and its block stays for ever',
    without: 'look at the count as the page leaves the cache',
    violates: 'NoLeak',
    on: 'reclaim-vs-zap-read-in',
    counts: [168, 302, 19],
  },
  'page-freed': {
    title: 'Reclaim frees a page that a fault has just found in the page cache of the object',
    without: 'freeze the reference count before the page leaves the cache',
    violates: 'NoUseAfterFree',
    on: 'fault-vs-reclaim',
    counts: [71, 125, 20],
  },
  'block-on-dying-device': {
    title: 'A block is allocated on a device that swapoff is taking away',
    without: 'allocate blocks only while the device is on',
    violates: 'SwapoffClean',
    on: 'swapoff-vs-reclaim',
    counts: [117, 202, 20],
  },
  'scanned-once': {
    title:
      'swapoff gives the device back after one walk over the objects, while the last one that needed a page is about to free its block',
    without: 'scan again until no block is in use',
    violates: 'SwapoffClean',
    on: 'swapoff-vs-zap',
    counts: [75, 121, 11],
  },
  unversioned: {
    title: 'The key is the file alone: an old version is served for the current one',
    without: 'put the data version in the key',
    violates: 'NoStaleVersion',
    on: 'read-vs-server',
    counts: [85, 142, 7],
  },
  'version-asked-for': {
    title: 'What the server sends is kept under the version that was asked for, and is a newer one',
    without: 'store under the version that came with the data',
    violates: 'RefinesCache',
    on: 'miss-vs-server',
    counts: [540, 963, 13],
  },
  'evicted-while-read': {
    title: 'Swap takes the block of a file that is being read: the read gives somebody’s anonymous memory',
    without: 'hold the object while its block is read',
    violates: 'NoStaleVersion',
    on: 'read-vs-reclaim',
    counts: [132, 222, 24],
  },
  'kept-twice': {
    title: 'Two reads miss, and both keep what they fetched under one name',
    without: 'look for the key before a record is written',
    violates: 'NamesUnique',
    on: 'read-vs-read',
    counts: [285, 495, 26],
  },
  'locked-in-evicted': {
    title: 'Swap takes the block of a file that is locked in',
    without: 'evict nothing that is locked in',
    violates: 'RefinesCache',
    on: 'pin-vs-reclaim',
    counts: [119, 202, 24],
  },
  'block-before-record': {
    title: 'Swap writes to a block that a record still names: after a power loss the cache would give anonymous memory for the file',
    without: 'erase the record before its block is free',
    violates: 'RecordsSound',
    on: 'read-vs-reclaim-of-old',
    skip: ['RefinesCache'],
    counts: [377, 689, 26],
  },
  'record-before-data': {
    title: 'The record is durable, and the data are in the cache of the drive',
    without: 'flush the data before a record names the block',
    violates: 'NoStaleVersion',
    on: 'power-vs-read',
    skip: ['RecordsSound', 'RefinesCache'],
    counts: [651, 1_190, 30],
  },
  'fetched-before': {
    title: 'What was fetched before the invalidation is kept after the walk has passed',
    without: 'drop what was fetched before the invalidation',
    violates: 'NoStaleVersion',
    on: 'restore-vs-read-walk',
    skip: ['RecordsSound', 'RefinesCache'],
    counts: [8_935, 20_402, 27],
  },
  'readers-waited-for': {
    title: 'The walk waits for the readers of a file that is found all the while: there is always one',
    without: 'take an object out of the index before its readers are waited for',
    violates: 'InvalidationEnds',
    on: 'restore-vs-readers',
    counts: [152, 259, 33],
  },
  'number-in-memory': {
    title: 'The new number of the volume is in memory alone: after a power loss everything that was invalid is back',
    without: 'write the new number of the volume before it is used',
    violates: 'NoStaleVersion',
    on: 'power-vs-restore',
    skip: ['RecordsSound', 'RefinesCache'],
    counts: [84, 132, 14],
  },
  'locked-in-for-ever': {
    title: 'What is locked in and becomes invalid with its volume is found by no lookup, and evicted by nobody',
    without: 'evict what is of a volume that has no number any more, locked in or not',
    violates: 'NoLeak',
    on: 'restore-of-pinned',
    counts: [49, 82, 9],
  },
}
