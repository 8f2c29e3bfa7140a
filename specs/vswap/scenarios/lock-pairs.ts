/** The protections of `lock-names.ts` in pairs, each on a scenario of another file. */
import type { Scenario } from '../../../checker/index.js'
import type { lock_protections } from '../lock-names.js'
import { scenarios as large } from './large-pairs.js'
import { scenarios as memcg } from './memcg-pairs.js'
import { scenarios as pairs } from './pairs.js'
import { scenarios as shmem } from './shmem-reclaim-pairs.js'
import { scenarios as zero } from './zero-pairs.js'
import { scenarios as zswap } from './zswap-pairs.js'

interface Protection {
  readonly title: string
  readonly without: (typeof lock_protections)[number]
  readonly violates: string
  /** Name of a scenario. */
  readonly on: string
  /** Of the scenario without it: distinct, generated, depth. */
  readonly counts: readonly [number, number, number]
}

const NOT_LOCKED = 'VM_BUG_ON_FOLIO(!folio_test_locked(folio), folio)'

const list: Readonly<Record<string, Protection>> = {
  'fault-ptl': {
    title: 'A fault goes on without the page table lock while the page is unmapped',
    without: 'page table lock in do_swap_page',
    violates: 'NoUnderflow',
    on: 'zero-load-vs-zap',
    counts: [1_032, 2_025, 51],
  },
  'zap-ptl': {
    title: 'A page is unmapped without the page table lock while a fault maps it',
    without: 'page table lock in zap_pte_range',
    violates: 'NoUnderflow',
    on: 'zero-load-vs-zap',
    counts: [1_034, 2_030, 51],
  },
  'fork-ptl': {
    title: 'A PTE is copied without the page table locks while reclaim unmaps the page',
    without: 'page table locks in copy_pte_range',
    violates: 'NoUseAfterFree',
    on: 'reclaim-vs-fork',
    counts: [188, 339, 22],
  },
  'unmap-ptl': {
    title: 'Reclaim unmaps a page without the page table lock while its PTE is copied',
    without: 'page table lock in try_to_unmap',
    violates: 'NoUseAfterFree',
    on: 'reclaim-vs-fork',
    counts: [188, 339, 22],
  },
  'fault-folio-lock': {
    title: 'A fault goes on with a folio that it has not locked',
    without: 'lock the folio in do_swap_page',
    violates: NOT_LOCKED,
    on: 'cached-vs-reclaim',
    counts: [671, 1_193, 54],
  },
  'fault-folio-moved': {
    title: 'A fault maps the folio that it has locked without asking whose it is by now',
    without: 'look at the folio again once do_swap_page has locked it',
    violates: 'SigbusHonest',
    on: 'swap-max-shrinker-vs-fault',
    counts: [2_224, 4_197, 53],
  },
  'reclaim-folio-lock': {
    title: 'Reclaim goes on with a folio that it has not locked',
    without: 'lock the folio in shrink_folio_list',
    violates: NOT_LOCKED,
    on: 'reclaim-vs-zap',
    counts: [75, 131, 12],
  },
  'reclaim-folio-relock': {
    title: 'Reclaim frees a folio that it has written without locking it again',
    without: 'lock the folio again after swap_writepage',
    violates: NOT_LOCKED,
    on: 'shmem-reclaim-no-node',
    counts: [93, 100, 67],
  },
  'zap-folio-lock': {
    title: 'free_swap_and_cache_nr() takes a folio out of the swap cache without its lock',
    without: 'lock the folio in free_swap_and_cache_nr',
    violates: NOT_LOCKED,
    on: 'zap-vs-zap',
    counts: [182, 315, 23],
  },
  'unmapped-folio-lock': {
    title: 'free_swap_cache() does so',
    without: 'lock the folio in free_swap_cache',
    violates: NOT_LOCKED,
    on: 'zero-load-vs-zap',
    counts: [968, 1_892, 61],
  },
  'cache-reload': {
    title: 'A folio that was found in the swap cache is another by the time that there is a reference to it',
    without: 'look at the swap cache again once there is a reference',
    violates: 'a new folio is unlocked',
    on: 'shmem-direct-vs-pageout',
    counts: [50_318, 111_696, 158],
  },
  'cache-writeback': {
    title: 'A folio leaves the swap cache while it is written',
    without: 'look for writeback before a folio leaves the swap cache',
    violates: 'VM_BUG_ON_FOLIO(folio_test_writeback(folio), folio)',
    on: 'zswap-zap-vs-shrinker',
    counts: [1_097, 2_187, 56],
  },
  'release-lock': {
    title: 'release_backing() works on a descriptor without its lock',
    without: 'write_lock in release_backing',
    violates: 'RmapBijective',
    on: 'memcg-rmdir-vs-zap',
    counts: [30, 47, 11],
  },
  'lookup-rcu': {
    title: 'swp_entry_to_swp_slot() looks at a descriptor outside of an RCU read-side section',
    without: 'rcu_read_lock in swp_entry_to_swp_slot',
    violates: 'NoUseAfterFree',
    on: 'direct-vs-zap',
    counts: [380, 675, 24],
  },
}

const others: readonly Scenario[] = [...pairs, ...zero, ...zswap, ...shmem, ...memcg, ...large]

export const scenarios: readonly Scenario[] = Object.entries(list).flatMap(([name, { title, without, violates, on, counts }]) => {
  const fixed = others.find((s) => s.name === on)
  if (fixed === undefined) throw new Error(`${name}: there is no scenario ${on}`)
  const { unreachable: _, ...parts } = fixed
  const [distinct, generated, depth] = counts
  const named = (variant: string) => ({ name: `${name}+${variant}`, id: `${fixed.spec.name}/${name}+${variant}`, title })
  const expect = { verdict: 'violated', property: violates, distinct, generated, depth } as const
  return [
    { ...parts, ...named('broken'), without: [without], expect },
    { ...fixed, ...named('fixed') },
  ]
})
