/** A block of the swap device for a page. */
import { bool, call, ref, ret } from '../../checker/index.js'
import { fscache_evict } from './fscache-evict.js'
import { Block, guard, procedure, type State } from './state.js'

/** "if swap needs more space, it can just kick stuff out of fscache if it is not locked in": 0 where there is nothing to kick out, or the device is being taken away. */
export const swap_alloc_block = procedure(
  'swap_alloc_block',
  { locals: { evicted: bool }, calls: [fscache_evict], returns: ref(Block) },
  {
    /** Under si->lock. */
    alloc(s) {
      if (!s.SWP_WRITEOK && guard('allocate blocks only while the device is on')) return ret(0)
      const block = s.block.ids.find((id) => !s.block[id].allocated)
      if (block === undefined) return 'evict'
      s.block[block].allocated = true
      return ret(block)
    },
    evict(s) {
      return hasNamed(s) ? call(fscache_evict, {}, 'again', 'evicted') : ret(0)
    },
    again(_, me) {
      if (!me.evicted) return ret(0)
      me.evicted = false
      return 'alloc'
    },
  },
)

function hasNamed(s: State): boolean {
  return s.object.ids.some((id) => s.object[id].is === 'named')
}
