/** The protections of copy-on-write, in pairs as in `protections.ts`. */
import { type Protection, protectionPairs } from './protection-pairs.js'
import { wpPairs } from './wp-pairs.js'

const list: Readonly<Record<string, Protection>> = {
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

export const scenarios = protectionPairs(list)
