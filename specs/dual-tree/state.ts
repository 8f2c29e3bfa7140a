/**
 * The radix tree index of 2011 ("swap cache redesign idea", Rik van Riel, linux-mm, 2011-04-10) as Yosry Ahmed asks about it in 2023: what it is made of.
 *
 * A page table entry holds an index into the radix tree of swapper_space, and the tree holds what stands behind it: a swap entry, or the page. Where
 * the swap count goes is the question of the thread; its three answers are three designs here, and `counts_in` says which one a scenario is about.
 *
 * Left out: large folios, zswap and more than one device, of which neither mail says anything; shadows; and reads and writes that complete
 * later: the thread that submits one completes it, in a step of its own, and others go on between.
 */
import { array, bool, domain, int, language, oneOf, type RecordView, record, ref, schema } from '../../checker/index.js'
import { Data, Entry, Folios, folio_fields, pte_fields } from '../kernel/anon/fields.js'
import { faultProtections } from '../kernel/anon/swap.js'
import { spinlock_t } from '../kernel/spinlock.js'

/** Slots of the swap device. */
export const Slot = domain('slot', 1)
/** How many page table entries hold an index. */
export const Count = int(0, 3)

const state = schema({
  /**
   * Constant in a scenario. swapper_space: beside the swap entry or the page, in one word of the tree (2011). swap_counts: "always in a separate radix
   * tree". page: beside the swap entry; while the page is in the tree, which has no room for it then, "somewhere else": in the page.
   */
  counts_in: oneOf('swapper_space', 'swap_counts', 'page'),
  /** How large a count the word of a tree has room for; constant in a scenario. */
  SWAP_COUNT_MAX: Count,
  /** A word of the radix tree; a page table entry holds its index. Whoever stores here holds tree_lock for that one step; a lookup reads one word under RCU. */
  swapper_space: array(
    Entry,
    record({ is: oneOf('nothing', 'slot', 'page', 'zeroes'), slot: ref(Slot), folio: ref(Folios), count: Count }),
  ),
  /** The second tree, and its lock, which is taken before tree_lock where both are. */
  swap_counts: array(Entry, Count),
  counts_lock: spinlock_t,
  swap_map: array(Slot, oneOf('free', 'allocated')),
  /** What the medium holds at each slot. */
  medium: array(Slot, Data),
  /** si->flags & SWP_WRITEOK */
  SWP_WRITEOK: bool,
  /** swapoff has given the device back. */
  torn_down: bool,
  /** The contents that are zeroes; 0 for none. Constant in a scenario. */
  zeroes: Data,
  folio: array(
    Folios,
    record({
      ...folio_fields,
      /** folio->private: the slot that it was written to, or is being read from. Under the folio lock. */
      slot: ref(Slot),
      /** Where the page has the count while it is in the tree. */
      count: Count,
    }),
  ),
  ...pte_fields,
})

export type State = RecordView<(typeof state)['fields']>

/** The pieces of the protocol that a scenario may take out. */
export const protections = [
  'hold the lock of the counts until the tree is changed',
  'look at the count as the page leaves the tree',
  'move the count as the page takes the place of the slot',
  'refuse a count that there is no room for',
  'free the slot once the page is read',
  'dirty the page whose slot is freed',
  ...faultProtections,
  'freeze the reference count before the page leaves the tree',
  'allocate slots only while the device is on',
  'scan again until no slot is in use',
] as const

export const { procedure, invariant, quiescent, returns, guard, refines, spec } = language(state, { protections })
