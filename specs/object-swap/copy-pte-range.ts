/** Fork of one PTE, and of what its VMA has of anon_vmas. */
import { assert, blocked, call, type Id, known, ref, ret } from '../../checker/index.js'
import { folio_get } from '../kernel/folio-ref.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { find_object, NoLostPage, object_alloc } from './find-object.js'
import { held } from './folio.js'
import { Objects, Pte, procedure, type State } from './state.js'
import { swap_duplicate } from './swap-count.js'

/** The child's PTE must be empty. */
export const copy_pte_range = procedure(
  'copy_pte_range',
  { args: { src_pte: Pte, dst_pte: Pte }, locals: { object: ref(Objects) }, calls: [find_object] },
  {
    pte_alloc_map_lock(s, me) {
      return spin_lock(s.pte[me.dst_pte].ptl, me.self) ? 'spin_lock_nested' : blocked
    },
    spin_lock_nested(s, me) {
      return spin_lock(s.pte[me.src_pte].ptl, me.self) ? 'anon_vma_fork' : blocked
    },
    /** if (pte_none(ptent)) …; anon_vma_fork(): what either side writes from now on is in an object of its own; both page table locks, and mmap_lock of both */
    anon_vma_fork(s, me) {
      if (s.pte[me.src_pte].kind === 'none' || !anon_vma_fork(s, me.src_pte, me.dst_pte)) return 'unlock'
      return s.pte[me.src_pte].kind === 'present' ? 'copy_present_ptes' : call(find_object, { pte: me.src_pte }, 'swap_duplicate', 'object')
    },
    /** copy_nonpresent_pte(): swap_duplicate(object, offset); */
    swap_duplicate(s, me) {
      assert(me.object !== 0, 'no object has the page', NoLostPage)
      swap_duplicate(s, me.object)
      return 'copy_nonpresent_pte'
    },
    /** set_pte_at(dst_mm, addr, dst_pte, pte); */
    copy_nonpresent_pte(s, me) {
      const { swapped, stored } = s.pte[me.src_pte]
      Object.assign(s.pte[me.dst_pte], { kind: 'swap', swapped, stored })
      s.in_flight[known(me.object)] -= 1
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

/** An object for each side, with the one of before behind it; false without memory. */
function anon_vma_fork(s: State, src: Id<'pte'>, dst: Id<'pte'>): boolean {
  const parent = known(s.pte[src].object)
  const mine = object_alloc(s, parent)
  if (mine === 0) return false
  s.pte[src].object = mine
  const childs = object_alloc(s, parent)
  s.pte[dst].object = childs
  if (childs === 0) s.pte[src].object = parent
  return childs !== 0
}
