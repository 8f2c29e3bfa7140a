/** mm/swapfile.c: what is given back of an entry: a count, or SWAP_HAS_CACHE; and with the last of it, the slot. */
import { assert, blocked, bool, call, type Id, ret, tail } from '../../checker/index.js'
import { atomic_sub } from '../kernel/atomic.js'
import { NoDoubleFree } from '../kernel/memory.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { swp_entry_nth } from './folio.js'
import { mem_cgroup_uncharge_swap } from './memcg.js'
import { Entry, guard, Nr, procedure, type State, SWAP_MAP_SHMEM } from './state.js'
import { swp_swap_info, touch_device } from './swap-device.js'
import { zswap_invalidate } from './zswap-entry.js'

/** swap_entry_range_free(si, ci, entry, nr_pages), by the holder of ci->lock. */
export const swap_entry_range_free = procedure(
  'swap_entry_range_free',
  { args: { entry: Entry, nr: Nr }, locals: { i: Nr }, calls: [zswap_invalidate] },
  {
    /** do { VM_BUG_ON(*map != SWAP_HAS_CACHE); *map = 0; } while (++map < map_end); who reads without ci->lock may see each store; mem_cgroup_uncharge_swap(entry, nr_pages): swap_cgroup_clear(entry, nr_pages) */
    map(s, me) {
      const entry = swp_entry_nth(s, me.entry, me.i)
      touch_device(s, entry)
      const map = s.swap_map[entry]
      assert(map.SWAP_HAS_CACHE && map.count === 0, 'VM_BUG_ON(*map != SWAP_HAS_CACHE)', NoDoubleFree)
      map.SWAP_HAS_CACHE = false
      s.pin[entry] = 0
      mem_cgroup_uncharge_swap(s, entry)
      me.i++
      if (me.i < me.nr) return 'map'
      me.i = 0
      return afterMap(s)
    },
    /** swap_range_free(si, offset, nr_pages): for (i = 0; i < nr_entries; i++) { … zswap_invalidate(swp_entry(si->type, offset + i)); } */
    zswap_invalidate(s, me) {
      const swp = swp_entry_nth(s, me.entry, me.i)
      me.i++
      const next = me.i < me.nr ? 'zswap_invalidate' : 'swap_range_free'
      return guard('invalidate the zswap entry with its slot') ? call(zswap_invalidate, { swp }, next) : next
    },
    /** swap_usage_sub(si, nr_entries); try_to_unuse() reads inuse_pages without a lock */
    swap_range_free(s, me) {
      if (!s.device.watched) return ret()
      touch_device(s, me.entry)
      const si = swp_swap_info(s, me.entry)
      atomic_sub(si, 'inuse_pages', me.nr)
      return si.avail ? ret() : 'add_to_avail_list'
    },
    /** if (unlikely(val & SWAP_USAGE_OFFLIST_BIT)) add_to_avail_list(si, false): if (!(READ_ONCE(si->flags) & SWP_WRITEOK)) goto skip; … plist_add(); under swap_avail_lock */
    add_to_avail_list(s, me) {
      const si = swp_swap_info(s, me.entry)
      si.avail = si.SWP_WRITEOK
      return ret()
    },
  },
)

/** What swap_range_free() has to do; where nothing reads inuse_pages, that is no step. */
function afterMap(s: State) {
  if (s.zswap !== 'off') return 'zswap_invalidate'
  return s.device.watched ? 'swap_range_free' : ret()
}

/** What __swap_entry_free_locked(si, offset, usage) leaves: nothing, then the byte is SWAP_HAS_CACHE until the slot is freed. */
type Usage = 'nothing' | 'SWAP_HAS_CACHE' | 'more'

/** `cache` says that usage is SWAP_HAS_CACHE, and otherwise it is 1: one WRITE_ONCE(si->swap_map[offset], …), with ci->lock held. */
function __swap_entry_free_locked(s: State, self: Id<'thread'>, entry: Id<'entry'>, cache: boolean): Usage {
  touch_device(s, entry)
  const map = s.swap_map[entry]
  if (cache) {
    assert(map.SWAP_HAS_CACHE, 'VM_BUG_ON(!has_cache)', NoDoubleFree)
    map.SWAP_HAS_CACHE = false
    s.pin[entry] = 0
  } else {
    assert(map.count > 0, 'swap_free: Unused swap offset entry', NoDoubleFree)
    map.count = map.count === SWAP_MAP_SHMEM ? 0 : map.count - 1
    s.in_flight[entry] -= 1
  }
  if (map.count > 0) return 'more'
  if (map.SWAP_HAS_CACHE) return 'SWAP_HAS_CACHE'
  map.SWAP_HAS_CACHE = true
  s.pin[entry] = self
  return 'nothing'
}

/** __swap_entry_free(si, entry): drops a count; whether SWAP_HAS_CACHE is all that it leaves. */
export const __swap_entry_free = procedure(
  '__swap_entry_free',
  { args: { entry: Entry }, calls: [swap_entry_range_free], returns: bool },
  {
    /** ci = lock_cluster(si, offset); usage = __swap_entry_free_locked(si, offset, 1); where something is left, unlock_cluster(ci), too */
    __swap_entry_free_locked(s, me) {
      if (!spin_lock(s.ci_lock, me.self)) return blocked
      const usage = __swap_entry_free_locked(s, me.self, me.entry, false)
      if (usage === 'nothing') return call(swap_entry_range_free, { entry: me.entry, nr: 1 }, 'unlock_cluster')
      spin_unlock(s.ci_lock, me.self)
      return ret(usage === 'SWAP_HAS_CACHE')
    },
    /** unlock_cluster(ci); return usage; */
    unlock_cluster(s, me) {
      spin_unlock(s.ci_lock, me.self)
      return ret(false)
    },
  },
)

/** cluster_swap_free_nr(si, offset, nr_pages, usage); `cache` as above. */
const cluster_swap_free_nr = procedure(
  'cluster_swap_free_nr',
  { args: { entry: Entry, nr: Nr, cache: bool }, locals: { i: Nr }, calls: [swap_entry_range_free] },
  {
    /**
     * ci = lock_cluster(si, offset); do { if (!__swap_entry_free_locked(si, offset, usage)) swap_entry_range_free(si, ci, swp_entry(si->type,
     * offset), 1); } while (++offset < end); where nothing is freed, the last with unlock_cluster(ci)
     */
    __swap_entry_free_locked(s, me) {
      if (me.i === 0 && !spin_lock(s.ci_lock, me.self)) return blocked
      const entry = swp_entry_nth(s, me.entry, me.i)
      const usage = __swap_entry_free_locked(s, me.self, entry, me.cache)
      me.i++
      const next = me.i < me.nr ? '__swap_entry_free_locked' : 'unlock_cluster'
      if (usage === 'nothing') return call(swap_entry_range_free, { entry, nr: 1 }, next)
      if (me.i < me.nr) return next
      spin_unlock(s.ci_lock, me.self)
      return ret()
    },
    /** unlock_cluster(ci); */
    unlock_cluster(s, me) {
      spin_unlock(s.ci_lock, me.self)
      return ret()
    },
  },
)

/** swap_free_nr(entry, nr_pages) */
export const swap_free_nr = procedure(
  'swap_free_nr',
  { args: { entry: Entry, nr: Nr }, calls: [cluster_swap_free_nr] },
  {
    /** cluster_swap_free_nr(sis, offset, nr, 1); */
    cluster_swap_free_nr(_, me) {
      return tail(cluster_swap_free_nr, { entry: me.entry, nr: me.nr, cache: false })
    },
  },
)

/** swapcache_clear(si, entry, nr) */
export const swapcache_clear = procedure(
  'swapcache_clear',
  { args: { entry: Entry, nr: Nr }, calls: [cluster_swap_free_nr] },
  {
    /** cluster_swap_free_nr(si, swp_offset(entry), nr, SWAP_HAS_CACHE); */
    cluster_swap_free_nr(_, me) {
      return tail(cluster_swap_free_nr, { entry: me.entry, nr: me.nr, cache: true })
    },
  },
)

/** put_swap_folio(folio, entry), of nr pages. */
export const put_swap_folio = procedure(
  'put_swap_folio',
  { args: { entry: Entry, nr: Nr }, locals: { i: Nr }, calls: [swap_entry_range_free] },
  {
    /** ci = lock_cluster(si, offset); if (swap_is_has_cache(si, offset, size)) swap_entry_range_free(si, ci, entry, size); */
    swap_is_has_cache(s, me) {
      if (!spin_lock(s.ci_lock, me.self)) return blocked
      touch_device(s, me.entry)
      if (swap_is_has_cache(s, me.entry, me.nr)) return call(swap_entry_range_free, { entry: me.entry, nr: me.nr }, 'unlock_cluster')
      return '__swap_entry_free_locked'
    },
    /**
     * else { for (int i = 0; i < size; i++, entry.val++) { if (!__swap_entry_free_locked(si, offset + i, SWAP_HAS_CACHE))
     * swap_entry_range_free(si, ci, entry, 1); } }
     */
    __swap_entry_free_locked(s, me) {
      const entry = swp_entry_nth(s, me.entry, me.i)
      const usage = __swap_entry_free_locked(s, me.self, entry, true)
      me.i++
      const next = me.i < me.nr ? '__swap_entry_free_locked' : 'unlock_cluster'
      return usage === 'nothing' ? call(swap_entry_range_free, { entry, nr: 1 }, next) : next
    },
    /** unlock_cluster(ci); */
    unlock_cluster(s, me) {
      spin_unlock(s.ci_lock, me.self)
      return ret()
    },
  },
)

/** swap_is_has_cache(si, offset, nr_pages) */
export function swap_is_has_cache(s: State, entry: Id<'entry'>, nr: number): boolean {
  for (let i = 0; i < nr; i++) {
    const { count, SWAP_HAS_CACHE } = s.swap_map[swp_entry_nth(s, entry, i)]
    if (!SWAP_HAS_CACHE || count > 0) return false
  }
  return true
}
