/** mm/internal.h: swap_pte_batch() (v6.14 with patches 9 and 15). The caller holds the page table lock. */
import { assert, asserted, bool, call, type Ref, ref, ret } from '../../checker/index.js'
import { pte_nth } from './page-table.js'
import { Entry, guard, Nr, Pte, procedure, type State } from './state.js'
import { swap_move } from './swap-move.js'
import { WarnNever } from './warn-never.js'

export const BatchIsHeld = asserted('BatchIsHeld', 'Each PTE of a batch holds a swap entry.')

/** pte_same(ptep_get(ptep), expected), of a PTE that should hold `entry`; without one, swp_entry_to_pte() makes a PTE of the entry 0. */
export function pte_same(s: State, ptep: Ref<'pte'>, entry: Ref<'entry'>, isExclusive: boolean): boolean {
  if (ptep === 0) return false
  const pte = s.pte[ptep]
  if (entry === 0) return s.swp_pte_0_is_none && !isExclusive && pte.kind === 'none'
  return pte.kind === 'swap' && pte.entry === entry && pte.exclusive === isExclusive
}

/** pte_same(ptep_get(ptep), pte_move_swp_offset(pte, delta)), before swap_pte_batch(ptep, …): VM_WARN_ON(!is_swap_pte(pte)); */
export function starts_batch(s: State, ptep: Ref<'pte'>, entry: Ref<'entry'>, isExclusive: boolean): boolean {
  if (entry === 0 && guard('end a batch of PTEs where the next entry is none')) return false
  const isSame = pte_same(s, ptep, entry, isExclusive)
  assert(!isSame || entry !== 0, 'VM_WARN_ON(!is_swap_pte(pte))', WarnNever)
  return isSame
}

/**
 * swap_pte_batch(start_ptep, max_nr, pte), where `pte` holds `entry`: how many PTEs in a row hold entries in a row. Without memory cgroups
 * lookup_swap_cgroup_id() is 0 for each, and takes no step.
 */
export const swap_pte_batch = procedure(
  'swap_pte_batch',
  {
    args: { start_ptep: Pte, max_nr: Nr, entry: Entry, isExclusive: bool },
    locals: { expected: ref(Entry), nr: Nr },
    calls: [swap_move],
    returns: Nr,
  },
  {
    /** pte_t expected_pte = pte_next_swp_offset(pte): pte_move_swp_offset(pte, 1): swp_entry_to_pte(swap_move(entry, delta)); */
    swap_move(_, me) {
      const from = me.nr === 0 ? me.entry : me.expected
      me.nr = me.nr === 0 ? 1 : me.nr
      if (from === 0) return 'ptep_get'
      return call(swap_move, { entry: from, delta: 1 }, 'ptep_get', 'expected')
    },
    /**
     * while (ptep < end_ptep) { pte = ptep_get(ptep); if (!pte_same(pte, expected_pte)) break; if (lookup_swap_cgroup_id(…) != cgroup_id) break;
     * expected_pte = pte_next_swp_offset(expected_pte); ptep++; } with the protection, a batch ends where there is no next entry
     */
    ptep_get(s, me) {
      if (me.nr >= me.max_nr) return ret(me.nr)
      const isOver = me.expected === 0 && guard('end a batch of PTEs where the next entry is none')
      if (isOver || !pte_same(s, pte_nth(s, me.start_ptep, me.nr), me.expected, me.isExclusive)) return ret(me.nr)
      assert(me.expected !== 0, 'a PTE that is none is one of a batch', BatchIsHeld)
      me.nr++
      return 'swap_move'
    },
  },
)
