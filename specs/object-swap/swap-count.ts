/** How many page table entries say that the page of an object is out. */
import { assert, bool, type Id, known, ref, ret } from '../../checker/index.js'
import { NoUnderflow } from '../kernel/atomic.js'
import { swap_free_block } from './block.js'
import { Block, guard, Objects, procedure, type State } from './state.js'

/** One more is going to. The caller has one already, or the lock of the page: one step under the xa_lock. */
export function swap_duplicate(s: State, object: Id<'object'>): void {
  s.object[object].count += 1
  s.in_flight[object] += 1
}

/** One less does. True where this was the last one, and the page is in the page cache still: who wants the block free takes the page out of it. */
export const swap_free = procedure(
  'swap_free',
  { args: { object: Objects }, locals: { block: ref(Block) }, returns: bool },
  {
    /** xa_lock; if (!--count && !xa_load(&object->i_pages, offset)) erase the block; xa_unlock; */
    drop(s, me) {
      const object = s.object[me.object]
      assert(object.count > 0, 'swap_free: nobody has said that the page is out', NoUnderflow)
      object.count -= 1
      s.in_flight[me.object] -= 1
      if (object.count > 0 || !guard('count who says that the page is out')) return ret(false)
      if (object.folio !== 0) return ret(true)
      if (!guard('look for the page under the lock that erases the block')) return 'erase'
      me.block = erase_block(s, me.object)
      return 'swap_free_block'
    },
    /** Only where the look and the erase are apart. */
    erase(s, me) {
      me.block = erase_block(s, me.object)
      return 'swap_free_block'
    },
    swap_free_block(s, me) {
      if (me.block !== 0) swap_free_block(s, known(me.block))
      return ret(false)
    },
  },
)

/** Under the xa_lock. */
export function erase_block(s: State, object: Id<'object'>) {
  const { block } = s.object[object]
  s.object[object].block = 0
  return block
}
