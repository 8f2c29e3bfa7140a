/** mm/swapfile.c, mm/swap_slots.c: slots for a folio that goes out. */
import { blocked, choose, type Id, nth, type Ref, ref, ret, tail } from '../../checker/index.js'
import { atomic_add } from '../kernel/atomic.js'
import { percpu_ref_put, percpu_ref_tryget_live } from '../kernel/percpu-ref.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { Device } from './device-fields.js'
import { folio_nr_pages, swp_entry_nth } from './folio.js'
import { Entry, Folios, guard, Nr, procedure, type State } from './state.js'
import { swp_type, touch_device } from './swap-device.js'

/** get_swap_pages(1, &entry, order), for `nr` slots in a row; 0 where there are none. Of several devices of one priority any may come first; the others are not tried. */
const get_swap_pages = procedure(
  'get_swap_pages',
  { args: { nr: Nr }, locals: { type: ref(Device), entry: ref(Entry), i: Nr }, returns: ref(Entry) },
  {
    /** plist_for_each_entry_safe(si, next, &swap_avail_heads[node], avail_lists[node]), under swap_avail_lock */
    plist_for_each_entry_safe(s, me) {
      const avail = availOfHighestPrio(s)
      if (avail.length === 0) return ret(0)
      me.type = choose(avail)
      return s.device.watched ? 'get_swap_device_info' : 'cluster_alloc_range'
    },
    /** if (get_swap_device_info(si)) { n_ret = scan_swap_map_slots(si, SWAP_HAS_CACHE, n_goal, swp_entries, order); */
    get_swap_device_info(s, me) {
      return me.type !== 0 && percpu_ref_tryget_live(s.swap_info[me.type].users) ? 'cluster_alloc_range' : ret(0)
    },
    /**
     * alloc_swap_scan_cluster(), with ci->lock held: cluster_scan_range() finds the slots; cluster_alloc_range(): if (!(si->flags & SWP_WRITEOK)) return false;
     * memset(si->swap_map + start, SWAP_HAS_CACHE, nr_pages); who reads without ci->lock may see each store; the last with unlock_cluster(ci)
     */
    cluster_alloc_range(s, me) {
      if (me.entry === 0) {
        if (!spin_lock(s.ci_lock, me.self)) return blocked
        me.entry = isWriteok(s, me.type) ? cluster_scan_range(s, me.type, me.nr) : 0
      }
      if (me.entry !== 0) {
        const entry = swp_entry_nth(s, me.entry, me.i)
        touch_device(s, entry)
        s.swap_map[entry].SWAP_HAS_CACHE = true
        s.pin[entry] = me.self
        me.i++
        if (me.i < me.nr) return 'cluster_alloc_range'
      }
      if (s.device.watched) return 'swap_range_alloc'
      spin_unlock(s.ci_lock, me.self)
      return ret(me.entry)
    },
    /** swap_range_alloc(si, nr_pages): swap_usage_add(): if (val == si->pages) del_from_avail_list(si, false); … unlock_cluster(ci); */
    swap_range_alloc(s, me) {
      if (me.type !== 0 && me.entry !== 0) {
        const si = s.swap_info[me.type]
        atomic_add(si, 'inuse_pages', me.nr)
        if (si.inuse_pages === s.swap_map.ids.filter((id) => swp_type(s, id) === me.type).length) si.avail = false
      }
      spin_unlock(s.ci_lock, me.self)
      return 'put_swap_device'
    },
    /** put_swap_device(si); } */
    put_swap_device(s, me) {
      if (me.type !== 0) percpu_ref_put(s.swap_info[me.type].users)
      return ret(me.entry)
    },
  },
)

function availOfHighestPrio({ device, swap_info }: State): readonly Id<'device'>[] {
  const avail = swap_info.ids.filter((id) => !device.watched || swap_info[id].avail)
  return avail.filter((id) => avail.every((other) => swap_info[other].prio <= swap_info[id].prio))
}

function isWriteok(s: State, type: Ref<'device'>): boolean {
  const isLooked = s.device.watched && guard('look at SWP_WRITEOK again once the cluster is locked')
  return !isLooked || (type !== 0 && s.swap_info[type].SWP_WRITEOK)
}

/** The first `nr` free slots in a row, as a large folio takes them: from an offset that is a multiple of its size. */
function cluster_scan_range(s: State, type: Ref<'device'>, nr: number): Ref<'entry'> {
  const first = s.swap_map.ids.find((id, i) => i % nr === 0 && range(s, id, nr).every((entry) => isFree(s, entry, type)))
  return first ?? 0
}

function range(s: State, entry: Id<'entry'>, nr: number): Ref<'entry'>[] {
  return Array.from({ length: nr }, (_, i) => nth(s.swap_map.ids, entry, i))
}

function isFree(s: State, entry: Ref<'entry'>, type: Ref<'device'>): boolean {
  if (entry === 0 || swp_type(s, entry) !== type) return false
  const { count, SWAP_HAS_CACHE } = s.swap_map[entry]
  return count === 0 && !SWAP_HAS_CACHE
}

/** folio_alloc_swap(folio): its first entry, of which SWAP_HAS_CACHE is the caller's; 0 where there is no room. */
export const folio_alloc_swap = procedure(
  'folio_alloc_swap',
  { args: { folio: Folios }, calls: [get_swap_pages], returns: ref(Entry) },
  {
    /** get_swap_pages(1, &entry, folio_order(folio)); */
    get_swap_pages(s, me) {
      return tail(get_swap_pages, { nr: folio_nr_pages(s, me.folio) })
    },
  },
)
