/** A page that is in the page cache of an anon_vma for nobody is taken out of it. */
import { bool, call, known, ref, ret } from '../../checker/index.js'
import { folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { swap_free_block } from './block.js'
import { folio_put, held } from './folio.js'
import { Block, Folios, procedure } from './state.js'
import { erase_block } from './swap-count.js'

/** By the holder of the folio lock: false where some page table entry says that the page is out. The page cache's reference goes with it. */
export const delete_from_object = procedure(
  'delete_from_object',
  { args: { folio: Folios }, locals: { block: ref(Block) }, returns: bool },
  {
    /** xa_lock; if (!count) { __xa_erase(&object->i_pages, offset); erase the block; } xa_unlock; */
    xa_erase(s, me) {
      const folio = held(s, me.folio)
      const object = known(folio.mapping)
      if (s.object[object].count > 0) return ret(false)
      s.object[object].folio = 0
      folio.cached = false
      me.block = erase_block(s, object)
      return me.block === 0 ? 'folio_put' : 'swap_free_block'
    },
    swap_free_block(s, me) {
      swap_free_block(s, me.block)
      return 'folio_put'
    },
    /** folio_set_dirty(folio); folio_put(folio): the page cache's */
    folio_put(s, me) {
      held(s, me.folio).dirty = true
      folio_put(s, me.folio)
      return ret(true)
    },
  },
)

/** free_swap_cache(folio), with a reference of the caller: tries, as somebody else may have the lock, and will look at the count later. */
export const free_swap_cache = procedure(
  'free_swap_cache',
  { args: { folio: Folios }, locals: { deleted: bool }, calls: [delete_from_object] },
  {
    /** if (folio_trylock(folio)) { */
    folio_trylock(s, me) {
      return folio_trylock(held(s, me.folio), me.self) ? 'folio_test_cached' : ret()
    },
    /** if (folio is in a page cache) delete_from_object(folio); */
    folio_test_cached(s, me) {
      return held(s, me.folio).cached ? call(delete_from_object, { folio: me.folio }, 'folio_unlock', 'deleted') : 'folio_unlock'
    },
    folio_unlock(s, me) {
      folio_unlock(held(s, me.folio), me.self)
      return ret()
    },
  },
)
