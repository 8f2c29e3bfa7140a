/** A tmpfs is unmounted while swapoff looks for its pages (778dd893ae78, af53d3e9e040). */
import { known, process } from '../../../checker/index.js'
import { generic_shutdown_super } from '../history/generic-shutdown-super.js'
import { shmem_unuse } from '../history/shmem-unuse.js'
import type { State } from '../state.js'
import { noIo } from './history-unreachable.js'
import { type Protection, protectionPairs } from './pair.js'

const umount = process('umount', generic_shutdown_super)({ inode: 1 })
const unuse = process('swapoff of a tmpfs', shmem_unuse)({})

function mounted(s: State): void {
  s.super_block[known(s.super_block.ids[0] ?? 0)].life = 'live'
  Object.assign(s.inode[known(s.inode.ids[0] ?? 0)], { life: 'live', i_count: 1, swaplist: true, swapped: true })
}

const both: Omit<Protection, 'title' | 'without' | 'broken' | 'counts'> = {
  violates: 'NoUseAfterFree',
  run: [unuse, umount],
  init: mounted,
  bounds: { super_block: 1, inode: 1 },
  unreachable: { ...noIo, 'igrab() is what the repair has replaced': ['shmem_unuse.igrab', 'shmem_unuse.iput'] },
}

const list: Readonly<Record<string, Protection>> = {
  'shmem-unuse-vs-umount': {
    ...both,
    title: 'swapoff holds an inode of a tmpfs that is unmounted',
    without: 'stop the eviction of the inode that swapoff looks through',
    broken: [66, 96, 10],
    counts: [99, 167, 15],
  },
  'shmem-unuse-list-del': {
    ...both,
    title: 'swapoff takes an inode off the list, and it is evicted before swapoff lets go of it',
    without: 'drop stop_eviction while the inode is on the list',
    missing: 'v6.14',
    broken: [101, 164, 14],
    counts: [99, 167, 15],
  },
}

export const scenarios = protectionPairs(list)
