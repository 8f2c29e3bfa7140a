/** The protections of userfaultfd move, in pairs as in `protections.ts`. */
import { anonRmapProperties } from '../anon-rmap-properties.js'
import { movePairs } from './move-pairs.js'
import { type Protection, protectionPairs } from './protection-pairs.js'

const list: Readonly<Record<string, Protection>> = {
  'move-stale-folio': {
    title: 'userfaultfd moves the folio of another page, which it found under the entry before the entry was reused',
    without: 'look whether the folio is still the one of the entry',
    violates: 'RmapFindsPte',
    on: movePairs['move-vs-pageouts'],
    missing: 'rfc-v2',
    counts: [37_248, 86_305, 181],
  },
  'move-missed-folio': {
    title: 'userfaultfd leaves a folio behind that has come into the swap cache since it looked',
    without: 'look into the swap cache again under the page table locks',
    violates: 'VM_BUG_ON_PAGE(page_pgoff(folio, page) != linear_page_index(vma, address), page)',
    on: movePairs['move-vs-pageout'],
    missing: 'rfc-v2',
    counts: [45_756, 123_471, 136],
  },
  'move-unlocked-folio': {
    title: 'userfaultfd moves a folio that it has not locked',
    without: 'lock the folio before it is moved',
    violates: 'RmapFindsPte',
    on: movePairs['move-vs-pageouts'],
    counts: [39_755, 92_441, 181],
  },
  'move-changed-pte': {
    title: 'userfaultfd moves a PTE that has changed since it looked',
    without: 'look at both PTEs again under the page table locks',
    violates: 'RmapFindsPte',
    on: movePairs['move-vs-fault'],
    counts: [1_880, 3_499, 74],
  },
}

export const scenarios = protectionPairs(list, anonRmapProperties)
