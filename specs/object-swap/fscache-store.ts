/** What was fetched from the server is kept: a block is written, and a record on the device says what it holds. */
import { blocked, bool, call, int, known, ref, ret } from '../../checker/index.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { swap_alloc_block } from './alloc-block.js'
import { swap_free_block } from './block.js'
import { fscache_lookup } from './fscache-index.js'
import { Block, Data, guard, Key, Objects, procedure, Volume } from './state.js'

/** `volume` and `generation` are those of before the data were fetched. Without room nothing is kept. */
export const fscache_store = procedure(
  'fscache_store',
  {
    args: { key: Key, data: Data, volume: Volume, generation: int(0, 1) },
    locals: { block: ref(Block), object: ref(Objects), kept: bool },
    calls: [swap_alloc_block],
  },
  {
    alloc() {
      return call(swap_alloc_block, {}, 'write', 'block')
    },
    /** submit_bio_wait(): in the drive's own cache, for all that is known */
    write(s, me) {
      if (me.block === 0) return ret()
      s.block[me.block].data = me.data
      return guard('flush the data before a record names the block') ? 'flush' : 'lock'
    },
    /** blkdev_issue_flush() */
    flush(s, me) {
      const block = s.block[known(me.block)]
      block.durable = block.data
      return 'lock'
    },
    /** mutex_lock(&index_lock); */
    lock(s, me) {
      return spin_lock(s.index_lock, me.self) ? 'lookup' : blocked
    },
    /** Nothing that has become invalid, or that somebody else has kept meanwhile. */
    lookup(s, me) {
      const isOld = me.generation !== s.generation && s.name[me.key].subkey && guard('drop what was fetched before the invalidation')
      const isThere = fscache_lookup(s, me.key) !== 0 && guard('look for the key before a record is written')
      const object = s.object.ids.find((id) => s.object[id].is === 'nothing' && s.object[id].n_accesses === 0 && s.record[id].key === 0)
      if (isOld || isThere || object === undefined) return 'unlock'
      me.object = object
      return 'write_record'
    },
    /** The record is written at once, and durable. */
    write_record(s, me) {
      Object.assign(s.record[known(me.object)], { key: me.key, block: me.block, volume: me.volume })
      return 'insert'
    },
    /** From now on lookups find it. */
    insert(s, me) {
      Object.assign(s.object[known(me.object)], { is: 'named', key: me.key, block: me.block, volume: me.volume })
      me.kept = true
      return 'unlock'
    },
    unlock(s, me) {
      spin_unlock(s.index_lock, me.self)
      return me.kept ? ret() : 'swap_free_block'
    },
    swap_free_block(s, me) {
      swap_free_block(s, me.block)
      return ret()
    },
  },
)
