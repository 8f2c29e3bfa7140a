/**
 * Tiers of swap: pages that move between backends ("Swap Abstraction "the pony"", linux-mm, 2024-03, and what the thread of "Virtual Swap Space", RFC v2,
 * 2025-05, says of multi-tier swapping): what it is made of.
 *
 * A page table entry holds a virtual slot, and the descriptor of that leads to a place in one of several tiers. Who has the right to move a page copies it to
 * a slot of another tier, taken for that, and changes the descriptor; no page table is looked at. What gives that right is a question of the thread, and
 * `transfer` says which answer a scenario is about.
 *
 * Left out: large folios and shmem; I/O errors, and I/O that completes later: the thread that submits one completes it, in a step of its own, and others go
 * on between; swapoff of a tier, which is `swap_tiers_write` for every cgroup; and the RCU of a lookup, which `swap-desc` and `vswap` are about:
 * descriptors are never unmapped here, so that who comes too late finds that of another page, or of none.
 */
import { array, bool, domain, type Id, int, language, oneOf, type RecordView, record, ref, schema, set } from '../../checker/index.js'
import { Data, Entry, Folios, folio_fields, pte_fields } from '../kernel/anon/fields.js'
import { faultProtections } from '../kernel/anon/swap.js'

/** Backends, in the order of their priority. */
export const Tier = domain('tier', 2)
/** Places for a page, in all tiers. */
export const Slot = domain('slot', 2)
/** Parts of a slot of a device, each with room for a compressed page. */
export const Half = domain('half', 2)
export const Memcg = domain('memcg', 1)

const state = schema({
  /** Constant in a scenario: how the right to move a page is had. swap_cache: by a folio in the swap cache, as today. lock: by a bit in the descriptor. */
  transfer: oneOf('swap_cache', 'lock'),
  /** Constant: a page goes to a device as it is in the pool, and two share a slot. By lock only. */
  compressed_writeback: bool,
  /** Constant: what a change of the configuration does to the pages that are out. */
  migration: oneOf('none', 'now', 'lazy'),
  /** Where the change of the configuration is. */
  change: oneOf('none', 'under way', 'done'),
  /** vswap_map, with its descriptors in it. desc->lock covers all of one: each critical section is one step here, so that the lock has no place in the state. */
  vswap_map: array(
    Entry,
    record({
      swap_count: int(0, 3),
      /** The swap cache. */
      folio: ref(Folios),
      slot: ref(Slot),
      half: ref(Half),
      /** How to read what is there. */
      compressed: bool,
      /** A bit lock: somebody copies the page to another tier. */
      moving: bool,
      /** Whose page it is; NULL where the virtual slot is free. */
      memcg: ref(Memcg),
    }),
  ),
  /** Constant: a pool in memory, whose pages are compressed, or else a device. */
  tier: array(Tier, record({ is_pool: bool })),
  slot: array(
    Slot,
    record({
      /** Constant. */
      tier: ref(Tier),
      /** How many pages are in it, under si->lock; 0 where it is free. */
      users: int(0, 2),
      /** Ghost: in which form the medium has it. */
      compressed: bool,
      /** What the medium has. A page that is not compressed is in the first half. */
      data: array(Half, Data),
      /** Ghost: for which cgroup it was taken, where a page went out to it from memory. */
      taken_for: ref(Memcg),
    }),
  ),
  /** memcg->swap_tiers: which it may use; under the lock of the configuration, as long as a step. */
  memcg: array(Memcg, record({ swap_tiers: set(Tier) })),
  folio: array(Folios, record(folio_fields)),
  ...pte_fields,
})

export type State = RecordView<(typeof state)['fields']>
export type SwpDesc = State['vswap_map'][Id<'entry'>]

/** The pieces of the protocol that a scenario may take out. */
export const protections = [
  ...faultProtections,
  'mark the page as being moved',
  'wait for who moves the page',
  'leave an entry that is being moved to who moves it',
  'look at the count as the move ends',
  'give way to a folio that is in the swap cache',
  'release the old copy as the new one takes its place',
  'give back what the batch has no slot for',
  'note in the descriptor in which form the copy is',
  'count the pages that share a slot',
  'look at the configuration again as a page lands',
  'take the tier of the highest priority',
  'dirty the folio whose slot is taken away',
  'look at the tier as the folio leaves the swap cache',
  'look again until nothing is left behind',
  'look at the count as the folio leaves the swap cache',
  'freeze the reference count before the folio leaves the swap cache',
] as const

export const { procedure, invariant, step, quiescent, eventuallyAlways, returns, guard, refines, spec } = language(state, { protections })
