/**
 * mm/userfaultfd.c: move_pages_pte() of a swap entry, with move_swap_pte() in it, as of 6.16. The mmap_lock is held for reading.
 *
 * Left out: the move of a page that is present, which never looks at a swap entry; the page tables themselves (pmd_same()), and the mode
 * UFFDIO_MOVE_MODE_ALLOW_SRC_HOLES. Whoever gets -EAGAIN would try again.
 */
import { blocked, bool, call, type Id, known, ordinal, ref, ret } from '../../checker/index.js'
import { folio_lock, folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { spin_is_locked, spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { clear_pte } from './clear-pte.js'
import { filemap_get_folio } from './filemap.js'
import { folio_put, held } from './folio.js'
import { Entry, Folios, guard, Pte, procedure } from './state.js'
import { get_swap_device, put_swap_device, touch_device } from './swap-device.js'

export const move_pages_pte = procedure(
  'move_pages_pte',
  {
    args: { dst_pte: Pte, src_pte: Pte },
    /** `entry`: orig_src_pte, and src_folio_pte once there is a src_folio; an entry that is held exclusively. */
    locals: { entry: ref(Entry), src_folio: ref(Folios), si: bool },
    calls: [filemap_get_folio],
  },
  {
    /** retry: spin_lock(dst_ptl); orig_dst_pte = ptep_get(dst_pte); spin_unlock(dst_ptl); if (!pte_none(orig_dst_pte)) err = -EEXIST; */
    orig_dst_pte(s, me) {
      const pte = s.pte[me.dst_pte]
      if (spin_is_locked(pte.ptl)) return blocked
      return pte.kind === 'none' ? 'orig_src_pte' : 'out'
    },
    /**
     * spin_lock(src_ptl); orig_src_pte = ptep_get(src_pte); spin_unlock(src_ptl); if (pte_none(orig_src_pte)) err = -ENOENT; if
     * (src_folio && unlikely(!pte_same(src_folio_pte, orig_src_pte))) err = -EAGAIN; … if (!pte_swp_exclusive(orig_src_pte)) err = -EBUSY;
     */
    orig_src_pte(s, me) {
      const pte = s.pte[me.src_pte]
      if (spin_is_locked(pte.ptl)) return blocked
      if (pte.kind !== 'swap' || !pte.exclusive || (me.src_folio !== 0 && pte.entry !== me.entry)) return 'out'
      me.entry = pte.entry
      return 'get_swap_device'
    },
    /** si = get_swap_device(entry); if (unlikely(!si)) err = -EAGAIN; */
    get_swap_device(s, me) {
      me.si = get_swap_device(s, known(me.entry))
      if (!me.si) return 'out'
      return me.src_folio === 0 && guard('look the folio up before its entry is moved') ? 'filemap_get_folio' : 'move_swap_pte'
    },
    /** if (!src_folio) folio = filemap_get_folio(swap_address_space(entry), swap_cache_index(entry)); */
    filemap_get_folio(_, me) {
      return call(filemap_get_folio, { entry: known(me.entry) }, 'folio_trylock', 'src_folio')
    },
    /** if (!IS_ERR_OR_NULL(folio)) { … src_folio = folio; src_folio_pte = orig_src_pte; if (!folio_trylock(src_folio)) { put_swap_device(si); si = NULL; */
    folio_trylock(s, me) {
      if (me.src_folio === 0 || folio_trylock(held(s, me.src_folio), me.self)) return 'move_swap_pte'
      put_swap_device(s, me.entry)
      me.si = false
      return 'folio_lock'
    },
    /** folio_lock(src_folio); goto retry; } } */
    folio_lock(s, me) {
      return folio_lock(held(s, me.src_folio), me.self) ? 'orig_dst_pte' : blocked
    },
    /** move_swap_pte(): if (src_folio && unlikely(!folio_test_swapcache(src_folio) || entry.val != src_folio->swap.val)) return -EAGAIN; */
    move_swap_pte(s, me) {
      if (me.src_folio === 0) return 'spin_lock'
      const { swapcache, swap } = held(s, me.src_folio)
      const isMoved = !swapcache || swap !== me.entry
      return isMoved && guard('look whether the folio is still the one of the entry') ? 'out' : 'spin_lock'
    },
    /** double_pt_lock(dst_ptl, src_ptl): spin_lock(ptl1); the one with the lower address */
    spin_lock(s, me) {
      return spin_lock(s.pte[lower(me)].ptl, me.self) ? 'spin_lock_nested' : blocked
    },
    /** spin_lock_nested(ptl2, SINGLE_DEPTH_NESTING); */
    spin_lock_nested(s, me) {
      return spin_lock(s.pte[higher(me)].ptl, me.self) ? 'is_pte_pages_stable' : blocked
    },
    /** if (!is_pte_pages_stable(dst_pte, src_pte, orig_dst_pte, orig_src_pte, dst_pmd, dst_pmdval)) err = -EAGAIN; both locks are held */
    is_pte_pages_stable(s, me) {
      const [dst, src] = [s.pte[me.dst_pte], s.pte[me.src_pte]]
      if (dst.kind !== 'none' || src.kind !== 'swap' || src.entry !== me.entry || !src.exclusive) return 'double_pt_unlock'
      return me.src_folio === 0 ? 'SWAP_HAS_CACHE' : 'folio_move_anon_rmap'
    },
    /** if (src_folio) { folio_move_anon_rmap(src_folio, dst_vma); src_folio->index = linear_page_index(dst_vma, dst_addr); } */
    folio_move_anon_rmap(s, me) {
      held(s, me.src_folio).index = ordinal(me.dst_pte)
      return 'ptep_get_and_clear'
    },
    /** else { if (READ_ONCE(si->swap_map[swp_offset(entry)]) & SWAP_HAS_CACHE) return -EAGAIN; } */
    SWAP_HAS_CACHE(s, me) {
      const entry = known(me.entry)
      touch_device(s, entry)
      const isLooked = guard('look the folio up before its entry is moved') && guard('look at SWAP_HAS_CACHE under the page table locks')
      return s.swap_map[entry].SWAP_HAS_CACHE && isLooked ? 'double_pt_unlock' : 'ptep_get_and_clear'
    },
    /** orig_src_pte = ptep_get_and_clear(mm, src_addr, src_pte); */
    ptep_get_and_clear(s, me) {
      const src = s.pte[me.src_pte]
      s.pte[me.dst_pte].stored = src.stored
      s.in_flight[known(me.entry)] += 1
      clear_pte(src)
      return 'set_pte_at'
    },
    /** set_pte_at(mm, dst_addr, dst_pte, orig_src_pte); */
    set_pte_at(s, me) {
      s.in_flight[known(me.entry)] -= 1
      Object.assign(s.pte[me.dst_pte], { kind: 'swap', entry: me.entry, exclusive: true })
      return 'double_pt_unlock'
    },
    /** double_pt_unlock(dst_ptl, src_ptl): spin_unlock(ptl1); */
    double_pt_unlock(s, me) {
      spin_unlock(s.pte[lower(me)].ptl, me.self)
      return 'spin_unlock'
    },
    /** if (ptl1 != ptl2) spin_unlock(ptl2); */
    spin_unlock(s, me) {
      spin_unlock(s.pte[higher(me)].ptl, me.self)
      return 'out'
    },
    /** out: if (src_folio) { folio_unlock(src_folio); folio_put(src_folio); } */
    out(s, me) {
      if (me.src_folio !== 0) {
        folio_unlock(held(s, me.src_folio), me.self)
        folio_put(s, me.src_folio)
      }
      return me.si ? 'put_swap_device' : ret()
    },
    /** if (si) put_swap_device(si); */
    put_swap_device(s, me) {
      put_swap_device(s, me.entry)
      return ret()
    },
  },
)

interface Ptes {
  readonly dst_pte: Id<'pte'>
  readonly src_pte: Id<'pte'>
}

function lower({ dst_pte, src_pte }: Ptes): Id<'pte'> {
  return ordinal(dst_pte) < ordinal(src_pte) ? dst_pte : src_pte
}

function higher({ dst_pte, src_pte }: Ptes): Id<'pte'> {
  return ordinal(dst_pte) < ordinal(src_pte) ? src_pte : dst_pte
}
