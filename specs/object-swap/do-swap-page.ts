/** A fault on an anonymous page that is out. */
import { blocked, bool, call, known, ref, ret } from '../../checker/index.js'
import { folio_lock, folio_unlock } from '../kernel/folio-lock.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { find_object } from './find-object.js'
import { folio_put, held } from './folio.js'
import { read_object } from './read-object.js'
import { Folios, guard, Objects, Pte, procedure } from './state.js'
import { swap_free } from './swap-count.js'

export const do_swap_page = procedure(
  'do_swap_page',
  {
    args: { pte: Pte, write: bool },
    locals: { object: ref(Objects), again: ref(Objects), folio: ref(Folios), last: bool },
    calls: [find_object, read_object, swap_free],
  },
  {
    /** object = find_object(vmf->vma, linear_page_index(vma, address)); */
    find_object(s, me) {
      if (s.pte[me.pte].kind !== 'swap') return ret()
      return call(find_object, { pte: me.pte }, 'read_object', 'object')
    },
    /** if (!object) goto out; folio = read_object(object, offset); */
    read_object(_, me) {
      return me.object === 0 ? ret() : call(read_object, { object: me.object }, 'folio_lock', 'folio')
    },
    /** if (!folio) goto out; folio_lock(folio); */
    folio_lock(s, me) {
      if (me.folio === 0) return ret()
      return folio_lock(held(s, me.folio), me.self) ? 'recheck' : blocked
    },
    /** if (folio->mapping != object) goto out_page; under the folio lock */
    recheck(s, me) {
      const { cached, mapping } = held(s, me.folio)
      const isSame = cached && mapping === me.object
      return isSame || !guard('recheck folio->mapping once it is locked') ? 'pte_offset_map_lock' : 'out_page'
    },
    pte_offset_map_lock(s, me) {
      return spin_lock(s.pte[me.pte].ptl, me.self) ? 'pte_same' : blocked
    },
    /** if (!pte_same(ptep_get(vmf->pte), vmf->orig_pte)) goto out_nomap; all entries of pages that are out are the same: */
    pte_same(s, me) {
      if (s.pte[me.pte].kind !== 'swap' && guard('pte_same under the page table lock')) return 'out_nomap'
      if (!guard('look the object up again under the page table lock')) return 'swap_free'
      return call(find_object, { pte: me.pte }, 'same_object', 'again')
    },
    /** if (find_object(vmf->vma, offset) != object) goto out_nomap; */
    same_object(_, me) {
      const isSame = me.again === me.object
      me.again = 0
      return isSame ? 'swap_free' : 'out_nomap'
    },
    swap_free(_, me) {
      return call(swap_free, { object: known(me.object) }, 'set_pte_at', 'last')
    },
    /**
     * if (last && folio_ref_count(folio) == 2) pte = pte_mkwrite(pte); set_pte_at(mm, address, vmf->pte, pte); folio_add_anon_rmap_pte(folio): under the
     * folio lock, which who would raise a count of 0 needs; our reference is the PTE's now
     */
    set_pte_at(s, me) {
      const folio = held(s, me.folio)
      const writable = me.write && me.last && folio._refcount === 2
      Object.assign(s.pte[me.pte], { kind: 'present', folio: me.folio, writable, swapped: 0 })
      s.in_flight[known(me.object)] += 1
      folio._mapcount += 1
      return 'pte_unmap_unlock'
    },
    pte_unmap_unlock(s, me) {
      spin_unlock(s.pte[me.pte].ptl, me.self)
      return 'folio_unlock'
    },
    folio_unlock(s, me) {
      folio_unlock(held(s, me.folio), me.self)
      return ret()
    },
    /** out_nomap: pte_unmap_unlock(vmf->pte, vmf->ptl); */
    out_nomap(s, me) {
      spin_unlock(s.pte[me.pte].ptl, me.self)
      return 'out_page'
    },
    /** out_page: folio_unlock(folio); */
    out_page(s, me) {
      folio_unlock(held(s, me.folio), me.self)
      return 'folio_put'
    },
    /** folio_put(folio); return; the access is tried again */
    folio_put(s, me) {
      folio_put(s, me.folio)
      return ret()
    },
  },
)
