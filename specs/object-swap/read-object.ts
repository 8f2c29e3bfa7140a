/** The page of an object: found in its page cache, or read into it. There is no other swap cache. */
import { assert, type Id, known, ref, ret } from '../../checker/index.js'
import { folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { folio_get, folio_try_get } from '../kernel/folio-ref.js'
import { NoUseAfterFree } from '../kernel/memory.js'
import { swap_rw_block } from './block.js'
import { folio_alloc, folio_put, held } from './folio.js'
import { Folios, Objects, procedure, type State } from './state.js'

/** A folio with a reference for the caller, locked by somebody else while it is being read; 0 where the object has no such page, or there is no memory. */
export const read_object = procedure(
  'read_object',
  { args: { object: Objects }, locals: { folio: ref(Folios) }, returns: ref(Folios) },
  {
    /** rcu_read_lock(); folio = xa_load(&object->i_pages, offset); */
    xa_load(s, me) {
      me.folio = s.object[me.object].folio
      return me.folio === 0 ? 'folio_alloc' : 'folio_try_get'
    },
    /** if (!folio_try_get(folio)) goto repeat; */
    folio_try_get(s, me) {
      if (folio_try_get(s.folio[known(me.folio)])) return 'recheck'
      me.folio = 0
      return 'xa_load'
    },
    /** if (folio != xas_reload(&xas)) { folio_put(folio); goto repeat; } rcu_read_unlock(); */
    recheck(s, me) {
      if (s.object[me.object].folio === me.folio) return ret(me.folio)
      folio_put(s, me.folio)
      me.folio = 0
      return 'xa_load'
    },
    /** folio = folio_alloc(gfp, 0); folio_lock(folio): nobody else knows it */
    folio_alloc(s, me) {
      if (s.object[me.object].block === 0) return s.object[me.object].folio === 0 ? ret(0) : 'xa_load'
      me.folio = folio_alloc(s)
      if (me.folio === 0) return ret(0)
      folio_trylock(held(s, me.folio), me.self)
      return 'xa_insert'
    },
    /** xa_lock; if (!block) …; err = __xa_insert(&object->i_pages, offset, folio); xa_unlock; */
    xa_insert(s, me) {
      const { folio, block } = s.object[me.object]
      if (folio === 0 && block !== 0) {
        add_to_object(s, me.object, known(me.folio))
        held(s, me.folio).lru = true
        return 'swap_read_folio'
      }
      folio_unlock(held(s, me.folio), me.self)
      folio_put(s, me.folio)
      me.folio = 0
      return 'xa_load'
    },
    /** swap_read_folio(folio); its lock keeps the block */
    swap_read_folio(s, me) {
      swap_rw_block(s)
      const { block } = s.object[me.object]
      assert(block !== 0, 'read of a block that has been freed', NoUseAfterFree)
      Object.assign(held(s, me.folio), { data: s.block[block].data, uptodate: true })
      return 'folio_unlock'
    },
    folio_unlock(s, me) {
      folio_unlock(held(s, me.folio), me.self)
      return ret(me.folio)
    },
  },
)

/** Under the xa_lock: the page cache has a reference. */
export function add_to_object(s: State, object: Id<'object'>, id: Id<'folio'>): void {
  const folio = held(s, id)
  folio_get(folio)
  Object.assign(folio, { mapping: object, cached: true })
  s.object[object].folio = id
}
