/** Each protection of userfaultfd move in a pair of scenarios, in the way of `protections.ts`. */
import { type Scenario, type ScenarioParts, scenario } from '../../checker/index.js'
import type { other_protections } from './other-fields.js'
import { otherPairs } from './other-pairs.js'
import { otherProperties } from './other-properties.js'
import type { Pair } from './pairs.js'
import type { State } from './state.js'
import { vswap } from './vswap.js'

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
    counts: [31_459, 74_552, 160],
  },
  'move-missed-folio': {
    title: 'userfaultfd leaves a folio behind that has come into the swap cache since it looked',
    without: 'look into the swap cache again under the page table locks',
    violates: 'VM_BUG_ON_PAGE(page_pgoff(folio, page) != linear_page_index(vma, address), page)',
    on: otherPairs['move-vs-pageout'],
    missing: 'rfc-v2',
    counts: [32_501, 86_992, 115],
  },
  'move-unlocked-folio': {
    title: 'userfaultfd moves a folio that it has not locked',
    without: 'lock the folio before it is moved',
    violates: 'RmapFindsPte',
    on: otherPairs['move-vs-pageouts'],
    counts: [32_938, 78_259, 160],
  },
  'move-changed-pte': {
    title: 'userfaultfd moves a PTE that has changed since it looked',
    without: 'look at both PTEs again under the page table locks',
    violates: 'RmapFindsPte',
    on: otherPairs['move-vs-fault'],
    counts: [1_237, 2_251, 57],
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
