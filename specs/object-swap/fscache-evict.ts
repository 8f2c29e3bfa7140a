/** "we can throw away an object from fscache and recycle it if we need space", "unless the cache entry is locked in the cache". */
import { blocked, bool, choose, type Id, known, ref, ret } from '../../checker/index.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { swap_free_block } from './block.js'
import { erase_record, forget_object, isOfVolume } from './fscache-index.js'
import { Block, guard, Objects, procedure, type State } from './state.js'

/** Evicts one object; false where none may be. */
export const fscache_evict = procedure(
  'fscache_evict',
  { locals: { object: ref(Objects), block: ref(Block) }, returns: bool },
  {
    /** mutex_lock(&index_lock); */
    lock(s, me) {
      return spin_lock(s.index_lock, me.self) ? 'pick' : blocked
    },
    /** Any that nobody reads leaves the index in memory: no lookup finds it from now on. */
    pick(s, me) {
      const evictable = s.object.ids.filter((id) => isEvictable(s, id))
      if (evictable.length === 0) return 'none'
      const object = choose(evictable)
      Object.assign(me, { object, block: s.object[object].block })
      forget_object(s, object)
      return guard('erase the record before its block is free') ? 'erase_record' : 'swap_free_block'
    },
    erase_record(s, me) {
      erase_record(s, known(me.object))
      return guard('erase the record before its block is free') ? 'swap_free_block' : 'unlock'
    },
    swap_free_block(s, me) {
      swap_free_block(s, me.block)
      return guard('erase the record before its block is free') ? 'unlock' : 'erase_record'
    },
    unlock(s, me) {
      spin_unlock(s.index_lock, me.self)
      return ret(true)
    },
    none(s, me) {
      spin_unlock(s.index_lock, me.self)
      return ret(false)
    },
  },
)

export function isEvictable(s: State, id: Id<'object'>): boolean {
  const { is, key, volume, pinned, n_accesses } = s.object[id]
  if (is !== 'named' || key === 0) return false
  if (n_accesses > 0 && guard('hold the object while its block is read')) return false
  const isStale = !isOfVolume(s, key, volume, s.volume) && guard('evict what is of a volume that has no number any more, locked in or not')
  return !pinned || isStale || !guard('evict nothing that is locked in')
}
