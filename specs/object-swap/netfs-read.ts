/** A read of a file of the server: from the cache, or else from the server, and then the cache keeps it. */
import { assert, asserted, bool, call, type Id, int, known, ref, ret } from '../../checker/index.js'
import { swap_rw_block } from './block.js'
import { fscache_lookup } from './fscache-index.js'
import { fscache_store } from './fscache-store.js'
import { Block, contents, Data, Files, guard, Key, Objects, procedure, type State, Volume } from './state.js'

export const NoStaleVersion = asserted(
  'NoStaleVersion',
  'What a read gives is what the server has, or had since the read began, under the version that the server named.',
)

export const netfs_read = procedure(
  'netfs_read',
  {
    args: { file: Files },
    locals: {
      key: ref(Key),
      object: ref(Objects),
      block: ref(Block),
      data: Data,
      volume: Volume,
      generation: int(0, 1),
      /** Ghost: an invalidation had ended before this began. */
      after: bool,
    },
    calls: [fscache_store],
  },
  {
    /** The server names the data version, which is part of the key. */
    get_version(s, me) {
      Object.assign(me, { key: s.server[me.file].key, after: s.invalidated })
      return 'fscache_lookup'
    },
    /** object = fscache_lookup(key); if (object) object->n_accesses++; under RCU and the lock of the object */
    fscache_lookup(s, me) {
      me.object = fscache_lookup(s, known(me.key))
      if (me.object === 0) return 'netfs_fetch'
      me.block = s.object[me.object].block
      if (guard('hold the object while its block is read')) s.object[me.object].n_accesses += 1
      return 'read_block'
    },
    read_block(s, me) {
      swap_rw_block(s)
      me.data = s.block[known(me.block)].data
      return guard('hold the object while its block is read') ? 'fscache_end' : 'served'
    },
    /** object->n_accesses--; */
    fscache_end(s, me) {
      s.object[known(me.object)].n_accesses -= 1
      return 'served'
    },
    served(s, me) {
      serve(s, known(me.key), me.data, me.after)
      return ret()
    },
    /** A miss: "every write transaction done on a file is done atomically" on the server, and it says which version it sends. */
    netfs_fetch(s, me) {
      const { key } = s.server[me.file]
      const { restored } = s
      me.data = contents(known(key), restored && s.name[known(key)].subkey)
      if (guard('store under the version that came with the data')) me.key = key
      Object.assign(me, { volume: s.volume, generation: s.generation })
      serve(s, known(key), me.data, me.after)
      return 'fscache_store'
    },
    fscache_store(_, me) {
      const { volume, generation } = me
      return call(fscache_store, { key: known(me.key), data: me.data, volume, generation }, 'stored')
    },
    stored() {
      return ret()
    },
  },
)

/** Reads without end. */
export const netfs_reads = procedure(
  'netfs_reads',
  { args: { file: Files }, calls: [netfs_read] },
  {
    read(_, me) {
      return call(netfs_read, { file: me.file }, 'read')
    },
  },
)

function serve(s: State, key: Id<'key'>, data: number, after: boolean): void {
  const isNew = data === contents(key, true) && s.restored && s.name[key].subkey
  const isOld = data === contents(key, false) && !(after && s.name[key].subkey)
  assert(isNew || isOld, 'the cache lies', NoStaleVersion)
}
