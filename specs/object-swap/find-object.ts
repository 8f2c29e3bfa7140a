/** Which object has the page of a page table entry that says that it is out. */
import { asserted, type Id, known, ref, ret } from '../../checker/index.js'
import { guard, Objects, Pte, procedure, type State } from './state.js'

export const NoLostPage = asserted(
  'NoLostPage',
  'Who says that a page is out, and holds the page table lock, finds the object that has it.',
)

/**
 * The anon_vma of the VMA, or else the nearest of those of before the forks. What is read in gets from the block to the page cache, and what is reclaimed
 * the other way: two looks one after the other may miss it in both, in either order. 0 where none has the page.
 */
export const find_object = procedure(
  'find_object',
  { args: { pte: Pte }, locals: { object: ref(Objects) }, returns: ref(Objects) },
  {
    /** xa_lock; if (xa_load(&object->i_pages, offset) || block of (object, offset)) return object; xa_unlock; object = object->parent; */
    look(s, me) {
      if (me.object === 0) me.object = s.pte[me.pte].object
      if (me.object === 0) return ret(0)
      const { folio, block, parent } = s.object[me.object]
      if (folio !== 0) return ret(me.object)
      if (!guard('look for the page and for its block under one lock')) return 'look_for_block'
      if (block !== 0) return ret(me.object)
      me.object = parent
      return parent === 0 ? ret(0) : 'look'
    },
    /** Only where the two looks are apart. */
    look_for_block(s, me) {
      const { block, parent } = s.object[known(me.object)]
      if (block !== 0) return ret(me.object)
      me.object = parent
      return parent === 0 ? ret(0) : 'look'
    },
  },
)

/** An anon_vma for one side of a fork: one that no VMA has, no other goes on in, and no page is of; 0 where there is no memory. */
export function object_alloc(s: State, parent: Id<'object'>): Id<'object'> | 0 {
  const object = s.object.ids.find((id) => isUnused(s, id)) ?? 0
  if (object !== 0) Object.assign(s.object[object], { is: 'anon_vma', parent })
  return object
}

function isUnused(s: State, object: Id<'object'>): boolean {
  const { is, folio, block } = s.object[object]
  if (is === 'inode' || is === 'named' || folio !== 0 || block !== 0) return false
  const isHeld = s.pte.ids.some((id) => s.pte[id].object === object || s.pte[id].swapped === object)
  return !isHeld && s.object.ids.every((id) => s.object[id].parent !== object) && s.folio.ids.every((id) => s.folio[id].mapping !== object)
}
