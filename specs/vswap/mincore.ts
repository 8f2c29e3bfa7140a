/** mm/mincore.c: is a page in memory, that its PTE or its file says is swapped out? (v6.14 with patch 4) */
import { blocked, bool, call, known, type Ref, ref, ret } from '../../checker/index.js'
import { folio_try_get } from '../kernel/folio-ref.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { vswap_disk_backed } from './check-backing.js'
import { filemap_get_folio } from './filemap.js'
import { folio_put, held } from './folio.js'
import { pte_lockptr } from './page-table.js'
import { swp_entry_to_swp_slot } from './slot-lookup.js'
import { Entry, Folios, Pte, procedure, Slot, type State } from './state.js'
import { swap_slot_tryget_swap_info, unlock_swapoff } from './swap-slot.js'

/** mincore_pte_range() of one PTE, and mincore_page(swap_address_space(entry), swap_cache_index(entry)). What it finds is told to the user. */
export const mincore_pte_range = procedure(
  'mincore_pte_range',
  { args: { pte: Pte }, locals: { folio: ref(Folios), present: bool }, calls: [filemap_get_folio] },
  {
    /** ptep = pte_offset_map_lock(walk->mm, pmd, addr, &ptl); */
    pte_offset_map_lock(s, me) {
      return spin_lock(pte_lockptr(s, me.pte), me.self) ? 'ptep_get' : blocked
    },
    /** pte = ptep_get(ptep); … entry = pte_to_swp_entry(pte); folio = filemap_get_incore_folio(mapping, index): filemap_get_entry(mapping, index) */
    ptep_get(s, me) {
      const { kind, entry } = s.pte[me.pte]
      if (kind !== 'swap' || entry === 0) return 'pte_unmap_unlock'
      return call(filemap_get_folio, { entry }, 'folio_test_uptodate', 'folio')
    },
    /** if (!IS_ERR(folio)) { present = folio_test_uptodate(folio); without the folio lock */
    folio_test_uptodate(s, me) {
      if (me.folio === 0) return 'pte_unmap_unlock'
      me.present = held(s, me.folio).uptodate
      return 'folio_put'
    },
    /** folio_put(folio); } */
    folio_put(s, me) {
      folio_put(s, me.folio)
      me.folio = 0
      return 'pte_unmap_unlock'
    },
    /** pte_unmap_unlock(ptep - 1, ptl); */
    pte_unmap_unlock(s, me) {
      spin_unlock(pte_lockptr(s, me.pte), me.self)
      return ret()
    },
  },
)

/** filemap_get_incore_folio(mapping, index) of a shmem file, whose slots are as in `shmem-mapping.ts`. */
const filemap_get_incore_folio = procedure(
  'filemap_get_incore_folio',
  {
    args: { index: Pte },
    locals: { folio: ref(Folios), swp: ref(Entry), si: ref(Slot), disk_backed: bool },
    calls: [swp_entry_to_swp_slot, vswap_disk_backed, filemap_get_folio],
    returns: ref(Folios),
  },
  {
    /** folio = filemap_get_entry(mapping, index): folio = xas_load(&xas); if (!xa_is_value(folio)) …; swp = radix_to_swp_entry(folio); if (non_swap_entry(swp)) */
    xas_load(s, me) {
      const { kind, folio, entry } = s.pte[me.index]
      me.folio = kind === 'present' ? folio : 0
      if (me.folio !== 0) return 'folio_try_get'
      if (kind !== 'swap' || entry === 0) return ret(0)
      me.swp = entry
      return 'trylock_swapoff'
    },
    /** if (!folio_try_get(folio)) goto repeat; */
    folio_try_get(s, me) {
      return folio_try_get(s.folio[known(me.folio)]) ? 'xas_reload' : 'xas_load'
    },
    /** if (unlikely(folio != xas_reload(&xas))) { folio_put(folio); goto repeat; } */
    xas_reload(s, me) {
      if (is_there(s, me)) return ret(me.folio)
      folio_put(s, me.folio)
      return 'xas_load'
    },
    /** trylock_swapoff(swp, &si): swp_slot_t slot = swp_entry_to_swp_slot(entry); */
    trylock_swapoff(_, me) {
      return call(swp_entry_to_swp_slot, { entry: known(me.swp) }, 'vswap_disk_backed', 'si')
    },
    /** if (vswap_disk_backed(entry, 1)) */
    vswap_disk_backed(_, me) {
      return call(vswap_disk_backed, { entry: known(me.swp), nr: 1 }, 'filemap_get_folio', 'disk_backed')
    },
    /** *si = swap_slot_tryget_swap_info(slot); else *si = NULL; … folio = filemap_get_folio(swap_address_space(swp), index); */
    filemap_get_folio(s, me) {
      me.si = me.disk_backed ? swap_slot_tryget_swap_info(s, me.si) : 0
      me.disk_backed = false
      return call(filemap_get_folio, { entry: known(me.swp) }, 'unlock_swapoff', 'folio')
    },
    /** unlock_swapoff(swp, si); return folio; */
    unlock_swapoff(s, me) {
      unlock_swapoff(s, me.si)
      return ret(me.folio)
    },
  },
)

function is_there(s: State, { index, folio }: { readonly index: Ref<'pte'>; readonly folio: Ref<'folio'> }): boolean {
  const slot = s.pte[known(index)]
  return slot.kind === 'present' && slot.folio === folio
}

/** mincore_page(vma->vm_file->f_mapping, pgoff) */
export const mincore_page = procedure(
  'mincore_page',
  { args: { index: Pte }, locals: { folio: ref(Folios), present: bool }, calls: [filemap_get_incore_folio] },
  {
    /** folio = filemap_get_incore_folio(mapping, index); */
    filemap_get_incore_folio(_, me) {
      return call(filemap_get_incore_folio, { index: me.index }, 'folio_test_uptodate', 'folio')
    },
    /** if (!IS_ERR(folio)) { present = folio_test_uptodate(folio); */
    folio_test_uptodate(s, me) {
      if (me.folio === 0) return ret()
      me.present = held(s, me.folio).uptodate
      return 'folio_put'
    },
    /** folio_put(folio); } */
    folio_put(s, me) {
      folio_put(s, me.folio)
      return ret()
    },
  },
)
