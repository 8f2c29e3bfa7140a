/** mm/memory.c: do_anonymous_page(): the first store to a page that is not there. */
import { blocked, known, ref, ret } from '../../checker/index.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { folio_add_anon_rmap_ptes } from './anon-rmap.js'
import { folio_alloc, folio_put, held } from './folio.js'
import { charge_memcg } from './memcg.js'
import { Folios, Pte, procedure } from './state.js'

export const do_anonymous_page = procedure(
  'do_anonymous_page',
  { args: { pte: Pte }, locals: { folio: ref(Folios) } },
  {
    /** folio = alloc_anon_folio(vmf), with mem_cgroup_charge(folio, vma->vm_mm, gfp); __folio_mark_uptodate(folio); nobody else has it */
    alloc_anon_folio(s, me) {
      me.folio = folio_alloc(s)
      if (me.folio === 0) return ret()
      charge_memcg(s, known(me.folio), s.mm_memcg[me.pte])
      held(s, me.folio).uptodate = true
      return 'pte_offset_map_lock'
    },
    /** vmf->pte = pte_offset_map_lock(vma->vm_mm, vmf->pmd, addr, &vmf->ptl); */
    pte_offset_map_lock(s, me) {
      return spin_lock(s.pte[me.pte].ptl, me.self) ? 'set_ptes' : blocked
    },
    /**
     * if (nr_pages == 1 && vmf_pte_changed(vmf)) goto release; folio_add_new_anon_rmap(folio, vma, addr, RMAP_EXCLUSIVE); folio_add_lru_vma(folio, vma);
     * set_ptes(vma->vm_mm, addr, vmf->pte, entry, nr_pages); and the store itself, for which the page was asked for; under the page table lock
     */
    set_ptes(s, me) {
      const pte = s.pte[me.pte]
      if (pte.kind === 'none') {
        const folio = held(s, me.folio)
        folio_add_anon_rmap_ptes(s, folio, me.pte)
        Object.assign(folio, { anon_exclusive: true, lru: true, data: 1 })
        Object.assign(pte, { kind: 'present', folio: me.folio, writable: true, dirty: true, stored: 1 })
        s.page_memcg[me.pte] = s.mm_memcg[me.pte]
        me.folio = 0
      }
      return 'pte_unmap_unlock'
    },
    /** pte_unmap_unlock(vmf->pte, vmf->ptl); release: folio_put(folio); */
    pte_unmap_unlock(s, me) {
      spin_unlock(s.pte[me.pte].ptl, me.self)
      if (me.folio !== 0) folio_put(s, me.folio)
      return ret()
    },
  },
)
