/** "a way to invalidate all objects matching a particular subkey": the server's volume has been restored from a backup, and its versions start anew. */
import { blocked, call, type Id, known, nth, ref, ret } from '../../checker/index.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { swap_free_block } from './block.js'
import { erase_record, forget_object } from './fscache-index.js'
import { Block, guard, Objects, procedure, type State } from './state.js'

export const fscache_invalidate = procedure(
  'fscache_invalidate',
  { locals: { object: ref(Objects), block: ref(Block) } },
  {
    /** mutex_lock(&index_lock); */
    lock(s, me) {
      if (!spin_lock(s.index_lock, me.self)) return blocked
      if (s.invalidate_by === 'walk') return 'begin'
      return guard('write the new number of the volume before it is used') ? 'write_number' : 'use_number'
    },
    /** "a separate index to map higher level organisations … to an index number": the volume gets another number, on the device first; */
    write_number(s) {
      s.volume_record = 1
      return 'use_number'
    },
    /** and in memory: no lookup finds any of its objects, which are evicted sooner or later. */
    use_number(s) {
      s.volume = 1
      return 'unlock'
    },
    /** By a walk: what is being stored is too late from now on. */
    begin(s, me) {
      s.generation = 1
      me.object = known(s.object.ids[0] ?? 0)
      return 'walk'
    },
    /** The object leaves the index in memory, locked in or not: it is not what the server has; */
    walk(s, me) {
      const object = known(me.object)
      if (!isInvalid(s, object)) return 'next'
      const isRead = s.object[object].n_accesses > 0
      if (isRead && !guard('take an object out of the index before its readers are waited for')) return blocked
      me.block = s.object[object].block
      forget_object(s, object)
      return 'wait'
    },
    /** and then its readers go. */
    wait(s, me) {
      return s.object[known(me.object)].n_accesses > 0 ? blocked : 'erase_record'
    },
    erase_record(s, me) {
      erase_record(s, known(me.object))
      return 'swap_free_block'
    },
    swap_free_block(s, me) {
      swap_free_block(s, me.block)
      me.block = 0
      return 'next'
    },
    next(s, me) {
      me.object = nth(s.object.ids, known(me.object), 1)
      return me.object === 0 ? 'unlock' : 'walk'
    },
    unlock(s, me) {
      spin_unlock(s.index_lock, me.self)
      return ret()
    },
  },
)

function isInvalid(s: State, object: Id<'object'>): boolean {
  const { is, key } = s.object[object]
  return is === 'named' && key !== 0 && s.name[key].subkey
}

/** The server is restored, and says so. */
export const restore_volume = procedure(
  'restore_volume',
  { calls: [fscache_invalidate] },
  {
    restore(s) {
      s.restored = true
      return call(fscache_invalidate, {}, 'invalidated')
    },
    invalidated(s) {
      s.invalidated = true
      return ret()
    },
  },
)
