/** Pages of memory cgroups: what is charged and recorded of them, moved, and taken back. */
import { type Id, known, nth, process } from '../../../checker/index.js'
import { mem_cgroup_css_offline, mem_cgroup_try_charge_swap, mem_cgroup_uncharge_swap, RecordExact } from '../cgroup-swap.js'
import { mem_cgroup_move_charge } from '../history/mem-cgroup-move-swap-account.js'
import { StatExact, swap_cache_readahead } from '../history/swap-cache-prepare-and-add.js'
import type { State } from '../state.js'
import { noIo } from './history-unreachable.js'
import { type Pair, type Protection, pairScenarios, protectionPairs } from './pair.js'

const swapOut = process('swap-out', mem_cgroup_try_charge_swap)
const swapFree = process('swap free', mem_cgroup_uncharge_swap)
const rmdir = process('rmdir', mem_cgroup_css_offline)

/** Memcg 1 is there, and memcg 2 in it. */
function online(s: State): void {
  const [parent, child] = memcgs(s)
  for (const id of s.cgroup.ids) Object.assign(s.cgroup[id], { online: true, id_ref: 1 })
  if (child !== 0) s.cgroup[child].parent = parent
}

/** Two memcgs beside each other; all slots are recorded for the first. */
function recorded(s: State): void {
  online(s)
  const [from, to] = memcgs(s)
  if (to !== 0) s.cgroup[to].parent = 0
  for (const id of s.recorded.ids) Object.assign(s.recorded[id], { id: from, in_use: true })
  Object.assign(s.cgroup[from], { swap: s.recorded.ids.length, id_ref: 1 + s.recorded.ids.length })
}

function memcgs(s: State): readonly [Id<'cgroup'>, Id<'cgroup'> | 0] {
  const first = known(s.cgroup.ids[0] ?? 0)
  return [first, nth(s.cgroup.ids, first, 1)]
}

const properties = [RecordExact]
const repaired = { 'the id is got before the charge': ['mem_cgroup_try_charge_swap.mem_cgroup_id_get'] }

const list: Readonly<Record<string, Protection>> = {
  'swapout-of-offline-memcg': {
    title: 'A page goes out that is still charged to a memcg which went away with no page in swap',
    without: 'charge the swap of a memcg without an id to an ancestor that has one',
    violates: RecordExact.name,
    properties,
    run: [rmdir({ memcg: 2 }), swapOut({ memcg: 2, entry: 1 }), swapFree({ entry: 1 })],
    init: online,
    bounds: { cgroup: 2, recorded: 1 },
    unreachable: { ...noIo, ...repaired },
    broken: [30, 39, 12],
    counts: [31, 41, 12],
  },
  'memcg-move-vs-swap-free': {
    title: 'A task goes to another memcg while slots of it are freed',
    without: 'get a reference to the id of the memcg that a record is moved to',
    violates: 'WarnNever',
    properties,
    run: [process('move', mem_cgroup_move_charge)({ from: 1, to: 2 }), swapFree({ entry: 1 })],
    init: recorded,
    bounds: { cgroup: 2, recorded: 2 },
    unreachable: { ...noIo, 'each record has its reference': ['mem_cgroup_move_charge_pte_range.mem_cgroup_id_get_many'] },
    broken: [86, 134, 19],
    counts: [79, 125, 18],
  },
  'swap-cache-stat': {
    title: 'A folio is in the swap cache before it is charged to its memcg',
    without: 'charge the folio before it is in the swap cache',
    violates: StatExact.name,
    properties: [StatExact],
    run: [process('readahead', swap_cache_readahead)({ entry: 1 })],
    init: recorded,
    bounds: { cgroup: 1, recorded: 1 },
    unreachable: { ...noIo, 'the folio is charged first': ['__swap_cache_prepare_and_add.charge_later'] },
    broken: [5, 5, 5],
    counts: [5, 5, 5],
  },
}

const held: Readonly<Record<string, Pair>> = {
  'memcg-swap-out-vs-free': {
    title: 'Pages of a memcg and of its child go out, and their slots are freed, while the child goes away',
    properties,
    run: [
      swapOut({ memcg: 1, entry: 1 }),
      swapOut({ memcg: 2, entry: 2 }),
      swapFree({ entry: 1 }),
      swapFree({ entry: 2 }),
      rmdir({ memcg: 2 }),
    ],
    init: online,
    bounds: { cgroup: 2, recorded: 2 },
    unreachable: { ...noIo, ...repaired },
    counts: [341, 751, 22],
  },
  'memcg-move-vs-both-frees': {
    title: 'A task goes to another memcg while all its slots are freed, and its old memcg goes away',
    properties,
    run: [process('move', mem_cgroup_move_charge)({ from: 1, to: 2 }), swapFree({ entry: 1 }), swapFree({ entry: 2 }), rmdir({ memcg: 1 })],
    init: recorded,
    bounds: { cgroup: 2, recorded: 2 },
    unreachable: { ...noIo, 'each record has its reference': ['mem_cgroup_move_charge_pte_range.mem_cgroup_id_get_many'] },
    counts: [800, 2_165, 24],
  },
}

export const scenarios = [...pairScenarios(held), ...protectionPairs(list)]
