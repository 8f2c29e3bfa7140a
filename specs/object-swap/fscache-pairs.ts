/** Processes that meet on a file of fscache: readers, the server, reclaim, and a loss of power. */
import {
  cached,
  cachedAndPinned,
  mapped,
  netfs_read,
  pin,
  power,
  readers,
  reclaim,
  restore_volume,
  served,
  server,
  swapoff,
} from './object-swap.js'
import type { Pair } from './pair.js'
import type { State } from './state.js'
import { byNumber, byWalk, keptByReclaim, onlyNamed, reasons, roomAfterPowerLoss, roomForReaders, roomToRead } from './unreachable.js'

const file = { file: 1 }

export const fscachePairs = {
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
