/** A page of a tmpfs file goes out while the file is truncated, and the device is switched off (826267cf1e6c). */
import { known, process, weak } from '../../../checker/index.js'
import { tmpfs_swapoff, tmpfs_truncate, tmpfs_writepage } from '../history/tmpfs-writepage.js'
import { returns, type State } from '../state.js'
import { noIo } from './history-unreachable.js'
import { type Protection, protectionPairs } from './pair.js'

const TmpfsSwapoffTerminates = returns('SwapoffTerminates', 'swapoff ends.', ['swapoff'])

function inPageCache(s: State): void {
  Object.assign(s.tmpfs[known(s.tmpfs.ids[0] ?? 0)], { has_page: true, pagecache: true, SWP_WRITEOK: true })
}

const list: Readonly<Record<string, Protection>> = {
  'tmpfs-writepage-vs-truncate': {
    title: 'A tmpfs file is truncated while its page goes out, and swapoff looks for the owner of the slot',
    without: 'swap_shmem_alloc under info->lock',
    violates: TmpfsSwapoffTerminates.name,
    properties: [TmpfsSwapoffTerminates],
    fairness: [weak.processes()],
    run: [process('reclaim', tmpfs_writepage)({}), process('truncate', tmpfs_truncate)({}), process('swapoff', tmpfs_swapoff)({})],
    init: inPageCache,
    bounds: { tmpfs: 1 },
    unreachable: {
      ...noIo,
      'what is truncated leaves the page cache first': ['shmem_writepage.unlock', 'shmem_writepage.swapcache_free'],
    },
    broken: [217, 444, 20],
    counts: [164, 325, 20],
  },
}

export const scenarios = protectionPairs(list)
