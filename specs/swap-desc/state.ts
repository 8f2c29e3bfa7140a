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
import { folio_lock_fields } from '../kernel/folio-lock.js'
import { life } from '../kernel/memory.js'
import { rcu_state } from '../kernel/rcu.js'
import { spinlock_t } from '../kernel/spinlock.js'

/** Swap ids: what a page table entry holds, "encoded as a swp_entry_t". */
export const SwapId = domain('id', 1)
/** The slab of `struct swap_desc`. */
export const Desc = domain('desc', 1)
/** Slots of the swapfile. */
export const Slot = domain('slot', 1)
/** The slab of `struct zswap_entry`: how many pages the pool has room for. */
export const Zentry = domain('zentry', 1)
export const Folios = domain('folio', 2)
/** Page table entries, each in an address space of its own. */
export const Pte = domain('pte', 1)
/** What a page holds: a number that changes with every store. 0 is nobody's data. Ghost. */
export const Data = int(0, 3)

const state = schema({
  /** xarray: swap id -> struct swap_desc * */
  swap_descs: array(SwapId, ref(Desc)),
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
      id: ref(SwapId),
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
  folio: array(
    Folios,
    record({
      life,
      _refcount: int(0, 7),
      _mapcount: int(0, 3),
      ...folio_lock_fields,
      /** On an LRU list: who takes it off has it to itself as far as reclaim goes. */
      lru: bool,
      uptodate: bool,
      dirty: bool,
      swapcache: bool,
      /** folio->swap: the swap id in whose descriptor it is, which it keeps. */
      id: ref(SwapId),
      data: Data,
    }),
  ),
  pte: array(
    Pte,
    record({
      kind: oneOf('none', 'present', 'swap'),
      folio: ref(Folios),
      writable: bool,
      dirty: bool,
      id: ref(SwapId),
      ptl: spinlock_t,
      /** Ghost: what the owner of the page last stored. */
      stored: Data,
    }),
  ),
  /** Ghost: counts that no PTE shows: +1 for one that is taken before its PTE is set, -1 for one that is dropped before its PTE is cleared. */
  in_flight: array(SwapId, int(-3, 3)),
})

export type State = RecordView<(typeof state)['fields']>
export type Folio = State['folio'][Id<'folio'>]
export type SwapDesc = State['desc'][Id<'desc'>]

/** The pieces of the protocol that a scenario may take out. */
export const protections = [
  'count under the lock of the descriptor',
  'wait for readers before freeing a descriptor',
  'take the reference to the folio under the lock of the descriptor',
  'look at the swap cache again before a folio goes into it',
  'recheck the descriptor of the folio once it is locked',
  'pte_same under the page table lock',
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
