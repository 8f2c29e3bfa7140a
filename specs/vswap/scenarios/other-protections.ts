/** Each protection of userfaultfd move and copy-on-write in a pair of scenarios, in the way of `protections.ts`. */
import { otherProperties } from '../other-properties.js'
import { otherPairs } from './other-pairs.js'
import { type Protection, protectionPairs } from './protection-pairs.js'
import { wpPairs } from './wp-pairs.js'

const list: Readonly<Record<string, Protection>> = {
  'move-stale-folio': {
    title: 'userfaultfd moves the folio of another page, which it found under the entry before the entry was reused',
    without: 'look whether the folio is still the one of the entry',
    violates: 'RmapFindsPte',
    on: otherPairs['move-vs-pageouts'],
    missing: 'rfc-v2',
    counts: [37_248, 86_305, 181],
  },
  'move-missed-folio': {
    title: 'userfaultfd leaves a folio behind that has come into the swap cache since it looked',
    without: 'look into the swap cache again under the page table locks',
    violates: 'VM_BUG_ON_PAGE(page_pgoff(folio, page) != linear_page_index(vma, address), page)',
    on: otherPairs['move-vs-pageout'],
    missing: 'rfc-v2',
    counts: [45_756, 123_471, 136],
  },
  'move-unlocked-folio': {
    title: 'userfaultfd moves a folio that it has not locked',
    without: 'lock the folio before it is moved',
    violates: 'RmapFindsPte',
    on: otherPairs['move-vs-pageouts'],
    counts: [39_755, 92_441, 181],
  },
  'move-changed-pte': {
    title: 'userfaultfd moves a PTE that has changed since it looked',
    without: 'look at both PTEs again under the page table locks',
    violates: 'RmapFindsPte',
    on: otherPairs['move-vs-fault'],
    counts: [1_880, 3_499, 74],
  },
  'wp-lock': {
    title: 'A page is reused, and its folio taken out of the swap cache, without the folio lock',
    without: 'lock the folio before it is reused',
    violates: 'VM_BUG_ON_FOLIO(!folio_test_locked(folio), folio)',
    on: wpPairs['store-vs-fault'],
    counts: [44, 72, 9],
  },
  'wp-recount': {
    title: 'A page is reused that another owner holds through the swap cache',
    without: 'count the references to the folio again once it is locked',
    violates: 'NoStaleData',
    on: wpPairs['store-vs-fault'],
    counts: [793, 1_472, 43],
  },
  'wp-pte-same': {
    title: 'A copy is mapped over a PTE that has changed since',
    without: 'pte_same in wp_page_copy',
    violates: 'RefsExact',
    on: wpPairs['shared-store-vs-reclaim'],
    counts: [800, 1_458, 37],
  },
  'wp-hold': {
    title: 'A page is copied while reclaim frees it',
    without: 'hold the old folio while it is copied',
    violates: 'NoUseAfterFree',
    on: wpPairs['shared-store-vs-reclaim'],
    counts: [4_543, 8_636, 96],
  },
}

export const scenarios = protectionPairs(list, otherProperties)
