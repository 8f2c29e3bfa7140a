/** Why steps of zswap cannot fire: what a scenario does not ask zswap for. */
import type { Process, Scenario } from '../../../checker/index.js'
import { zswap_invalidate } from '../zswap-entry.js'

type Procedure = Process['procedure']
type Reasons = NonNullable<Scenario['unreachable']>

/** The zswap of a scenario, by the kernel that it is of; without one it was never enabled. */
export type Zswap = 'v6.14' | 'v6.3'

const unwatched = {
  'no device is switched off, nor full': [
    'swap_entry_range_free.add_to_avail_list',
    'get_swap_pages.get_swap_device_info',
    'get_swap_pages.swap_range_alloc',
    'get_swap_pages.put_swap_device',
  ],
}
const ofV6_14 = ['zswap_load.*', 'zswap_store.*']
const ofV6_3 = ['zswap_frontswap_load.*', 'zswap_frontswap_store.*']
const ofEntries = ['zswap_invalidate.zswap_entry_free', 'zswap_entry_free.*']
const ofObjcg = [
  'zswap_entry_free.obj_cgroup_uncharge_zswap',
  'zswap_entry_free.obj_cgroup_put',
  'zswap_store.obj_cgroup_get',
  'zswap_store.obj_cgroup_charge_zswap',
  'zswap_store.put_objcg',
]

const reasons: Readonly<Record<Zswap | 'none', Reasons>> = {
  none: {
    'zswap was never enabled': [
      ...ofV6_14,
      ...ofV6_3,
      'zswap_invalidate.*',
      'zswap_entry_free.*',
      'swap_entry_range_free.zswap_invalidate',
      'swapoff.zswap_swapoff',
    ],
  },
  'v6.14': { 'this is zswap since v6.9': ofV6_3 },
  'v6.3': { 'this is zswap until v6.8': [...ofV6_14, ...ofEntries] },
}

/** What cannot fire in a scenario with this zswap, whatever else it does; with `objcg`, the memcg is not the root. */
export function unreachableOf(run: readonly Process[], zswap: Zswap | undefined, objcg: boolean): Reasons {
  const isOfRoot = zswap === 'v6.14' && !objcg
  const isUnwatched = zswap !== undefined && run.every(({ name }) => name !== 'swapoff')
  const more = { ...(isOfRoot && { 'the memcg is the root': ofObjcg }), ...(isUnwatched && unwatched) }
  return mayCallZswap(run) ? present(run, { ...reasons[zswap ?? 'none'], ...more }) : {}
}

/** Of the steps that reasons name, those that some process of a scenario has: several scenarios share a reason, and not all of its steps. */
export function present(run: readonly Process[], listed: Reasons): Reasons {
  const has = new Set(
    run.flatMap(({ name, procedure }) =>
      [...called(procedure)].flatMap((each) => [...stepsOf(each)].flatMap((step) => [step, `${name}/${step}`])),
    ),
  )
  const isPresent = (step: string) => !step.includes('.') || has.has(step)
  return Object.fromEntries(Object.entries(listed).map(([why, steps]) => [why, steps.filter(isPresent)]))
}

/** Does it write a page out, read one or free a slot? What is here of zswap is called by nobody else. */
const mayCallZswap = (run: readonly Process[]): boolean => run.some(({ procedure }) => called(procedure).has(zswap_invalidate))

/** As reasons name them: one by one, and all together. */
const stepsOf = ({ name, steps }: Procedure): readonly string[] => ['*', ...steps.keys()].map((label) => `${name}.${label}`)

/** The procedures of a process. */
function called(procedure: Procedure, seen = new Set<Procedure>()): ReadonlySet<Procedure> {
  if (seen.has(procedure)) return seen
  seen.add(procedure)
  for (const each of procedure.calls) called(each, seen)
  return seen
}

export const shrinkerFreesNoSlot = {
  'a PTE has the entry of a page that the shrinker gives up': ['zswap shrink work', 'zswap shrinker'].flatMap((name) => [
    `${name}/swap_entry_range_free.*`,
    `${name}/zswap_invalidate.*`,
  ]),
}
export const shrinkerGivesNothingUp = {
  'a page comes back once, and its slot is free, or its folio in the swap cache, when its zswap entry is out of the tree': [
    'zswap_writeback_entry.delete_from_swap_cache',
    'zswap_writeback_entry.folio_unlock',
    'zswap_writeback_entry.folio_put',
    'zswap shrinker/delete_from_swap_cache.*',
    'zswap shrinker/put_swap_folio.*',
    'zswap shrinker/swap_entry_range_free.*',
    'zswap shrinker/zswap_invalidate.*',
  ],
}
export const noDirectRead = {
  'the device answers later': [
    'do_swap_page.alloc_swap_folio',
    'do_swap_page.swapcache_prepare',
    'do_swap_page.prepared',
    'do_swap_page.swap_read_folio',
    'swapcache_clear.*',
    'cluster_swap_free_nr.unlock_cluster',
  ],
}
export const nobodyElseFaults = { 'no other thread touches the PTE': ['do_swap_page.out_nomap'] }
export const folioStays = {
  'a folio that the fault finds in the swap cache stays there': ['do_swap_page.out_page', 'do_swap_page.out_release'],
}
export const noCacheHit = {
  'the fault finds no folio in the swap cache': [
    'filemap_get_folio.folio_try_get',
    'filemap_get_folio.xas_reload',
    '__read_swap_cache_async.put_and_return',
  ],
}
export const freedWithCache = {
  'a folio that leaves the swap cache is the last that held its slot': ['fault/put_swap_folio.__swap_entry_free_locked'],
}
export const loadErases = {
  'the load into the swap cache has the zswap entry out of the tree before the slot is free': ['zswap_invalidate.zswap_entry_free'],
}
export const noRead = { 'no page is read from the device': ['end_swap_bio_read'] }
export const noWrite = { 'no page is written to the device': ['end_swap_bio_write', '__swap_writepage.*'] }
export const zswapTakesAll = {
  'zswap takes every page': [
    'zswap_store.check_old',
    'zswap_store.fail',
    'reclaim/__swap_writepage.*',
    'swap cycle/__swap_writepage.*',
    'pageout/__swap_writepage.*',
  ],
}
/** Of who has no other page, and does not unmap it. */
export const reclaimKeepsSlot = {
  'a PTE has the entry of a page that goes out': ['reclaim', 'swap cycle', 'pageout'].flatMap((name) => [
    `${name}/folio_free_swap.folio_set_dirty`,
    `${name}/delete_from_swap_cache.*`,
    `${name}/swap_entry_range_free.*`,
    `${name}/zswap_invalidate.*`,
  ]),
}
/** Of a page that is in the swap cache when it goes out. */
export const noNewSlot = {
  'the page has its slot when it goes out': ['shrink_folio_list.added', 'add_to_swap.*', 'folio_alloc_swap.*', 'get_swap_pages.*'],
}
/** Of a page that nobody else looks for. */
export const reclaimAlone = {
  'nobody else has a reference to the folio that goes out': ['shrink_folio_list.keep_locked', 'shrink_folio_list.keep'],
}
