/**
 * The `swap_desc` of 2023 ("Swap Abstraction / Native Zswap", Yosry Ahmed, quoted in the mail of 2023-02-28): what it is made of.
 *
 * Page tables hold a swap id, and each id has a descriptor: it points to a slot of the swapfile or to a zswap entry, has the swap count, and is the swap cache
 * of its page, "a simple pointer in swap_desc". zswap has no tree of its own and needs no slot; swapoff scans the descriptors.
 *
 * Left out: large folios and shmem, of which the mail says nothing; more than one device; reads and writes that complete later: the thread that submits
 * one completes it, in a step of its own, and others go on between.
 */
import { array, bool, domain, type Id, int, language, oneOf, type RecordView, record, ref, schema } from '../../checker/index.js'
import { Data, Entry, Folios, folio_fields, pte_fields } from '../kernel/anon/fields.js'
import { faultProtections } from '../kernel/anon/swap.js'
import { life } from '../kernel/memory.js'
import { rcu_state } from '../kernel/rcu.js'

/** The slab of `struct swap_desc`. */
export const Desc = domain('desc', 1)
/** Slots of the swapfile. */
export const Slot = domain('slot', 1)
/** The slab of `struct zswap_entry`: how many pages the pool has room for. */
export const Zentry = domain('zentry', 1)

const state = schema({
  /** xarray: swap id -> struct swap_desc *; the id is "encoded as a swp_entry_t" in a page table entry. */
  swap_descs: array(Entry, ref(Desc)),
  /** desc->lock covers all of a descriptor but its life: each critical section is one step here, so that the lock has no place in the state. */
  desc: array(
    Desc,
    record({
      life,
      swap_count: int(0, 3),
      type: oneOf('none', 'slot', 'zswap'),
      slot: ref(Slot),
      zswap_entry: ref(Zentry),
      /** The swap cache. */
      folio: ref(Folios),
    }),
  ),
  rcu: rcu_state(Desc),
  zswap_entry: array(
    Zentry,
    record({
      life,
      /** entry->swpentry: whose it is. */
      swpentry: ref(Entry),
      /** The place on the LRU, under its lock: 1 is the oldest, 0 is not on it. */
      lru: int(0, 3),
      /** What the compressed object holds. */
      data: Data,
    }),
  ),
  /** zswap takes pages as long as its pool has room; constant in a scenario. */
  zswap_enabled: bool,
  swap_map: array(Slot, oneOf('free', 'allocated')),
  /** What the medium holds at each slot. */
  medium: array(Slot, Data),
  /** si->flags & SWP_WRITEOK */
  SWP_WRITEOK: bool,
  /** swapoff has given the device back. */
  torn_down: bool,
  folio: array(Folios, record(folio_fields)),
  ...pte_fields,
})

export type State = RecordView<(typeof state)['fields']>
export type SwapDesc = State['desc'][Id<'desc'>]

/** The pieces of the protocol that a scenario may take out. */
export const protections = [
  'count under the lock of the descriptor',
  'wait for readers before freeing a descriptor',
  'take the reference to the folio under the lock of the descriptor',
  'look at the swap cache again before a folio goes into it',
  ...faultProtections,
  'look at the count as the folio leaves the swap cache',
  'freeze the reference count before the folio leaves the swap cache',
  'freeze and leave the swap cache under one lock',
  'write back through the swap cache',
  'take the zswap entry off the LRU before it is freed',
  'write back the oldest entry first',
  'release the old backing before another takes its place',
  'allocate slots only while the device is on',
  'scan again until no slot is in use',
  'dirty the folio whose slot is taken away',
] as const

export const { procedure, action, invariant, step, quiescent, returns, guard, refines, spec } = language(state, { protections })
