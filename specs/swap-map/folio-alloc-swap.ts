/** mm/swapfile.c, mm/swap_slots.c: slots for a folio that goes out. */
import { blocked, type Id, nth, type Ref, ref, ret, tail } from '../../checker/index.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { folio_nr_pages, swp_entry_nth } from './folio.js'
import { Entry, Folios, Nr, procedure, type State } from './state.js'
import { swp_type } from './swap-device.js'

/** get_swap_pages(1, &entry, order), for `nr` slots in a row; 0 where there are none. */
const get_swap_pages = procedure(
  'get_swap_pages',
  { args: { nr: Nr }, locals: { entry: ref(Entry), i: Nr }, returns: ref(Entry) },
  {
    /**
     * alloc_swap_scan_cluster(), with ci->lock held: cluster_scan_range() finds the slots; cluster_alloc_range(): memset(si->swap_map + start, SWAP_HAS_CACHE, nr_pages); who reads
     * without ci->lock may see each store. Of one slot, with unlock_cluster(ci)
     */
    cluster_alloc_range(s, me) {
      if (me.entry === 0) {
        if (!spin_lock(s.ci_lock, me.self)) return blocked
        me.entry = cluster_scan_range(s, me.nr)
      }
      if (me.entry !== 0) {
        const entry = swp_entry_nth(s, me.entry, me.i)
        s.swap_map[entry].SWAP_HAS_CACHE = true
        s.pin[entry] = me.self
        me.i++
        if (me.i < me.nr) return 'cluster_alloc_range'
      }
      spin_unlock(s.ci_lock, me.self)
      return ret(me.entry)
    },
  },
)

/** The first `nr` free slots in a row, as a large folio takes them: from an offset that is a multiple of its size. */
function cluster_scan_range(s: State, nr: number): Ref<'entry'> {
  const first = s.swap_map.ids.find((id, i) => i % nr === 0 && range(s, id, nr).every((entry) => isFree(s, entry, id)))
  return first ?? 0
}

function range(s: State, entry: Id<'entry'>, nr: number): Ref<'entry'>[] {
  return Array.from({ length: nr }, (_, i) => nth(s.swap_map.ids, entry, i))
}

function isFree(s: State, entry: Ref<'entry'>, first: Id<'entry'>): boolean {
  if (entry === 0 || swp_type(s, entry) !== swp_type(s, first)) return false
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
