/** A slot is allocated on a device that is told which clusters are free. */
import { process } from '../../../checker/index.js'
import { folio_alloc_swap_discard, swap_cluster_schedule_discard, swap_discard_work } from '../history/swap-do-scheduled-discard.js'
import { noIo } from './history-unreachable.js'
import { type Protection, protectionPairs } from './pair.js'

const list: Readonly<Record<string, Protection>> = {
  'discard-in-allocation': {
    title: 'A slot is allocated while the last free cluster waits to be discarded, and the work that discards it has not run yet',
    without: 'discard after the local lock is dropped',
    violates: 'WarnNever',
    run: [
      process('reclaim', folio_alloc_swap_discard)({}),
      process('zap', swap_cluster_schedule_discard)({ ci: 1 }),
      process('discard work', swap_discard_work)({}),
    ],
    init: (s) => {
      for (const id of s.cluster.ids) s.cluster[id].list = 'full'
    },
    bounds: { cpu: 1, cluster: 1 },
    unreachable: {
      ...noIo,
      'the discard comes after the lock': ['folio_alloc_swap.swap_do_scheduled_discard', 'folio_alloc_swap.discarded'],
    },
    broken: [65, 109, 8],
    counts: [144, 250, 17],
  },
}

export const scenarios = protectionPairs(list)
