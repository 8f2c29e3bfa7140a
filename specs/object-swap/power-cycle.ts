/** Power is lost at any time, and comes back: the index is read from the device, and files are read again. */
import { call, choose, known, nth, ref, ret } from '../../checker/index.js'
import { netfs_read } from './netfs-read.js'
import { Files, Objects, procedure } from './state.js'

/** In a scenario of named objects alone: anonymous memory has gone with its processes. */
export const power_cycle = procedure(
  'power_cycle',
  { args: { file: Files }, locals: { object: ref(Objects) }, calls: [netfs_read] },
  {
    /** Memory is gone; each block has what was made durable, or what the drive had in its cache. */
    power_loss(s, me) {
      s.power_lost = true
      for (const id of s.block.ids) {
        const block = s.block[id]
        if (block.data !== block.durable) block.data = choose([block.data, block.durable])
        Object.assign(block, { durable: block.data, allocated: false })
      }
      for (const id of s.object.ids)
        Object.assign(s.object[id], { is: 'nothing', key: 0, block: 0, volume: 0, pinned: false, n_accesses: 0 })
      s.index_lock.owner = 0
      s.volume = s.volume_record
      me.object = known(s.object.ids[0] ?? 0)
      return 'read_record'
    },
    /** Blocks that no record names are free: what was being stored, and anonymous pages. */
    read_record(s, me) {
      const id = known(me.object)
      const { key, block, volume, pinned } = s.record[id]
      if (key !== 0) {
        Object.assign(s.object[id], { is: 'named', key, block, volume, pinned })
        s.block[known(block)].allocated = true
      }
      return 'next'
    },
    next(s, me) {
      me.object = nth(s.object.ids, known(me.object), 1)
      if (me.object !== 0) return 'read_record'
      return 'discard'
    },
    discard(s, me) {
      for (const id of s.block.ids) if (!s.block[id].allocated) Object.assign(s.block[id], { data: 0, durable: 0 })
      return call(netfs_read, { file: me.file }, 'read')
    },
    read() {
      return ret()
    },
  },
)
