/** A file is locked in the cache, for "disconnected operation". */
import { blocked, known, ref, ret } from '../../checker/index.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { fscache_lookup } from './fscache-index.js'
import { Files, Objects, procedure } from './state.js'

/** The version that the server has now, if it is in the cache. */
export const fscache_pin = procedure(
  'fscache_pin',
  { args: { file: Files }, locals: { object: ref(Objects) } },
  {
    /** mutex_lock(&index_lock); */
    lock(s, me) {
      return spin_lock(s.index_lock, me.self) ? 'lookup' : blocked
    },
    lookup(s, me) {
      me.object = fscache_lookup(s, known(s.server[me.file].key))
      return me.object === 0 ? 'unlock' : 'write_record'
    },
    /** On the device, at once; */
    write_record(s, me) {
      s.record[known(me.object)].pinned = true
      return 'pin'
    },
    /** and in memory. */
    pin(s, me) {
      s.object[known(me.object)].pinned = true
      return 'unlock'
    },
    unlock(s, me) {
      spin_unlock(s.index_lock, me.self)
      return ret()
    },
  },
)
