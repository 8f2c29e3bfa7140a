/**
 * Which recorded event is which step: the table between a kernel's functions and the spec.
 *
 * A store is seen with the byte of swap_map before and after it, so that a step is the event only if it changes the byte in the same way.
 */
import type { Observer } from '../../../checker/index.js'
import { anyKernel } from './slot.js'
import type { State } from './state.js'

/** An event of one slot, as src/recording/recording.ts has it. */
export interface SlotEvent {
  readonly event: string
  /** The kernel function. */
  readonly in: string
  readonly old?: number
  readonly new?: number
  readonly ret?: number
}

/** A row of the table. */
export interface Mapping {
  /** The kind of event in a recording. */
  readonly event: 'store' | 'continued' | 'cache_add' | 'cache_delete' | 'tree' | 'lru' | 'call' | 'return' | 'device'
  /** The kernel functions that it is recorded in. */
  readonly functions: readonly string[]
  /** Where the probe is. */
  readonly probe: string
  /** The steps of the spec that it may be. */
  readonly steps: readonly string[]
  /** What it is called where a run of the spec is shown. */
  readonly label: string
}

const AT_STORE = 'the store to swap_map, in the lock of the cluster'
const AT_CALL = 'where it is called'
/** xa_cmpxchg() that finds another entry than the one that it was given. */
const REPLACED = 'zswap_writeback_given_up.xa_cmpxchg'

export const mappings: readonly Mapping[] = [
  {
    event: 'store',
    functions: ['scan_swap_map_slots', 'alloc_swap_scan_cluster', 'cluster_alloc_range'],
    probe: AT_STORE,
    steps: ['cluster_alloc_range.memset'],
    label: 'cluster_alloc_range',
  },
  {
    event: 'store',
    functions: ['__swap_duplicate'],
    probe: AT_STORE,
    steps: [
      'swap_duplicate.WRITE_ONCE',
      'swap_duplicate_continued.WRITE_ONCE',
      'swap_shmem_alloc.WRITE_ONCE',
      '__read_swap_cache_async.swapcache_prepare',
      'direct_swapin.swapcache_prepare',
    ],
    label: '__swap_duplicate',
  },
  {
    event: 'continued',
    functions: ['swap_count_continued'],
    probe: 'the store to the continuation, in cont_lock and the lock of the cluster',
    steps: ['swap_duplicate_continued', 'cluster_swap_free_nr_continued', 'free_swap_and_cache_nr_continued'].map(
      (name) => `${name}.swap_count_continued`,
    ),
    label: 'swap_count_continued',
  },
  {
    event: 'store',
    functions: ['cluster_swap_free_nr'],
    probe: AT_STORE,
    steps: [
      'cluster_swap_free_nr.__swap_entry_free_locked',
      'cluster_swap_free_nr_continued.__swap_entry_free_locked',
      'direct_swapin.swapcache_clear',
    ],
    label: 'cluster_swap_free_nr',
  },
  {
    event: 'store',
    functions: ['free_swap_and_cache_nr'],
    probe: AT_STORE,
    steps: ['free_swap_and_cache_nr.__swap_entry_free_locked', 'free_swap_and_cache_nr_continued.__swap_entry_free_locked'],
    label: 'free_swap_and_cache_nr',
  },
  {
    event: 'store',
    functions: ['put_swap_folio'],
    probe: AT_STORE,
    steps: ['delete_and_put.put_swap_folio', 'put_swap_folio.__swap_entry_free_locked'],
    label: 'put_swap_folio',
  },
  {
    event: 'store',
    functions: ['swap_entry_range_free'],
    probe: AT_STORE,
    steps: ['swap_entry_range_free.map', '__try_to_reclaim_swap.swap_entry_range_free'],
    label: 'swap_entry_range_free',
  },
  {
    event: 'cache_add',
    functions: ['add_to_swap_cache'],
    probe: 'the call of xas_store(), in xa_lock',
    steps: ['add_to_swap_cache.xas_store', '__read_swap_cache_async.add_to_swap_cache'],
    label: 'add_to_swap_cache',
  },
  {
    event: 'cache_delete',
    functions: ['__delete_from_swap_cache'],
    probe: 'its beginning, in xa_lock',
    steps: ['delete_and_put.__delete_from_swap_cache', '__try_to_reclaim_swap.__delete_from_swap_cache'],
    label: '__delete_from_swap_cache',
  },
  ...calls('zswap_store', ['zswap_store.call', 'zswap_store_rejected.call']),
  ...returns('zswap_store', { 1: ['zswap_store.return_true'], 0: ['zswap_store_rejected.return_false'] }),
  ...calls('zswap_load', ['zswap_load.call', 'zswap_load_direct.call']),
  ...returns('zswap_load', {
    1: ['zswap_load.return_true', 'zswap_load_direct.return_true'],
    0: ['zswap_load.return_false', 'zswap_load_direct.return_false'],
  }),
  ...calls('zswap_invalidate', ['zswap_invalidate.call']),
  tree('xa_store', ['zswap_store.xa_store']),
  tree('xa_erase', ['zswap_store_rejected.xa_erase', 'zswap_load.xa_erase', 'zswap_invalidate.xa_erase']),
  tree('xa_cmpxchg', ['zswap_writeback_entry.xa_cmpxchg', REPLACED]),
  lru('list_lru_add', 'zswap_store.list_lru_add'),
  lru('list_lru_del', 'zswap_entry_free.list_lru_del'),
  ...calls('zswap_entry_free', ['zswap_entry_free.call']),
  ...calls('shrink_memcg_cb', ['shrink_memcg_cb.call']),
  ...calls('zswap_writeback_entry', ['zswap_writeback_entry.call', 'zswap_writeback_given_up.call']),
  ...returns('zswap_writeback_entry', { 0: ['zswap_writeback_entry.return_0'], error: ['zswap_writeback_given_up.return_error'] }),
  ...calls('__swap_writepage', ['__swap_writepage.call', 'zswap_writeback_entry.__swap_writepage']),
  ...calls('swap_read_folio', ['swap_read_folio.call']),
  {
    event: 'device',
    functions: ['_enable_swap_info'],
    probe: `${AT_CALL}, of a swap_map that is new`,
    steps: ['_enable_swap_info'],
    label: '_enable_swap_info',
  },
]

/** A change of zswap's tree; it returns what was there before, or, of xa_cmpxchg(), whether that is what it was given. */
function tree(name: string, steps: readonly string[]): Mapping {
  return { event: 'tree', functions: [name], probe: 'where it drops xa_lock, in _raw_spin_unlock()', steps, label: name }
}

function lru(name: string, step: string): Mapping {
  return { event: 'lru', functions: [name], probe: 'where it drops the lock of the list', steps: [step], label: `${name} = 1` }
}

function calls(name: string, steps: readonly string[]): Mapping[] {
  return [{ event: 'call', functions: [name], probe: AT_CALL, steps, label: name }]
}

function returns(name: string, steps: Readonly<Record<string, readonly string[]>>): Mapping[] {
  return Object.entries(steps).map(([value, of]) => ({
    event: 'return',
    functions: [name],
    probe: 'where it returns',
    steps: of,
    label: `${name} = ${value}`,
  }))
}

const labelOfStep = new Map(mappings.flatMap(({ event, steps, label }) => steps.map((step) => [step, { label, event }] as const)))
const labelOfFunction = new Map(
  mappings.flatMap(({ event, functions, label }) => functions.map((name) => [`${event === 'store'}${name}`, label] as const)),
)
const known = new Set(mappings.flatMap(({ event, functions }) => functions.map((name) => `${event} ${name}`)))

/** Behind the byte of swap_map: does zswap's tree have an entry? Behind that, the byte of the continuation. */
const [IN_TREE, CONTINUED] = [0x100, 0x200]
const byteOf = (shown: number): number => shown % IN_TREE
const isInTree = (shown: number): boolean => (shown & IN_TREE) !== 0
const continuedOf = (shown: number): number => Math.floor(shown / CONTINUED)

/** What a step looks like, for the automaton of one slot. */
export const observer: Observer<State> = {
  scenario: anyKernel,
  shows: ({ swap_map, zswap_tree, continued }) => swap_map + (zswap_tree ? IN_TREE : 0) + continued * CONTINUED,
  label(step, before, after) {
    const { event, label } = labelOfStep.get(step) ?? {}
    if (event === 'store') return `${label} ${byteOf(before)}>${byteOf(after)}`
    if (event === 'continued') return `${label} ${continuedOf(before)}>${continuedOf(after)}`
    return event === 'tree' ? `${label} = ${step !== REPLACED && isInTree(before) ? 1 : 0}` : label
  },
}

/** What an event looks like; undefined of one that is recorded to tell what leads to others, and that no step is. */
export function labelOf({ event, in: name, old, new: stored, ret }: SlotEvent): string | undefined {
  if (event === 'store') return `${labelOfFunction.get(`true${name}`) ?? name} ${old}>${stored}`
  if (event === 'continued') return `${name} ${old}>${stored}`
  if (!known.has(`${event} ${name}`)) return undefined
  if (event === 'tree' || event === 'lru') return `${name} = ${ret}`
  if (event !== 'return') return labelOfFunction.get(`false${name}`)?.split(' ')[0]
  return `${name} = ${ret === 0 || ret === 1 ? ret : 'error'}`
}
