/** Blocks of the swap device, which all objects share. */
import { assert, known, type Ref } from '../../checker/index.js'
import { NoDoubleFree, NoUseAfterFree } from '../kernel/memory.js'
import type { State } from './state.js'

/** Under si->lock, one step; the block is discarded, unless a record on the device still names it. */
export function swap_free_block(s: State, block: Ref<'block'>): void {
  const it = s.block[known(block)]
  assert(it.allocated, 'a block is freed that is free', NoDoubleFree)
  it.allocated = false
  if (!s.record.ids.some((id) => s.record[id].block === block)) Object.assign(it, { data: 0, durable: 0 })
}

/** submit_bio_wait() */
export function swap_rw_block(s: State): void {
  assert(!s.torn_down, 'I/O to a device that swapoff has given back', NoUseAfterFree)
}
