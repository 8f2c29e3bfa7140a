/** Each protection of shmem in a pair of scenarios, in the way of `protections.ts`. */
import { ShmemKeepsPage, shmemProperties } from '../shmem-properties.js'
import { type Protection, protectionPairs } from './protection-pairs.js'
import { shmemPairs } from './shmem-pairs.js'
import { shmemReclaimPairs } from './shmem-reclaim-pairs.js'

const list: Readonly<Record<string, Protection>> = {
  'shmem-device-null': {
    title:
      'The entry is freed between the fault on a shmem page and its look at the swap device (patches 10 and 11 as posted; patch 12 tests it)',
    without: 'test si before si->flags in shmem_swapin_folio',
    violates: 'NoUseAfterFree',
    on: shmemPairs['shmem-direct-vs-truncate'],
    missing: 'rfc-v2',
    counts: [289, 494, 21],
  },
  'shmem-direct-folio': {
    title: 'A shmem page is read past the swap cache from slot 0, as a folio backs its entry by now (patch 12)',
    without: 'skip a shmem page that a folio backs',
    violates: 'ReadIsBacked',
    on: shmemReclaimPairs['shmem-direct-vs-pageout-no-writeback'],
    missing: 'rfc-v2',
    counts: [43_799, 97_424, 146],
  },
  'shmem-replaced-folio': {
    title: 'shmem puts another folio into the swap cache, and the descriptor refers to the old one (patch 12)',
    without: 'tell the descriptor of the folio that shmem puts in',
    violates: 'WarnNever',
    on: shmemPairs['shmem-replace-migrate'],
    missing: 'rfc-v2',
    counts: [20_582, 56_785, 41],
  },
  'shmem-folio-backed': {
    title: 'A shmem page is read into the swap cache from slot 0, as a folio backs its entry that has left the swap cache',
    without: 'skip an entry that a folio backs',
    violates: 'ReadIsBacked',
    on: shmemPairs['shmem-folio-vs-folio'],
    counts: [2_627, 5_209, 54],
  },
  'shmem-pin': {
    title: 'A shmem page is read past the swap cache while it is brought back, written to and taken out again',
    without: 'pin the entry before a direct read of a shmem page',
    violates: 'NoStaleData',
    on: shmemReclaimPairs['shmem-direct-vs-pageout'],
    properties: [ShmemKeepsPage],
    counts: [15_847, 35_474, 92],
  },
  'shmem-folio-moved': {
    title: 'The anonymous page of another owner, found under the entry for a while, is put into the file',
    without: 'look whether the folio is still that of the entry, in shmem_swapin_folio',
    violates: 'NoStaleData',
    on: shmemReclaimPairs['shmem-vs-pageouts'],
    counts: [110_859, 271_120, 181],
  },
  'shmem-writeback': {
    title: 'A shmem folio leaves the swap cache while it is written out',
    without: 'wait for writeback before a shmem folio leaves the swap cache',
    violates: 'VM_BUG_ON_FOLIO(folio_test_writeback(folio), folio)',
    on: shmemReclaimPairs['shmem-reclaim-vs-write'],
    counts: [1_174, 2_177, 74],
  },
  'shmem-dirty': {
    title: 'A shmem page that is back, and has no entry any more, is dropped as clean',
    without: 'dirty the shmem folio that has left the swap cache',
    violates: 'ShmemKeepsPage',
    on: shmemReclaimPairs['shmem-direct-write-reclaim'],
    counts: [20_852, 58_873, 64],
  },
  'shmem-get-mapping': {
    title: 'A write goes to a folio that was truncated before it was locked',
    without: 'look at folio->mapping again in shmem_get_folio_gfp',
    violates: 'ShmemKeepsPage',
    on: shmemReclaimPairs['shmem-write-reclaim-truncate'],
    counts: [740, 1_807, 16],
  },
  'shmem-undo-mapping': {
    title: 'Truncation takes a folio that has gone to the swap cache for one in the page cache',
    without: 'look at folio->mapping again in shmem_undo_range',
    violates: 'VM_BUG_ON_FOLIO(folio_test_writeback(folio), folio)',
    on: shmemReclaimPairs['shmem-reclaim-vs-truncate'],
    counts: [1_280, 2_467, 64],
  },
  'shmem-count-first': {
    title: 'The mapping shows an entry that is not counted yet, and truncation drops the count (826267cf1e6c)',
    without: 'count the reference of the mapping before it is there',
    violates: 'NoUnderflow',
    on: shmemReclaimPairs['shmem-reclaim-vs-truncate'],
    counts: [195, 336, 27],
  },
  'shmem-put-entry': {
    title: 'The entry of a folio that could not go to the swap cache is never freed',
    without: 'put the entry that was not added to the swap cache',
    violates: 'NoLeak',
    on: shmemReclaimPairs['shmem-reclaim-no-node'],
    counts: [34, 34, 26],
  },
  'shmem-swapin-error': {
    title: 'A poisoned entry takes the place of one that is truncated',
    without: 'xa_cmpxchg_irq in shmem_set_folio_swapin_error',
    violates: 'RefsExact',
    on: shmemPairs['shmem-read-error-vs-truncate'],
    counts: [2_242, 6_502, 44],
  },
  'shmem-expected': {
    title: 'A shmem page is brought back that has been truncated',
    without: 'replace the entry in the mapping only where it is the one expected',
    violates: 'NoStaleData',
    on: shmemPairs['shmem-vs-truncate'],
    counts: [1_112, 2_166, 44],
  },
  'shmem-cmpxchg': {
    title: 'Truncation takes what the mapping holds for the entry that it held before',
    without: 'xa_cmpxchg_irq in shmem_free_swap',
    violates: 'RefsExact',
    on: shmemPairs['shmem-vs-truncate'],
    counts: [1_112, 2_166, 44],
  },
}

export const scenarios = protectionPairs(list, shmemProperties)
