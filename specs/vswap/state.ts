/**
 * The virtual swap space as of patch 18 of RFC v2 ("Virtual Swap Space", Nhat Pham, 2025-04-29): what it is made of.
 *
 * A virtual slot is backed by a physical slot, by zeroes, by a zswap entry or by a folio of one to four pages. The base around it is v6.14.
 *
 * Left out, and why that hides no bug of the life of a slot: shadows in the swap cache (never read by what is here). The devices that
 * swapoff takes away are in `device.ts`, the clusters in `large-fields.ts`.
 */
import { array, bool, domain, type Id, int, language, oneOf, type RecordView, record, ref, schema, Thread } from '../../checker/index.js'
import { folio_lock_fields } from '../kernel/folio-lock.js'
import { life } from '../kernel/memory.js'
import { rcu_state } from '../kernel/rcu.js'
import { rwlock_t } from '../kernel/rwlock.js'
import { spinlock_t } from '../kernel/spinlock.js'
import { anon_rmap_fields, folio_index } from './anon-rmap-fields.js'
import { device_fields, swapoff_protections } from './device.js'
import { fault_fields, fault_protections } from './fault-fields.js'
import { large_fields, large_protections } from './large-fields.js'
import { lazyfree_fields, lazyfree_protections } from './lazyfree-fields.js'
import { lock_protections } from './lock-names.js'
import { Memcg, memcg_fields, memcg_protections } from './memcg.js'
import { migrate_fields, migrate_protections } from './migrate-fields.js'
import { move_protections } from './move-names.js'
import { shmem_fields, shmem_protections } from './shmem-fields.js'
import { sleep_protections } from './sleep-names.js'
import { thp_fields, thp_protections } from './thp-fields.js'
import { wp_protections } from './wp-names.js'

/**
 * Virtual swap slots: `swp_entry_t`. Neither these nor physical slots and folios are symmetric: the first free one is taken, and it may
 * differ from the next in a stale pointer to it, or in what the medium still holds. PTEs are walked in order.
 */
export const Entry = domain('entry', 1)
/** The slab of `struct swp_desc`. */
export const Desc = domain('desc', 2, { symmetric: true })
/** Physical swap slots: `swp_slot_t`. */
export const Slot = domain('slot', 1)
/** `struct page`. A folio is its first page: what is of the whole folio is in the record of that page. */
export const Folios = domain('folio', 2)
/** The slab of `struct zswap_entry`. One that nobody allocates adds no states. */
export const Zentry = domain('zentry', 1, { symmetric: true })
/** Page table entries, each in an address space of its own. */
export const Pte = domain('pte', 1)
/** How many pages, entries or slots: a folio has 1 to 4. */
export const Nr = int(0, 4)

/**
 * What a page holds: a number that changes with every store, so that old contents are told from new. 0 is nobody's data: what was in
 * memory before, or what is read from slot 0, the header of the first device. Ghost.
 */
export const Data = int(0, 3)

/** least significant bit is for swap cache pin, the rest is for swap count. */
export const SWAP_CACHE_SHIFT = 1
export const SWAP_CACHE_INC = 1
export const SWAP_COUNT_INC = 2

export const state = schema({
  /** xarray: swp_entry_t -> struct swp_desc * */
  vswap_map: array(Entry, ref(Desc)),
  /** xarray: swp_slot_t -> swp_entry_t */
  vswap_rmap: array(Slot, ref(Entry)),
  ...large_fields,
  desc: array(
    Desc,
    record({
      life,
      type: oneOf('VSWAP_SWAPFILE', 'VSWAP_ZERO', 'VSWAP_ZSWAP', 'VSWAP_FOLIO'),
      /** The union is one memory: `swp-desc.ts` reads and writes it. Ghost: the member that was stored last. */
      member: oneOf('slot', 'folio', 'zswap_entry'),
      slot: ref(Slot),
      folio: ref(Folios),
      zswap_entry: ref(Zentry),
      lock: rwlock_t,
      swap_refs: int(0, 15),
    }),
  ),
  ...device_fields(Slot),
  ...memcg_fields(Desc, Folios),
  ...anon_rmap_fields,
  ...shmem_fields,
  ...thp_fields,
  ...migrate_fields(Folios),
  ...fault_fields,
  ...lazyfree_fields(Folios, Pte, Data),
  /** xarray: swp_entry_t -> struct zswap_entry * */
  zswap_tree: array(Entry, ref(Zentry)),
  zswap_entry: array(
    Zentry,
    record({
      life,
      /** entry->lru is on zswap_list_lru */
      in_lru: bool,
      swpentry: ref(Entry),
      /** What the compressed object holds. */
      data: Data,
      /** Whose memory it is: an objcg stands for its memcg here. */
      objcg: ref(Memcg),
    }),
  ),
  /** Constant in a scenario: zswap takes no page, every page, or now and then one (switched off at run time, the pool full, no memory). */
  zswap: oneOf('off', 'on', 'unreliable'),
  /** memory.zswap.writeback of the root is 0; constant in a scenario. */
  no_zswap_writeback: bool,
  /** The contents that is_folio_zero_filled() finds to be zeroes; 0 for none. Constant in a scenario. */
  zeroes: Data,
  swap_map: array(Slot, oneOf('0', 'SWAP_MAP_ALLOCATED', 'SWAP_MAP_BAD')),
  /** What the medium holds at each slot. */
  medium: array(Slot, Data),
  /** si->flags & SWP_SYNCHRONOUS_IO, of the first device; constant in a scenario. */
  SWP_SYNCHRONOUS_IO: bool,
  /** si->flags & SWP_STABLE_WRITES; constant in a scenario. */
  SWP_STABLE_WRITES: bool,
  /** The swap cache, `swapper_space.i_pages`: virtual slot -> folio. */
  swapper_space: array(Entry, ref(Folios)),
  folio: array(
    Folios,
    record({
      life,
      /** compound_head(page) of a page that is not the first of its folio. */
      compound_head: ref(Folios),
      /** `struct page` itself is never freed, so reading this of a free folio is no error; it is 0 then, and while frozen. */
      _refcount: int(0, 15),
      /** folio_mapcount(folio): of a folio of more than one page `_large_mapcount`. */
      _mapcount: int(0, 7),
      ...folio_lock_fields,
      ...folio_index,
      /** On an LRU list: who takes it off has it to itself as far as reclaim goes. */
      lru: bool,
      uptodate: bool,
      dirty: bool,
      writeback: bool,
      /** Submitted for reading, and not read yet. */
      reading: bool,
      /** The first slot of the bio that reads or writes it. */
      bio: ref(Slot),
      swapcache: bool,
      /** folio->mapping says PAGE_MAPPING_ANON: it was mapped once. */
      anon: bool,
      /** Of the page. */
      anon_exclusive: bool,
      /** folio->swap, the entry of its first page. */
      swap: ref(Entry),
      /** Of the page. */
      data: Data,
    }),
  ),
  pte: array(
    Pte,
    record({
      /** 'sibling' is of a slot of a file, `multi-index.ts`. */
      kind: oneOf('none', 'present', 'swap', 'poisoned', 'migration', 'sibling'),
      /** The page that it maps. */
      folio: ref(Folios),
      writable: bool,
      dirty: bool,
      entry: ref(Entry),
      /** pte_swp_exclusive() */
      exclusive: bool,
      ptl: spinlock_t,
      /** Ghost: what the owner of the page last stored. */
      stored: Data,
    }),
  ),
  rcu: rcu_state(Desc),
  /**
   * Ghost: swap counts that no PTE shows, by entry. +1 for a count taken before its PTE is set, or kept after its PTE is cleared; -1
   * for a count dropped while its PTE still shows the entry.
   */
  in_flight: array(Entry, int(-3, 3)),
  /** Ghost: the thread that holds the swap cache pin (bit 0) while no folio is in the cache for it. */
  pin: array(Entry, ref(Thread)),
})

/** enum swap_type, or none where there is no descriptor. */
export const swap_type = oneOf('none', 'VSWAP_SWAPFILE', 'VSWAP_ZERO', 'VSWAP_ZSWAP', 'VSWAP_FOLIO')

export type State = RecordView<(typeof state)['fields']>
export type SwpDesc = State['desc'][Id<'desc'>]
export type Folio = State['folio'][Id<'folio'>]
export type PageTableEntry = State['pte'][Id<'pte'>]

/** The pieces of the protocol that a scenario may take out. */
export const protections = [
  'pin the entry before a direct read',
  'pte_same under the page table lock',
  'test si before si->flags',
  'drop exclusivity under writeback to a device that needs stable pages',
  'look the device up again once the folio is locked',
  'wait for readers before freeing a descriptor',
  'atomic_try_cmpxchg in swapcache_prepare',
  'refuse a second swap cache pin',
  'refuse an entry without references in swapcache_prepare',
  'drop and test the swap count in one access',
  'recheck the swap count before dropping the swap cache',
  'freeze the reference count before removal from the swap cache',
  'put the swap cache pin after removal from the swap cache',
  'free the physical slot with the virtual one',
  'release the backing before the virtual slot is erased',
  'write_lock in folio_alloc_swap',
  'look for the zswap entry before a slot is allocated for it',
  'erase the reverse mapping with the backing',
  'release the backing before another takes its place',
  'unlink the zswap entry from the LRU before it is freed',
  'swpentry before the zswap entry is on the LRU',
  'erase the zswap entry that is loaded into the swap cache',
  'dirty the folio whose zswap entry is gone',
  'dirty the page that could not be written',
  'unlock and put the folio that zswap writeback gives up',
  ...lock_protections,
  ...sleep_protections,
  ...swapoff_protections,
  ...memcg_protections,
  ...move_protections,
  ...wp_protections,
  ...shmem_protections,
  ...large_protections,
  ...thp_protections,
  ...migrate_protections,
  ...fault_protections,
  ...lazyfree_protections,
] as const

export const { procedure, action, invariant, step, mustFail, quiescent, reachable, alwaysEventually, returns, guard, refines, spec } =
  language(state, {
    protections,
  })
