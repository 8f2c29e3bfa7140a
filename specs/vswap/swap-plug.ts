/** mm/page_io.c: reads that wait in the plug of try_to_unuse(), on a device with SWP_FS_OPS (a swap file on NFS, for one). */
import { assert, asserted, type Id, type Ref } from '../../checker/index.js'
import { NoUseAfterFree } from '../kernel/memory.js'
import { held } from './folio.js'
import { guard, type State } from './state.js'

export const SwapoffSubmits = asserted('SwapoffSubmits', 'swapoff waits only for reads that were submitted.')

/** swap_read_folio_fs(folio, plug): sio = *plug; … sio->pages += 1; … *plug = sio; true where the read stays in the plug of this thread. */
export function swap_read_folio_fs({ device }: State, self: Id<'thread'>): boolean {
  if (!device.SWP_FS_OPS || device.unuser !== self) return false
  assert(device.splug !== 'submitted', 'use after free: struct swap_iocb', NoUseAfterFree)
  device.splug = 'plugged'
  return true
}

/** swap_read_unplug(splug): the reads are on their way, and sio_read_complete() frees the swap_iocb. The pointer is the caller's to clear. */
export function swap_read_unplug(s: State): void {
  if (s.device.splug !== 'plugged') return
  for (const id of s.folio.ids) if (isPlugged(s, id)) s.folio[id].reading = true
  s.device.splug = guard('forget the plug that was submitted') ? 'NULL' : 'submitted'
}

/** Before folio_lock(folio) by the owner of the plug. */
export function assert_submitted(s: State, folio: Ref<'folio'>): void {
  held(s, folio)
  assert(folio === 0 || !isPlugged(s, folio), 'folio_lock(folio) of a folio whose read is in the own plug', SwapoffSubmits)
}

function isPlugged(s: State, id: Id<'folio'>): boolean {
  const folio = s.folio[id]
  return folio.bio !== 0 && !folio.reading && !folio.writeback
}
