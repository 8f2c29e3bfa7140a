/** One scenario for each pair of processes that can meet in an object or at its blocks, and three-way ones where a page goes out again. */
import type { Process } from '../../checker/index.js'
import {
  cached,
  cachedAndPinned,
  fault,
  fork,
  inodeIn,
  inodeOut,
  mapped,
  netfs_read,
  pin,
  power,
  readers,
  readIn,
  readInAndMapped,
  reclaim,
  restore_volume,
  served,
  server,
  swapoff,
  swappedOut,
  truncate,
  zap,
} from './object-swap.js'
import type { State } from './state.js'
import {
  aloneOnPte,
  anonymous,
  apartFault,
  apartFork,
  apartTruncate,
  apartZap,
  byNumber,
  byWalk,
  forkOfSwapped,
  inPageCache,
  keptByReclaim,
  noHitOfFault,
  noHitOfSwapoff,
  noLostCopy,
  noReclaimEvict,
  noSwapoffEvict,
  notCopied,
  ofShmem,
  onlyNamed,
  reasons,
  roomAfterPowerLoss,
  roomForReaders,
  roomToRead,
  roomToReclaim,
  zapOfSwapped,
  zapWithoutPage,
} from './unreachable.js'

export type Counts = readonly [distinct: number, generated: number, depth: number]

export interface Pair {
  readonly title: string
  readonly run: readonly Process[]
  readonly init: (s: State) => void
  readonly bounds?: Readonly<Record<string, number>>
  readonly unreachable: Readonly<Record<string, readonly string[]>>
  readonly counts: Counts
}

const read = (pte: number) => fault({ pte, write: false })
const write = (pte: number) => fault({ pte, write: true })
const file = { file: 1 }

const forked = { pte: 2, object: 3, block: 2 }

export const pairs = {
  'fault-vs-fault': {
    title: 'Two threads fault on one PTE',
    run: [read(1), write(1)],
    init: (s) => swappedOut(s, 1),
    unreachable: reasons(anonymous, apartFault, inPageCache, noLostCopy),
    counts: [899, 1_587, 50],
  },
  'fault-vs-fault-forked': {
    title: 'Two sides of a fork write to the page that was out before it',
    run: [write(1), write(2)],
    init: (s) => swappedOut(s, 2),
    bounds: { ...forked, folio: 3 },
    unreachable: reasons(anonymous, apartFault, inPageCache, noLostCopy, aloneOnPte),
    counts: [3_235, 5_969, 70],
  },
  'fault-vs-zap': {
    title: 'One side of a fork writes to the page, the other goes',
    run: [write(1), zap({ pte: 2 })],
    init: (s) => swappedOut(s, 2),
    bounds: forked,
    unreachable: reasons(anonymous, apartFault, apartZap, inPageCache, noLostCopy, aloneOnPte, zapOfSwapped, noHitOfFault, {
      'the other side keeps the block': ['zap/swap_free.swap_free_block'],
    }),
    counts: [555, 1_019, 51],
  },
  'zap-vs-zap': {
    title: 'Both sides of a fork go',
    run: [zap({ pte: 1 }), zap({ pte: 2 })],
    init: (s) => swappedOut(s, 2),
    bounds: forked,
    unreachable: reasons(apartZap, zapOfSwapped, zapWithoutPage),
    counts: [87, 155, 18],
  },
  'fault-vs-fork': {
    title: 'A process forks while it writes to a page that is out',
    run: [write(1), fork({ src_pte: 1, dst_pte: 2 })],
    init: (s) => swappedOut(s, 1),
    bounds: { pte: 2, object: 3 },
    unreachable: reasons(anonymous, apartFault, apartFork, inPageCache, noLostCopy, aloneOnPte, noHitOfFault, {
      'the other side keeps the page': ['fault/delete_from_object.swap_free_block', 'fault/delete_from_object.folio_put'],
    }),
    counts: [227, 382, 44],
  },
  'zap-vs-fork': {
    title: 'One side of a fork forks again, the other goes',
    run: [zap({ pte: 2 }), fork({ src_pte: 1, dst_pte: 3 })],
    init: (s) => swappedOut(s, 2),
    bounds: { pte: 3, object: 5 },
    unreachable: reasons(apartZap, apartFork, zapOfSwapped, zapWithoutPage, forkOfSwapped, {
      'the other side keeps the block': ['zap/swap_free.swap_free_block'],
    }),
    counts: [115, 201, 19],
  },
  'reclaim-vs-fault': {
    title: 'The page goes out while its owner writes to it',
    run: [reclaim({}), write(1)],
    init: (s) => mapped(s, 1),
    unreachable: reasons(anonymous, apartFault, inPageCache, noLostCopy, aloneOnPte, noReclaimEvict, roomToReclaim, keptByReclaim),
    counts: [226, 356, 53],
  },
  'fault-vs-reclaim': {
    title: 'The page comes in, and goes out again',
    run: [write(1), reclaim({})],
    init: (s) => swappedOut(s, 1),
    unreachable: reasons(anonymous, apartFault, inPageCache, aloneOnPte, noReclaimEvict, roomToReclaim),
    counts: [436, 753, 58],
  },
  'reclaim-vs-zap': {
    title: 'The page goes out while its owner goes',
    run: [reclaim({}), zap({ pte: 1 })],
    init: (s) => mapped(s, 1),
    unreachable: reasons(apartZap, noReclaimEvict, roomToReclaim),
    counts: [290, 509, 36],
  },
  'reclaim-vs-zap-read-in': {
    title: 'The page that nobody has mapped leaves the page cache of its object while the last one that needs it goes',
    run: [reclaim({}), zap({ pte: 1 })],
    init: (s) => readIn(s, 1),
    unreachable: reasons(apartZap, zapOfSwapped, noReclaimEvict, roomToReclaim, {
      'nobody has mapped the page': [
        'reclaim/try_to_unmap.page_vma_mapped_walk',
        'reclaim/try_to_unmap.ptep_clear_flush',
        'reclaim/try_to_unmap.folio_remove_rmap_pte',
        'reclaim/try_to_unmap.folio_put',
        'reclaim/try_to_unmap.unlock',
        'reclaim/try_to_unmap.next',
      ],
      'shmem says nothing in a page table of a page that is out': ['reclaim/try_to_unmap.set_pte_at'],
    }),
    counts: [191, 346, 26],
  },
  'fault-vs-zap-of-one': {
    title: 'A process goes while one of its threads reads the page in',
    run: [read(1), zap({ pte: 1 })],
    init: (s) => swappedOut(s, 1),
    unreachable: reasons(anonymous, apartFault, apartZap, inPageCache, noLostCopy, noHitOfFault, notCopied),
    counts: [247, 421, 34],
  },
  'reclaim-vs-zap-of-another': {
    title: 'The page that one side of a fork has mapped goes out again while the other side goes',
    run: [reclaim({}), zap({ pte: 2 })],
    init: (s) => readInAndMapped(s, 2),
    bounds: forked,
    unreachable: reasons(apartZap, zapOfSwapped, noReclaimEvict, roomToReclaim, keptByReclaim, {
      'the other side keeps the block': ['zap/swap_free.swap_free_block'],
    }),
    counts: [369, 679, 36],
  },
  'reclaim-vs-fork': {
    title: 'The page goes out while its owner forks',
    run: [reclaim({}), fork({ src_pte: 1, dst_pte: 2 })],
    init: (s) => mapped(s, 1),
    bounds: { pte: 2, object: 3 },
    unreachable: reasons(apartFork, noReclaimEvict, roomToReclaim, keptByReclaim, {
      'reclaim waits for the fork, and finds all PTEs': ['reclaim/shrink_folio_list.keep_locked', 'reclaim/shrink_folio_list.keep'],
    }),
    counts: [191, 334, 31],
  },
  'fault-reclaim-reclaim': {
    title: 'One side of a fork writes to the page, and both the page and the copy go out',
    run: [write(1), reclaim({}), reclaim({})],
    init: (s) => readIn(s, 2),
    bounds: { ...forked, folio: 3 },
    unreachable: reasons(anonymous, apartFault, inPageCache, aloneOnPte, noReclaimEvict),
    counts: [19_527, 50_133, 134],
  },
  'fault-fault-reclaim': {
    title: 'The page is copied, and the copy goes out, while another fault on the same PTE has the old page in hand',
    run: [read(1), write(1), reclaim({})],
    init: (s) => readIn(s, 2),
    bounds: { ...forked, folio: 3 },
    unreachable: reasons(anonymous, apartFault, inPageCache, noReclaimEvict, roomToReclaim, keptByReclaim),
    counts: [17_862, 45_785, 97],
  },
  'swapoff-vs-fault': {
    title: 'The device is taken away while a page comes in from it',
    run: [swapoff({}), write(1)],
    init: (s) => swappedOut(s, 1),
    unreachable: reasons(anonymous, apartFault, inPageCache, noLostCopy, aloneOnPte, noSwapoffEvict),
    counts: [932, 1_665, 50],
  },
  'swapoff-vs-zap': {
    title: 'The device is taken away while the last one that needs a page on it goes',
    run: [swapoff({}), zap({ pte: 1 })],
    init: (s) => swappedOut(s, 1),
    unreachable: reasons(apartZap, zapOfSwapped, noSwapoffEvict, noHitOfSwapoff),
    counts: [243, 436, 31],
  },
  'swapoff-vs-reclaim': {
    title: 'The device is taken away while a page goes out to it',
    run: [swapoff({}), reclaim({})],
    init: (s) => mapped(s, 1),
    unreachable: reasons(noReclaimEvict, noSwapoffEvict, roomToReclaim, keptByReclaim),
    counts: [191, 326, 35],
  },
  'swapoff-vs-fork': {
    title: 'The device is taken away while the owner of a page on it forks; no page table is looked at',
    run: [swapoff({}), fork({ src_pte: 1, dst_pte: 2 })],
    init: (s) => swappedOut(s, 1),
    bounds: { pte: 2, object: 3 },
    unreachable: reasons(apartFork, forkOfSwapped, noSwapoffEvict, noHitOfSwapoff),
    counts: [200, 371, 29],
  },
  'shmem-fault-vs-fault': {
    title: 'Two processes write to a page of shmem that is out',
    run: [write(1), write(2)],
    init: inodeOut,
    bounds: { pte: 2 },
    unreachable: reasons(ofShmem, { 'each of them maps the page': ['fault/shmem_fault.folio_put'] }),
    counts: [332, 583, 30],
  },
  'shmem-reclaim-vs-fault': {
    title: 'A page of shmem goes out while another process writes to it',
    run: [reclaim({}), write(2)],
    init: inodeIn,
    bounds: { pte: 2 },
    unreachable: reasons(ofShmem, noReclaimEvict, roomToReclaim, keptByReclaim, {
      'shmem says nothing in a page table of a page that is out': ['reclaim/try_to_unmap.set_pte_at'],
      'each of them maps the page': ['fault/shmem_fault.folio_put'],
    }),
    counts: [237, 395, 37],
  },
  'shmem-truncate-vs-fault': {
    title: 'A file of shmem is truncated while its page comes in',
    run: [truncate({ object: 1 }), write(1)],
    init: inodeOut,
    unreachable: reasons(ofShmem, apartTruncate, noHitOfFault),
    counts: [104, 163, 28],
  },
  'shmem-truncate-vs-reclaim': {
    title: 'A file of shmem is truncated while its page goes out',
    run: [truncate({ object: 1 }), reclaim({})],
    init: inodeIn,
    unreachable: reasons(apartTruncate, noReclaimEvict, roomToReclaim, keptByReclaim, {
      'shmem says nothing in a page table of a page that is out': ['reclaim/try_to_unmap.set_pte_at'],
    }),
    counts: [143, 253, 29],
  },
  'shmem-swapoff-vs-truncate': {
    title: 'The device is taken away while a file of shmem on it is truncated',
    run: [swapoff({}), truncate({ object: 1 })],
    init: inodeOut,
    unreachable: reasons(apartTruncate, noSwapoffEvict, noHitOfSwapoff, {
      'nobody has mapped the page': ['truncate/shmem_truncate_range.zap_present_ptes', 'truncate/shmem_truncate_range.pte_unmap_unlock'],
    }),
    counts: [128, 220, 26],
  },
  'read-vs-read': {
    title: 'Two threads read a file that is not in the cache',
    run: [netfs_read(file), netfs_read(file)],
    init: served,
    bounds: { object: 2, block: 2 },
    unreachable: reasons(roomToRead),
    counts: [286, 505, 28],
  },
  'read-vs-server': {
    title: 'A file is read while another client writes to it',
    run: [netfs_read(file), netfs_read(file), server(file)],
    init: cached,
    bounds: { key: 2, object: 2, block: 2 },
    unreachable: reasons({ 'there is always something to evict': ['netfs_read/fscache_evict.none'] }),
    counts: [639, 1_153, 37],
  },
  'miss-vs-server': {
    title: 'A file that is not in the cache is read while another client writes to it',
    run: [netfs_read(file), netfs_read(file), server(file)],
    init: served,
    bounds: { key: 2, object: 2, block: 2 },
    unreachable: reasons(roomToRead),
    counts: [1_359, 2_669, 30],
  },
  'read-vs-reclaim-of-old': {
    title: 'A version is stored in place of an older one while swap needs a block',
    run: [netfs_read(file), reclaim({})],
    init(s) {
      cached(s)
      serverIsAhead(s)
      mapped(s, 1)
    },
    bounds: { object: 3, key: 2 },
    unreachable: reasons(keptByReclaim, {
      'the version is not in the cache': [
        'netfs_read/netfs_read.read_block',
        'netfs_read/netfs_read.fscache_end',
        'netfs_read/netfs_read.served',
      ],
      'nobody else stores that version': ['netfs_read/fscache_store.swap_free_block'],
    }),
    counts: [652, 1_222, 42],
  },
  'read-vs-reclaim': {
    title: 'Swap needs the only block, in which a file is that is being read',
    run: [netfs_read(file), reclaim({})],
    init(s) {
      cached(s)
      mapped(s, 1)
    },
    bounds: { object: 2 },
    unreachable: reasons(keptByReclaim, {
      'nobody else stores that version': ['netfs_read/fscache_store.swap_free_block'],
      'nothing may be evicted': [
        'netfs_read/swap_alloc_block.again',
        'netfs_read/fscache_evict.erase_record',
        'netfs_read/fscache_evict.swap_free_block',
        'netfs_read/fscache_evict.unlock',
      ],
      'there is a block, or nothing to evict': ['netfs_read/fscache_evict.lock', 'netfs_read/fscache_evict.pick'],
      'there is always something to evict': ['netfs_read/fscache_evict.none'],
    }),
    counts: [316, 572, 40],
  },
  'pin-vs-reclaim': {
    title: 'Swap needs the only block while the file in it is being locked in',
    run: [pin(file), reclaim({})],
    init(s) {
      cached(s)
      mapped(s, 1)
    },
    bounds: { object: 2 },
    unreachable: reasons(keptByReclaim),
    counts: [145, 246, 31],
  },
  'swapoff-vs-read': {
    title: 'The device is taken away while a file in its cache is read',
    run: [swapoff({}), netfs_read(file)],
    init: cached,
    unreachable: reasons(onlyNamed, roomToRead, {
      'nothing is locked in': ['swapoff/swapoff.set_writeok'],
      'the device has no block for it': [
        'netfs_read/fscache_store.flush',
        'netfs_read/fscache_store.lock',
        'netfs_read/fscache_store.lookup',
        'netfs_read/fscache_store.write_record',
        'netfs_read/fscache_store.insert',
        'netfs_read/fscache_store.unlock',
      ],
      'nobody else stores that version': ['netfs_read/fscache_store.swap_free_block'],
    }),
    counts: [106, 189, 18],
  },
  'swapoff-vs-pin': {
    title: 'The device is taken away while a file in its cache is being locked in: one of the two fails',
    run: [swapoff({}), pin(file)],
    init: cached,
    unreachable: reasons(onlyNamed),
    counts: [46, 66, 14],
  },
  'restore-vs-read-walk': {
    title: 'All names with a subkey become invalid while a file is read; a walk takes them out of the cache',
    run: [restore_volume({}), netfs_read(file), netfs_read(file)],
    init: served,
    bounds: { object: 2, block: 2 },
    unreachable: reasons(byWalk, roomToRead),
    counts: [11_319, 26_844, 37],
  },
  'restore-vs-read-number': {
    title: 'All names with a subkey become invalid while a file is read; the volume gets another number',
    run: [restore_volume({}), netfs_read(file), netfs_read(file)],
    init(s) {
      cached(s)
      s.invalidate_by = 'number'
    },
    bounds: { object: 2, block: 2 },
    unreachable: reasons(byNumber, { 'there is always something to evict': ['netfs_read/fscache_evict.none'] }),
    counts: [2_632, 5_567, 42],
  },
  'restore-vs-readers': {
    title: 'All names with a subkey become invalid while a file is read again and again',
    run: [restore_volume({}), readers(file)],
    init: cached,
    bounds: { object: 2, block: 2 },
    unreachable: reasons(byWalk, roomForReaders, { 'nobody else stores that version': ['readers/fscache_store.swap_free_block'] }),
    counts: [154, 263, 33],
  },
  'restore-of-pinned': {
    title: 'What is locked in becomes invalid with its volume, and swap needs its block',
    run: [restore_volume({}), reclaim({})],
    init(s) {
      cachedAndPinned(s)
      mapped(s, 1)
      s.invalidate_by = 'number'
    },
    bounds: { object: 2 },
    unreachable: reasons(byNumber, keptByReclaim),
    counts: [182, 317, 34],
  },
  'power-vs-read': {
    title: 'Power is lost while a file is stored in the cache, in place of an older version',
    run: [power(file), netfs_read(file)],
    init(s) {
      cached(s)
      serverIsAhead(s)
    },
    bounds: { key: 2, object: 2 },
    unreachable: reasons({
      'nobody else stores that version': ['power/fscache_store.swap_free_block', 'netfs_read/fscache_store.swap_free_block'],
      'there is always something to evict': ['power/fscache_evict.none', 'netfs_read/fscache_evict.none'],
      'the version is not in the cache': [
        'netfs_read/netfs_read.read_block',
        'netfs_read/netfs_read.fscache_end',
        'netfs_read/netfs_read.served',
      ],
    }),
    counts: [726, 1_370, 40],
  },
  'power-vs-restore': {
    title: 'Power is lost while a volume gets another number',
    run: [power(file), restore_volume({})],
    init(s) {
      cached(s)
      s.invalidate_by = 'number'
    },
    unreachable: reasons(byNumber, {
      'nobody else stores that version': ['power/fscache_store.swap_free_block'],
      'there is always something to evict': ['power/fscache_evict.none'],
    }),
    counts: [202, 319, 34],
  },
  'power-vs-restore-walk': {
    title: 'Power is lost while a walk takes what is invalid out of the cache',
    run: [power(file), restore_volume({})],
    init: cached,
    unreachable: reasons(byWalk, roomAfterPowerLoss, { 'nobody else stores that version': ['power/fscache_store.swap_free_block'] }),
    counts: [241, 394, 30],
  },
  'power-vs-pin': {
    title: 'Power is lost while a file is being locked in',
    run: [power(file), pin(file)],
    init: cached,
    unreachable: reasons(roomAfterPowerLoss, {
      'the file is in the cache after the power loss': [
        'power/netfs_read.netfs_fetch',
        'power/netfs_read.fscache_store',
        'power/netfs_read.stored',
        'power/fscache_store.alloc',
        'power/fscache_store.write',
        'power/fscache_store.flush',
        'power/fscache_store.lock',
        'power/fscache_store.lookup',
        'power/fscache_store.write_record',
        'power/fscache_store.insert',
        'power/fscache_store.unlock',
        'power/swap_alloc_block.alloc',
      ],
      'nobody else stores that version': ['power/fscache_store.swap_free_block'],
    }),
    counts: [76, 125, 15],
  },
} satisfies Readonly<Record<string, Pair>>

/** The server has a newer version than the one in the cache. */
function serverIsAhead(s: State): void {
  for (const file of s.server.ids) s.server[file].key = s.server[file].next
}
