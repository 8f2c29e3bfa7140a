/** Each protection of large folios of shmem in a pair of scenarios, in the way of `protections.ts`. */
import { FaultCompletes } from '../liveness-properties.js'
import { largeShmemPairs, largeShmemProperties } from './large-shmem-pairs.js'
import { type Protection, protectionPairs } from './protection-pairs.js'

const list: Readonly<Record<string, Protection>> = {
  'shmem-large-backing': {
    title: 'A large shmem folio is read from slots that are not in a row (patches 15 and 16)',
    without: 'look at the backing of a large shmem entry',
    violates: 'NoStaleData',
    on: largeShmemPairs['shmem-large-apart'],
    missing: 'rfc-v2',
    counts: [4_327, 8_671, 96],
  },
  'shmem-large-unlock': {
    title: 'A folio that was found for a large shmem entry is unlocked without having been locked (mm/shmem.c)',
    without: 'put the unlocked folio of a large entry that has changed',
    violates: 'LockingCorrect',
    on: largeShmemPairs['shmem-large-head-cached'],
    missing: 'rfc-v2',
    counts: [1_000, 1_771, 38],
  },
  'shmem-large-order': {
    title: 'Truncation frees the swap entries of a large entry of which it has taken one (CVE-2026-23161)',
    without: 'look at the order under xa_lock in shmem_free_swap',
    violates: 'NoUnderflow',
    on: largeShmemPairs['shmem-large-vs-truncate'],
    missing: 'rfc-v2',
    counts: [5_879, 12_595, 62],
  },
  'shmem-large-hole': {
    title: 'A page that was cut out of a file comes back with the large folio that was being read (mm/shmem.c)',
    without: 'find the whole range of a large folio in the mapping',
    violates: 'NoStaleData',
    on: largeShmemPairs['shmem-large-punch'],
    missing: 'rfc-v2',
    counts: [2_720, 5_426, 50],
  },
  'shmem-large-same': {
    title: 'A large entry is split that is no longer there',
    without: 'look at the entry again before it is split',
    violates: 'NoLeak',
    on: largeShmemPairs['shmem-large-cached-vs-shmem'],
    counts: [9_803, 21_522, 93],
  },
  'shmem-large-split-lock': {
    title: 'Truncation meets a large entry that is half split',
    without: 'keep xa_lock while a large entry is split',
    violates: 'NoStaleData',
    skip: ['BackingLive'],
    on: largeShmemPairs['shmem-large-vs-truncate'],
    counts: [4_582, 9_627, 54],
  },
}

/** Of threads that go round for ever. */
const live: Readonly<Record<string, Protection>> = {
  'shmem-large-forever': {
    title: 'A thread tries for ever to pin a large shmem entry of which a page is in the swap cache (mm/shmem.c)',
    without: 'look for pages of a large shmem entry in the swap cache',
    violates: 'FaultCompletes',
    on: largeShmemPairs['shmem-large-tail-cached'],
    missing: 'rfc-v2',
    counts: [20_153, 41_367, 174],
  },
}

export const scenarios = [
  ...protectionPairs(list, largeShmemProperties),
  ...protectionPairs(live, [...largeShmemProperties, FaultCompletes]),
]
