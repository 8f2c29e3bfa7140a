/** Fork of one PTE. */
import { blocked, call, int, known, ret } from '../../../checker/index.js'
import { ENOMEM } from '../errno.js'
import { folio_get } from '../folio-ref.js'
import { spin_lock, spin_unlock } from '../spinlock.js'
import { Pte, procedure } from './fields.js'
import { held } from './folio.js'
import type { SwapDuplicate } from './swap.js'

/** copy_pte_range(): the child's PTE must be empty. */
export const copyPteRange = (swap_duplicate: SwapDuplicate) =>
  procedure(
    'copy_pte_range',
    { args: { src_pte: Pte, dst_pte: Pte }, locals: { err: int(-ENOMEM, 0) }, calls: [swap_duplicate] },
    {
      pte_alloc_map_lock(s, me) {
        return spin_lock(s.pte[me.dst_pte].ptl, me.self) ? 'spin_lock_nested' : blocked
      },
      spin_lock_nested(s, me) {
        return spin_lock(s.pte[me.src_pte].ptl, me.self) ? 'copy' : blocked
      },
      /** if (pte_none(ptent)) …; if (!pte_present(ptent)) copy_nonpresent_pte(): swap_duplicate(entry); else copy_present_ptes(); both locks are held */
      copy(s, me) {
        const { kind, entry } = s.pte[me.src_pte]
        if (kind === 'swap') return call(swap_duplicate, { entry: known(entry) }, 'copy_nonpresent_pte', 'err')
        return kind === 'present' ? 'copy_present_ptes' : 'unlock'
      },
      /** if (err) …: the fork fails; set_pte_at(dst_mm, addr, dst_pte, pte); */
      copy_nonpresent_pte(s, me) {
        if (me.err !== 0) return 'unlock'
        const { entry, stored } = s.pte[me.src_pte]
        Object.assign(s.pte[me.dst_pte], { kind: 'swap', entry, stored })
        s.in_flight[known(entry)] -= 1
        return 'unlock'
      },
      /** folio_get(folio); folio_dup_anon_rmap_pte(…); wrprotect_ptes(src_mm, addr, src_pte, nr); set_ptes(dst_mm, addr, dst_pte, pte, nr); */
      copy_present_ptes(s, me) {
        const { folio, dirty, stored } = s.pte[me.src_pte]
        const page = held(s, folio)
        folio_get(page)
        page._mapcount += 1
        s.pte[me.src_pte].writable = false
        Object.assign(s.pte[me.dst_pte], { kind: 'present', folio, dirty, stored })
        return 'unlock'
      },
      unlock(s, me) {
        spin_unlock(s.pte[me.src_pte].ptl, me.self)
        return 'pte_unmap_unlock'
      },
      pte_unmap_unlock(s, me) {
        spin_unlock(s.pte[me.dst_pte].ptl, me.self)
        return ret()
      },
    },
  )
