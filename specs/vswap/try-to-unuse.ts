/**
 * mm/swapfile.c: try_to_unuse() (patch 16): every slot of the device is given back, its page brought into the swap cache.
 *
 * Its first test of si->inuse_pages never succeeds: del_from_avail_list() has set SWAP_USAGE_OFFLIST_BIT in it.
 */
import { assert, asserted, blocked, call, type Id, int, known, nth, ordinal, type Ref, ref, ret, sleep } from '../../checker/index.js'
import { EINTR, EIO, ENOMEM } from '../kernel/errno.js'
import { folio_lock, folio_unlock } from '../kernel/folio-lock.js'
import { xa_load } from '../kernel/xarray.js'
import { Device } from './device.js'
import { folio_nr_pages, folio_put, held } from './folio.js'
import { read_swap_cache_async } from './read-swap-cache.js'
import { Entry, Folios, guard, procedure, Slot, type State } from './state.js'
import { assert_submitted, swap_read_unplug } from './swap-plug.js'
import { slot_nth, swp_slot_type } from './swap-slot.js'
import { vswap_swapoff } from './vswap-swapoff.js'

export const SwapoffHonest = asserted(
  'SwapoffHonest',
  'swapoff fails only for a reason that is real: out of memory, a signal, or a failed read.',
)

/** 0, or -ENOMEM, or -EINTR; or -EIO, which is not in the RFC. */
export const try_to_unuse = procedure(
  'try_to_unuse',
  {
    args: { type: Device },
    locals: { slot: ref(Slot), entry: ref(Entry), folio: ref(Folios), err: int(-EIO, 0) },
    calls: [read_swap_cache_async, vswap_swapoff],
    returns: int(-ENOMEM, 0),
  },
  {
    /** first round - submit the reads: for_each_allocated_offset(si, offset) { … } swap_read_unplug(splug); */
    first_round(s, me) {
      me.slot = for_each_allocated_offset(s, me.type, me.slot)
      if (me.slot !== 0) return 'first_entry'
      swap_read_unplug(s)
      return 'second_round'
    },
    /** entry = swp_slot_to_swp_entry(slot); if (!entry.val) continue; folio = pagein(entry, &splug, mpol); */
    first_entry(s, me) {
      const entry = xa_load(s.vswap_rmap, known(me.slot))
      return entry === 0 ? 'first_round' : call(read_swap_cache_async, { entry }, 'first_put', 'folio')
    },
    /** if (folio) folio_put(folio); */
    first_put(s, me) {
      if (me.folio !== 0) folio_put(s, me.folio)
      me.folio = 0
      return 'first_round'
    },
    /** second round - updating the virtual swap slots' backing state: for_each_allocated_offset(si, offset) */
    second_round(s, me) {
      me.slot = for_each_allocated_offset(s, me.type, me.slot)
      return me.slot === 0 ? 'finish' : 'retry'
    },
    /** retry: entry = swp_slot_to_swp_entry(slot); if (!entry.val) continue; folio = pagein(entry, &splug, mpol); */
    retry(s, me) {
      me.entry = xa_load(s.vswap_rmap, known(me.slot))
      return me.entry === 0 ? 'second_round' : call(read_swap_cache_async, { entry: me.entry }, 'unplug', 'folio')
    },
    /** if (!folio) …; with the protection, swap_read_unplug(splug); */
    unplug(s, me) {
      if (guard('submit the read before folio_lock in swapoff')) swap_read_unplug(s)
      return me.folio === 0 ? 'no_folio' : 'folio_lock'
    },
    /** folio_lock(folio); */
    folio_lock(s, me) {
      if (!guard('take the folio lock in swapoff')) return 'folio_test_swapcache'
      assert_submitted(s, me.folio)
      return folio_lock(held(s, me.folio), me.self) ? 'folio_test_swapcache' : blocked
    },
    /**
     * if (!swp_slot_to_swp_entry(swp_slot(type, offset)).val) continue; ret = -ENOMEM; goto finish; with the protection,
     * pagein() says that it is the entry that is going away, and then the lookup is done again, after schedule_timeout_uninterruptible(1)
     */
    no_folio(s, me) {
      me.entry = 0
      if (xa_load(s.vswap_rmap, known(me.slot)) === 0) return 'second_round'
      if (!s.device.no_memory && guard('tell an entry that goes away from a lack of memory'))
        return guard('sleep before swapoff looks up an entry that goes away again') ? sleep('retry') : 'retry'
      assert(s.device.no_memory, 'swapoff: unable to allocate swap cache folio', SwapoffHonest)
      return ret(-ENOMEM)
    },
    /**
     * if (!folio_test_swapcache(folio) || folio->swap.val != entry.val); with the protections, if (!folio_test_uptodate(folio)) then
     * ret = -EIO, and from a page that is not the first of its folio to the entry and the slot of the first; the folio lock keeps all
     */
    folio_test_swapcache(s, me) {
      const folio = held(s, me.folio)
      if (guard('go to the first page of a large folio in swapoff')) to_first_page(s, me)
      const moved = (!folio.swapcache || folio.swap !== me.entry) && guard('look at folio->swap again in swapoff')
      const isUnread = !moved && !folio.uptodate && guard('look whether the page was read in swapoff')
      if (isUnread) {
        assert(s.device.read_failed, 'swapoff: unable to read swap cache folio', SwapoffHonest)
        me.err = -EIO
        return 'folio_unlock'
      }
      return moved ? 'unlock_to_retry' : 'folio_wait_writeback'
    },
    /** { folio_unlock(folio); */
    unlock_to_retry(s, me) {
      if (guard('take the folio lock in swapoff')) folio_unlock(held(s, me.folio), me.self)
      return 'put_to_retry'
    },
    /** folio_put(folio); if (signal_pending(current)) break; schedule_timeout_uninterruptible(1); goto retry; } */
    put_to_retry(s, me) {
      folio_put(s, me.folio)
      me.folio = 0
      me.entry = 0
      if (!s.device.signal_pending) return 'retry'
      me.slot = 0
      return 'finish'
    },
    /** folio_wait_writeback(folio); it starts under the folio lock alone */
    folio_wait_writeback(s, me) {
      if (held(s, me.folio).writeback && guard('wait for writeback in swapoff')) return blocked
      const args = { entry: known(me.entry), folio: known(me.folio), slot: known(me.slot) }
      return call(vswap_swapoff, args, 'folio_unlock')
    },
    /** folio_unlock(folio); */
    folio_unlock(s, me) {
      if (guard('take the folio lock in swapoff')) folio_unlock(held(s, me.folio), me.self)
      return 'folio_put'
    },
    /** folio_put(folio); */
    folio_put(s, me) {
      folio_put(s, me.folio)
      me.folio = 0
      me.entry = 0
      return me.err === 0 ? 'second_round' : ret(me.err)
    },
    /**
     * concurrent swappers might still be releasing physical swap slots... while (swap_usage_in_pages(si)) { if
     * (signal_pending(current)) return -EINTR; schedule_timeout_uninterruptible(1); } with the protection, goto retry after it, where v6.14 does without
     */
    finish(s, me) {
      const { device } = s
      const { inuse_pages } = s.swap_info[me.type]
      const isOver = inuse_pages === 0 || device.signal_pending || !guard('wait for inuse_pages')
      if (!isOver && guard('walk the slots again while any is in use'))
        return guard('sleep before swapoff walks the slots again') ? sleep('second_round') : 'second_round'
      device.waiting = isOver ? 0 : me.type
      if (!isOver) return sleep('finish')
      return ret(inuse_pages !== 0 && device.signal_pending ? -EINTR : 0)
    },
  },
)

interface Found {
  entry: Ref<'entry'>
  slot: Ref<'slot'>
  readonly folio: Ref<'folio'>
}

/** Where the entry is that of a page of the folio, and not of the first: the slots of the folio are in a row. */
function to_first_page(s: State, me: Found): void {
  const { swapcache, swap } = held(s, me.folio)
  const n = ordinal(me.entry) - ordinal(swap)
  if (!swapcache || n <= 0 || n >= folio_nr_pages(s, me.folio)) return
  me.entry = swap
  me.slot = slot_nth(s, me.slot, -n)
}

/**
 * while (swap_usage_in_pages(si) && !signal_pending(current) && (offset = find_next_to_unuse(si, offset)) != 0): the next slot in
 * use, or 0. One step: while swapoff walks, slots are only given back and a signal stays, so it is as if all was read at the end.
 */
function for_each_allocated_offset(s: State, type: Id<'device'>, after: Ref<'slot'>): Ref<'slot'> {
  if (s.swap_info[type].inuse_pages === 0 || s.device.signal_pending) return 0
  let slot = after === 0 ? (s.swap_map.ids[0] ?? 0) : nth(s.swap_map.ids, after, 1)
  while (slot !== 0 && (!is_in_use(s, slot) || swp_slot_type(s, slot) !== type)) slot = nth(s.swap_map.ids, slot, 1)
  return slot
}

/** if (count && swap_count(count) != SWAP_MAP_BAD) break; */
function is_in_use({ swap_map }: State, slot: Id<'slot'>): boolean {
  return swap_map[slot] === 'SWAP_MAP_ALLOCATED' || (swap_map[slot] === 'SWAP_MAP_BAD' && !guard('pass over a bad slot in try_to_unuse'))
}
