/** mm/swapfile.c: try_to_unuse(): brings back every page of a device, by a walk over the page tables that may hold its entries. */
import { blocked, call, type Id, int, known, nth, type Ref, ref, ret } from '../../checker/index.js'
import { ENOMEM } from '../kernel/errno.js'
import { folio_lock, folio_unlock } from '../kernel/folio-lock.js'
import { folio_get } from '../kernel/folio-ref.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { folio_add_anon_rmap_ptes } from './anon-rmap.js'
import { Device } from './device-fields.js'
import { filemap_get_folio } from './filemap.js'
import { folio_put, held } from './folio.js'
import { read_swap_cache_async } from './read-swap-cache.js'
import { Entry, Folios, guard, Pte, procedure, type State } from './state.js'
import { swp_type } from './swap-device.js'
import { swap_free_nr } from './swap-entry-free.js'
import { delete_from_swap_cache, folio_free_swap } from './swap-state.js'

/** unuse_pte(vma, pmd, addr, entry, folio), by the holder of the folio lock. */
const unuse_pte = procedure(
  'unuse_pte',
  { args: { pte: Pte, entry: Entry, folio: Folios }, calls: [swap_free_nr] },
  {
    /** pte = pte_offset_map_lock(vma->vm_mm, pmd, addr, &ptl); */
    pte_offset_map_lock(s, me) {
      return spin_lock(s.pte[me.pte].ptl, me.self) ? 'pte_same_as_swp' : blocked
    },
    /**
     * if (unlikely(!pte || !pte_same_as_swp(ptep_get(pte), swp_entry_to_pte(entry)))) { ret = 0; goto out; } … folio_get(folio); … if (pte_swp_exclusive(old_pte))
     * rmap_flags |= RMAP_EXCLUSIVE; folio_add_anon_rmap_pte(folio, page, vma, addr, rmap_flags); … set_pte_at(vma->vm_mm, addr, pte, new_pte); under both locks
     */
    pte_same_as_swp(s, me) {
      const pte = s.pte[me.pte]
      if (pte.kind !== 'swap' || pte.entry !== me.entry) return 'pte_unmap_unlock'
      const folio = held(s, me.folio)
      folio_get(folio)
      folio_add_anon_rmap_ptes(s, folio, me.pte)
      folio.anon_exclusive = pte.exclusive
      s.in_flight[me.entry] += 1
      Object.assign(pte, { kind: 'present', folio: me.folio, entry: 0, exclusive: false })
      return call(swap_free_nr, { entry: me.entry, nr: 1 }, 'pte_unmap_unlock')
    },
    /** swap_free(entry); out: pte_unmap_unlock(pte, ptl); */
    pte_unmap_unlock(s, me) {
      spin_unlock(s.pte[me.pte].ptl, me.self)
      return ret()
    },
  },
)

/** 0, -ENOMEM, or -EINTR. */
export const try_to_unuse = procedure(
  'try_to_unuse',
  {
    args: { type: Device },
    locals: { pte: ref(Pte), entry: ref(Entry), folio: ref(Folios) },
    calls: [filemap_get_folio, read_swap_cache_async, unuse_pte, folio_free_swap, delete_from_swap_cache],
    returns: int(-ENOMEM, 0),
  },
  {
    /**
     * retry: while (swap_usage_in_pages(si) && (p = p->next) != &init_mm.mmlist) { if (!mmget_not_zero(mm)) continue; unuse_mm(mm, type): ptent =
     * ptep_get_lockless(pte); if (!is_swap_pte(ptent)) continue; entry = pte_to_swp_entry(ptent); if (swp_type(entry) != type) continue;
     */
    unuse_pte_range(s, me) {
      me.pte = s.swap_info[me.type].inuse_pages === 0 ? 0 : nextPte(s, me.pte)
      if (me.pte === 0) return 'find_next_to_unuse'
      const { kind, entry } = s.pte[me.pte]
      if (kind !== 'swap' || swp_type(s, known(entry)) !== me.type) return 'unuse_pte_range'
      me.entry = entry
      return call(filemap_get_folio, { entry: known(entry) }, 'swapin_readahead', 'folio')
    },
    /** folio = swap_cache_get_folio(entry, vma, addr); if (!folio) folio = swapin_readahead(entry, GFP_HIGHUSER_MOVABLE, &vmf); */
    swapin_readahead(_, me) {
      return me.folio === 0 ? call(read_swap_cache_async, { entry: known(me.entry) }, 'folio_lock', 'folio') : 'folio_lock'
    },
    /** if (!folio) { swp_count = READ_ONCE(si->swap_map[offset]); if (swp_count == 0) continue; return -ENOMEM; } folio_lock(folio); */
    folio_lock(s, me) {
      if (me.folio !== 0) return folio_lock(held(s, me.folio), me.self) ? 'folio_wait_writeback' : blocked
      const { count, SWAP_HAS_CACHE } = s.swap_map[known(me.entry)]
      me.entry = 0
      return count === 0 && !SWAP_HAS_CACHE ? 'unuse_pte_range' : ret(-ENOMEM)
    },
    /** folio_wait_writeback(folio); ret = unuse_pte(vma, pmd, addr, entry, folio); */
    folio_wait_writeback(s, me) {
      if (held(s, me.folio).writeback) return blocked
      return call(unuse_pte, { pte: known(me.pte), entry: known(me.entry), folio: known(me.folio) }, 'folio_free_swap')
    },
    /** folio_free_swap(folio); or, as before 2.6.29, if (PageSwapCache(page)) delete_from_swap_cache(page); */
    folio_free_swap(s, me) {
      const folio = known(me.folio)
      if (guard('drop the swap cache in swapoff of a folio that nothing holds alone'))
        return call(folio_free_swap, { folio }, 'folio_unlock')
      return held(s, folio).swapcache ? call(delete_from_swap_cache, { folio }, 'folio_unlock') : 'folio_unlock'
    },
    /** folio_unlock(folio); */
    folio_unlock(s, me) {
      folio_unlock(held(s, me.folio), me.self)
      return 'folio_put'
    },
    /** folio_put(folio); */
    folio_put(s, me) {
      folio_put(s, me.folio)
      me.folio = 0
      if (me.pte !== 0) {
        me.entry = 0
        return 'unuse_pte_range'
      }
      return 'find_next_to_unuse'
    },
    /** while (swap_usage_in_pages(si) && (i = find_next_to_unuse(si, i)) != 0) { folio = filemap_get_folio(swap_address_space(entry), swap_cache_index(entry)); */
    find_next_to_unuse(s, me) {
      me.entry = s.swap_info[me.type].inuse_pages === 0 ? 0 : find_next_to_unuse(s, me.type, me.entry)
      if (me.entry === 0) return 'swap_usage_in_pages'
      return call(filemap_get_folio, { entry: me.entry }, 'folio_lock_of_cache', 'folio')
    },
    /** if (IS_ERR(folio)) continue; folio_lock(folio); */
    folio_lock_of_cache(s, me) {
      if (me.folio === 0) return 'find_next_to_unuse'
      return folio_lock(held(s, me.folio), me.self) ? 'folio_wait_writeback_of_cache' : blocked
    },
    /** folio_wait_writeback(folio); folio_free_swap(folio); folio_unlock(folio); folio_put(folio); } */
    folio_wait_writeback_of_cache(s, me) {
      if (held(s, me.folio).writeback) return blocked
      return 'folio_free_swap'
    },
    /** if (swap_usage_in_pages(si)) { if (!signal_pending(current)) goto retry; return -EINTR; } return 0; nobody sends a signal here */
    swap_usage_in_pages(s, me) {
      return s.swap_info[me.type].inuse_pages === 0 ? ret(0) : 'unuse_pte_range'
    },
  },
)

/** The next PTE of an mm that is in use: each is in a page table of its own. */
function nextPte(s: State, pte: Ref<'pte'>): Ref<'pte'> {
  return s.pte.ids.find((id) => id > pte && !s.pte[id].exiting) ?? 0
}

/** find_next_to_unuse(si, prev): the next slot of the device whose byte in swap_map is not 0. */
function find_next_to_unuse(s: State, type: Id<'device'>, after: Ref<'entry'>): Ref<'entry'> {
  let entry = after === 0 ? (s.swap_map.ids[0] ?? 0) : nth(s.swap_map.ids, after, 1)
  while (entry !== 0 && (swp_type(s, entry) !== type || (s.swap_map[entry].count === 0 && !s.swap_map[entry].SWAP_HAS_CACHE)))
    entry = nth(s.swap_map.ids, entry, 1)
  return entry
}
