/** An allocation in reclaim comes back to where reclaim was called from. */
import { known, process } from '../../../checker/index.js'
import { fs_transaction } from '../history/zswap-frontswap-store.js'
import { noIo } from './history-unreachable.js'
import { type Protection, protectionPairs } from './pair.js'

const list: Readonly<Record<string, Protection>> = {
  'zswap-store-recursion': {
    title:
      'A page goes to zswap from within an allocation of a file system that must not be called again, and zswap allocates with GFP_KERNEL',
    without: 'PF_MEMALLOC while a thread reclaims',
    violates: 'LockingCorrect',
    run: [process('transaction', fs_transaction)({})],
    init: (s) => {
      s.file_system[known(s.file_system.ids[0] ?? 0)].no_free_page = true
    },
    bounds: { file_system: 1 },
    unreachable: {
      ...noIo,
      'who reclaims does not reclaim again': ['zswap_frontswap_store.allocated', 'super_cache_scan.*'],
    },
    broken: [8, 8, 6],
    counts: [10, 11, 7],
  },
}

export const scenarios = protectionPairs(list)
