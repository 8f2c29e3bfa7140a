/**
 * Swap as (object, offset), as Matthew Wilcox and David Howells outline it ("Re: [LSF/MM/BPF TOPIC] Large folios, swap and fscache", linux-mm, 2024-02-02):
 * what it is made of.
 *
 * Each anon_vma, each shmem inode and each file that a network file system caches is a swap object; swap maps (object, offset) to a block of a device, "just like
 * a filesystem". A page table entry of a page that is out says only that there is one: which object it is in follows from the VMA.
 *
 * Left out: offsets other than one (two offsets of an object share no field but the blocks, which every object shares); large folios; more than one device;
 * I/O errors, and I/O that completes later: the thread that submits some completes it, in a step of its own; the reference count of an anon_vma, which is
 * that of today (`object_alloc` sees who needs one); stores to a cached file while it is disconnected.
 */
import { array, bool, domain, type Id, int, language, oneOf, ordinal, type RecordView, record, ref, schema } from '../../checker/index.js'
import { folio_lock_fields } from '../kernel/folio-lock.js'
import { life } from '../kernel/memory.js'
import { spinlock_t } from '../kernel/spinlock.js'

/** Swap objects, of one page each. */
export const Objects = domain('object', 1)
/** Blocks of the swap device. */
export const Block = domain('block', 1)
export const Folios = domain('folio', 2)
/** Page table entries, each in an address space of its own. */
export const Pte = domain('pte', 1)
/** Names of what fscache keeps: a file and a data version of it. */
export const Key = domain('key', 1)
/** Files of the server. */
export const Files = domain('file', 1)
/** What a page holds: 0 is nobody's data; 1 to 3 change with every store; from 4 on, what the server has (`contents`). Ghost. */
export const Data = int(0, 15)
/** How many page table entries say that a page is out. */
export const Count = int(0, 3)
/** The number by which a volume is known to the cache. */
export const Volume = int(0, 1)

const state = schema({
  object: array(
    Objects,
    record({
      is: oneOf('nothing', 'anon_vma', 'inode', 'named'),
      /** Of an anon_vma: that of before the fork, which has what was not written to since. */
      parent: ref(Objects),
      /** The page cache of the object, under its xa_lock; a lookup reads one word under RCU. */
      folio: ref(Folios),
      /** Where swap has the page. Changed under the xa_lock too. */
      block: ref(Block),
      /** Of an anon_vma: how many page table entries say that this page is out. Under the xa_lock. */
      count: Count,
      /** Of an inode: i_size is before the page. */
      truncated: bool,
      /** Of a named one: the name, and the number of the volume as it was named. */
      key: ref(Key),
      volume: Volume,
      /** Locked in: the file is used while the server is away. */
      pinned: bool,
      /** Reads of a named one that are under way. */
      n_accesses: int(0, 3),
    }),
  ),
  /** Ghost: counts that no PTE shows: +1 for one that is taken before its PTE is set, -1 for one that is dropped before its PTE is cleared. */
  in_flight: array(Objects, int(-3, 3)),
  block: array(
    Block,
    record({
      allocated: bool,
      /** What a read gives. */
      data: Data,
      /** What is there after a power loss, unless the drive was quicker. */
      durable: Data,
    }),
  ),
  /** si->flags & SWP_WRITEOK */
  SWP_WRITEOK: bool,
  /** swapoff has given the device back. */
  torn_down: bool,
  folio: array(
    Folios,
    record({
      life,
      _refcount: int(0, 7),
      _mapcount: int(0, 3),
      ...folio_lock_fields,
      /** On an LRU list: who takes it off has it to itself as far as reclaim goes. */
      lru: bool,
      uptodate: bool,
      dirty: bool,
      /** folio->mapping: the object that the page is of, in its page cache or not. */
      mapping: ref(Objects),
      cached: bool,
      data: Data,
    }),
  ),
  pte: array(
    Pte,
    record({
      kind: oneOf('none', 'present', 'swap'),
      folio: ref(Folios),
      writable: bool,
      dirty: bool,
      ptl: spinlock_t,
      /** vma->anon_vma, or the inode of vma->vm_file. */
      object: ref(Objects),
      /** Ghost: the object that has the page which is out. */
      swapped: ref(Objects),
      /** Ghost: what the owner of the page last stored. */
      stored: Data,
    }),
  ),
  /** fscache: what the server has as the current version of each file, and what the next write makes it. */
  server: array(Files, record({ key: ref(Key), next: ref(Key) })),
  /** Of each name: the file that it is a version of, and whether the subkey that is invalidated is in it. Constant in a scenario. */
  name: array(Key, record({ file: ref(Files), subkey: bool })),
  /** What the cache does when all names with a subkey become invalid; constant in a scenario. */
  invalidate_by: oneOf('walk', 'number'),
  /** The number that the volume of the subkey has, in memory and on the device; and how many invalidations by a walk there were. */
  volume: Volume,
  generation: int(0, 1),
  /** Changes of the index of named objects, in memory and on the device, are made by one thread at a time. */
  index_lock: spinlock_t,
  /** The index as it is on the device: each record is written at once, and durable then. */
  record: array(Objects, record({ key: ref(Key), block: ref(Block), volume: Volume, pinned: bool })),
  volume_record: Volume,
  /** Power was lost: threads of before do nothing more. */
  power_lost: bool,
  /** The server has been restored from a backup: the names under the subkey stand for other data. */
  restored: bool,
  /** Ghost: that has been made known to the cache, which has answered. */
  invalidated: bool,
})

export type State = RecordView<(typeof state)['fields']>
export type Folio = State['folio'][Id<'folio'>]

/** The pieces of the protocol that a scenario may take out. */
export const protections = [
  'give a copy to the object of its writer',
  'look for the page and for its block under one lock',
  'look the object up again under the page table lock',
  'recheck folio->mapping once it is locked',
  'pte_same under the page table lock',
  'count who says that the page is out',
  'look for the page under the lock that erases the block',
  'look at the count as the page leaves the cache',
  'freeze the reference count before the page leaves the cache',
  'allocate blocks only while the device is on',
  'scan again until no block is in use',
  'put the data version in the key',
  'store under the version that came with the data',
  'hold the object while its block is read',
  'look for the key before a record is written',
  'evict nothing that is locked in',
  'erase the record before its block is free',
  'flush the data before a record names the block',
  'drop what was fetched before the invalidation',
  'take an object out of the index before its readers are waited for',
  'write the new number of the volume before it is used',
  'evict what is of a volume that has no number any more, locked in or not',
] as const

export const { procedure, invariant, quiescent, returns, guard, refines, spec } = language(state, { protections })

/** What the server has under a name, before the restore or after it. */
export function contents(key: Id<'key'>, restored: boolean): number {
  return 2 + 2 * ordinal(key) + Number(restored)
}
