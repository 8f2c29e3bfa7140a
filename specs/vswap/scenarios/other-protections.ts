/** Each protection of userfaultfd move and copy-on-write in a pair of scenarios, in the way of `protections.ts`. */
import { type Scenario, type ScenarioParts, scenario } from '../../../checker/index.js'
import type { other_protections } from '../other-fields.js'
import { otherProperties } from '../other-properties.js'
import type { State } from '../state.js'
import { vswap } from '../vswap.js'
import { otherPairs } from './other-pairs.js'
import type { Pair } from './pair.js'
import { wpPairs } from './wp-pairs.js'

interface Protection {
  readonly title: string
  readonly without: (typeof other_protections)[number]
  readonly violates: string
  readonly on: Pair
  readonly missing?: 'rfc-v2'
  /** Of the scenario without it: distinct, generated, depth. */
  readonly counts: Pair['counts']
}

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

export const scenarios: readonly Scenario[] = Object.entries(list).flatMap(
  ([name, { title, without, violates, on, missing = 'broken', counts }]) => {
    const { run, init, bounds = {}, unreachable } = on
    const parts = { title, run, init, bounds, properties: otherProperties } satisfies Partial<ScenarioParts<State>>
    const expected = (verdict: 'violated' | 'holds', [distinct, generated, depth]: Pair['counts']) => ({
      verdict,
      distinct,
      generated,
      depth,
    })
    const broken = { ...expected('violated', counts), property: violates }
    return [
      scenario(vswap, { ...parts, name: `${name}+${missing}`, without: [without], expect: broken }),
      scenario(vswap, { ...parts, name: `${name}+fixed`, unreachable, expect: expected('holds', on.counts) }),
    ]
  },
)
