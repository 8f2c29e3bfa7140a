/** Each protection of the split of a large shmem folio, and of its entry, in a pair of scenarios, in the way of `protections.ts`. */
import { FaultCompletes } from '../liveness-properties.js'
import { largeShmemProperties } from './large-shmem-pairs.js'
import { type Protection, protectionPairs } from './protection-pairs.js'
import { shmemSplitLive, shmemSplitPairs } from './shmem-split-pairs.js'

const list: Readonly<Record<string, Protection>> = {
  'shmem-cut-large': {
    title: 'Truncation to the middle of a large entry takes the page before, too (mm/shmem.c)',
    without: 'bring in a large entry that is cut in part',
    violates: 'ShmemKeepsPage',
    on: shmemSplitPairs['shmem-split-truncate-cached'],
    missing: 'rfc-v2',
    counts: [136, 241, 16],
  },
  'shmem-split-freeze': {
    title: 'The folio of a file is split while another thread has a reference to it',
    without: 'freeze the folio of a file before it is split',
    violates: 'VM_BUG_ON_FOLIO(folio_ref_count(folio) == 0, folio)',
    on: shmemSplitPairs['shmem-split-punch-vs-reclaim'],
    counts: [289, 544, 23],
  },
}

/** Of threads that go round for ever. */
const live: Readonly<Record<string, Protection>> = {
  'shmem-late-split': {
    title: 'A large shmem entry is split whose folio is in the swap cache: whoever touches a page of it goes round for ever (mm/shmem.c)',
    without: 'split no entry whose large folio is in the swap cache',
    violates: 'FaultCompletes',
    on: shmemSplitLive['shmem-split-late'],
    missing: 'rfc-v2',
    counts: [1_382, 2_411, 189],
  },
}

export const scenarios = [
  ...protectionPairs(list, largeShmemProperties),
  ...protectionPairs(live, [...largeShmemProperties, FaultCompletes]),
]
