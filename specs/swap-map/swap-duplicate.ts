/** mm/swapfile.c: __swap_duplicate() and who calls it: another count of an entry, or SWAP_HAS_CACHE. */
import { blocked, bool, int, ret, tail } from '../../checker/index.js'
import { EEXIST, ENOENT, ENOMEM } from '../kernel/errno.js'
import { spin_is_locked } from '../kernel/spinlock.js'
import { Entry, guard, procedure, SWAP_MAP_MAX, SWAP_MAP_SHMEM } from './state.js'
import { touch_device } from './swap-device.js'

/** 0, or -ENOENT where nothing holds the entry, -EEXIST where SWAP_HAS_CACHE is set, -ENOMEM where the count is at its end. */
const err = int(-EEXIST, 0)

/** __swap_duplicate(entry, usage, 1); `cache` says that usage is SWAP_HAS_CACHE, and otherwise it is 1, or SWAP_MAP_SHMEM. */
export const __swap_duplicate = procedure(
  '__swap_duplicate',
  { args: { entry: Entry, cache: bool, shmem: bool }, locals: { isRead: bool, count: int(0, SWAP_MAP_SHMEM) }, returns: err },
  {
    /**
     * ci = lock_cluster(si, offset); count = si->swap_map[offset]; … if (!count && !has_cache) err = -ENOENT; else if (usage ==
     * SWAP_HAS_CACHE) { if (has_cache) err = -EEXIST; } … WRITE_ONCE(si->swap_map[offset], count | has_cache); unlock_cluster(ci); one step:
     * all stores are under ci->lock, and this one is the only access of its turn. Without the lock, the read is a step of its own
     */
    WRITE_ONCE(s, me) {
      touch_device(s, me.entry)
      const map = s.swap_map[me.entry]
      const isLocked = guard('lock the cluster in __swap_duplicate')
      if (isLocked && spin_is_locked(s.ci_lock)) return blocked
      if (isLocked || !me.isRead) me.count = map.count
      if (!isLocked && !me.isRead) {
        me.isRead = true
        return 'WRITE_ONCE'
      }
      if (me.count === 0 && !map.SWAP_HAS_CACHE) return ret(-ENOENT)
      if (me.cache) {
        if (map.SWAP_HAS_CACHE) return ret(-EEXIST)
        map.count = me.count
        map.SWAP_HAS_CACHE = true
        s.pin[me.entry] = me.self
        return ret(0)
      }
      if (me.count >= SWAP_MAP_MAX) return ret(-ENOMEM)
      map.count = me.shmem ? SWAP_MAP_SHMEM : me.count + 1
      s.in_flight[me.entry] += 1
      return ret(0)
    },
  },
)

/** swap_duplicate(entry), of the holder of a PTE or of the folio lock. */
export const swap_duplicate = procedure(
  'swap_duplicate',
  { args: { entry: Entry }, calls: [__swap_duplicate], returns: err },
  {
    /** while (!err && __swap_duplicate(entry, 1, 1) == -ENOMEM) err = add_swap_count_continuation(entry, GFP_ATOMIC); */
    __swap_duplicate(_, me) {
      return tail(__swap_duplicate, { entry: me.entry, cache: false, shmem: false })
    },
  },
)

/** swapcache_prepare(entry, 1) */
export const swapcache_prepare = procedure(
  'swapcache_prepare',
  { args: { entry: Entry }, calls: [__swap_duplicate], returns: err },
  {
    /** return __swap_duplicate(entry, SWAP_HAS_CACHE, nr); */
    __swap_duplicate(_, me) {
      return tail(__swap_duplicate, { entry: me.entry, cache: true, shmem: false })
    },
  },
)
