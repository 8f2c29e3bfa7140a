/**
 * The swap of Linux 6.12 to 6.14, in which a swap entry is a slot of a swap device: what it is made of.
 *
 * `swap_map[]` counts what holds each slot. The base is v6.14; older code that a bug of the corpus stands on is told of where it is.
 *
 * Left out, and why that hides no bug of the life of a slot: shadows in the swap cache (nobody here reads them), the slot caches of
 * mm/swap_slots.c (a slot in one has SWAP_HAS_CACHE, as it has between get_swap_pages() and add_to_swap_cache()), and NUMA nodes.
 */
import { array, bool, domain, type Id, int, language, oneOf, type RecordView, record, ref, schema, Thread } from '../../checker/index.js'
import { folio_lock_fields } from '../kernel/folio-lock.js'
import { life } from '../kernel/memory.js'
import { spinlock_t } from '../kernel/spinlock.js'
import { anon_rmap_fields, folio_index } from './anon-rmap.js'
import { cgroup_fields, cgroup_protections } from './cgroup-fields.js'
import { device_fields, device_protections } from './device-fields.js'
import { continuation_fields, continuation_protections } from './history/continuation-fields.js'
import { discard_fields, discard_protections } from './history/discard-fields.js'
import { reclaim_fields, reclaim_protections } from './history/reclaim-fields.js'
import { tmpfs_fields, tmpfs_protections } from './history/tmpfs-fields.js'
import { umount_fields, umount_protections } from './history/umount-fields.js'
import { zram_fields, zram_protections } from './history/zram-fields.js'
import { memcg_fields, memcg_protections } from './memcg-fields.js'
import { shmem_fields, shmem_protections } from './shmem-fields.js'
import { AcompCpu, Handle, Objcg, Z3fold, Zentry, zswap_fields, zswap_protections } from './zswap-fields.js'

export { AcompCpu, Handle, Objcg, Z3fold, Zentry }

/** Slots of all swap devices: `swp_entry_t`. The first free one is taken, and it may differ from the next in what the medium holds. */
export const Entry = domain('entry', 1)
/** `struct page`. A folio is its first page: what is of the whole folio is in the record of that page. */
export const Folios = domain('folio', 2)
/** Page table entries, each in an address space of its own. */
export const Pte = domain('pte', 1)
/** How many pages or slots: a folio has 1 or 2. */
export const Nr = int(0, 2)

/**
 * What a page holds: a number that changes with every store, so that old contents are told from new. 0 is nobody's data: what was in
 * memory, or on a medium, before. Ghost.
 */
export const Data = int(0, 3)

/** The largest count of a byte of swap_map; 0x3e in the kernel. */
export const SWAP_MAP_MAX = 3
/** Owned by shmem or tmpfs, which counts no references; 0xbf in the kernel. */
export const SWAP_MAP_SHMEM = 4

export const state = schema({
  /** A byte of si->swap_map[]. */
  swap_map: array(
    Entry,
    record({
      /** swap_count(ent): what is in the byte besides the flag. */
      count: int(0, SWAP_MAP_SHMEM),
      SWAP_HAS_CACHE: bool,
    }),
  ),
  /** si->cluster_info[].lock, of the one cluster of all devices. */
  ci_lock: spinlock_t,
  ...device_fields(Entry),
  ...anon_rmap_fields,
  ...memcg_fields(Entry, Folios, Pte),
  ...zswap_fields(Entry, Data),
  /** What the medium holds in each slot. */
  medium: array(Entry, Data),
  /** The swap cache, `swapper_spaces[]`: entry -> folio. */
  swapper_space: array(Entry, ref(Folios)),
  folio: array(
    Folios,
    record({
      life,
      /** compound_head(page) of a page that is not the first of its folio. */
      compound_head: ref(Folios),
      /** `struct page` itself is never freed, so reading this of a free folio is no error; it is 0 then, and while frozen. */
      _refcount: int(0, 15),
      _mapcount: int(0, 3),
      ...folio_lock_fields,
      ...folio_index,
      /** On an LRU list: who takes it off has it to itself as far as reclaim goes. */
      lru: bool,
      uptodate: bool,
      dirty: bool,
      writeback: bool,
      /** Submitted for writing, and not written yet. */
      submitted: bool,
      /** Submitted for reading, and not read yet. */
      reading: bool,
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
  /** mem_cgroup_swap_full(folio): more than half of the slots are taken; constant in a scenario. */
  mem_cgroup_swap_full: bool,
  /** No __HAVE_ARCH_PTE_SWP_EXCLUSIVE, as before 5.18: a swap PTE does not say whether it is exclusive; constant in a scenario. */
  no_pte_swp_exclusive: bool,
  pte: array(
    Pte,
    record({
      kind: oneOf('none', 'present', 'swap'),
      /** The page that it maps. */
      folio: ref(Folios),
      writable: bool,
      dirty: bool,
      entry: ref(Entry),
      /** pte_swp_exclusive() */
      exclusive: bool,
      ptl: spinlock_t,
      /** exit_mmap(): mm_users is 0, so mmget_not_zero() fails; constant in a scenario. */
      exiting: bool,
      /** Ghost: what the owner of the page last stored. */
      stored: Data,
    }),
  ),
  /**
   * Ghost: counts in swap_map that no PTE shows, by entry. +1 for a count taken before its PTE is set, or kept after its PTE is cleared; -1
   * for a count dropped while its PTE still shows the entry.
   */
  in_flight: array(Entry, int(-3, 3)),
  /** Ghost: the thread that owns SWAP_HAS_CACHE while no folio is in the swap cache for it. */
  pin: array(Entry, ref(Thread)),
  ...umount_fields,
  ...continuation_fields,
  ...discard_fields,
  ...reclaim_fields,
  ...zram_fields,
  ...tmpfs_fields,
  ...cgroup_fields,
  ...shmem_fields,
})

export type State = RecordView<(typeof state)['fields']>
export type Folio = State['folio'][Id<'folio'>]
export type PageTableEntry = State['pte'][Id<'pte'>]

/** The pieces of the protocol that a scenario may take out. */
export const protections = [
  'put the new folio where nothing holds the entry any more',
  'sleep before another look in __read_swap_cache_async',
  'pin the entry before a direct read',
  'put SWAP_HAS_CACHE after removal from the swap cache',
  'lock the cluster in __swap_duplicate',
  'look at folio->swap again once do_swap_page has locked the folio',
  'look whether the folio is still the one of the entry',
  'look at SWAP_HAS_CACHE under the page table locks',
  'look the folio up before its entry is moved',
  'recheck swap_map once the folio is locked in __try_to_reclaim_swap',
  ...device_protections,
  ...umount_protections,
  ...continuation_protections,
  ...discard_protections,
  ...reclaim_protections,
  ...zram_protections,
  ...tmpfs_protections,
  ...memcg_protections,
  ...zswap_protections,
  ...cgroup_protections,
  ...shmem_protections,
] as const

export const { procedure, action, invariant, step, quiescent, reachable, alwaysEventually, returns, guard, refines, spec } = language(
  state,
  {
    protections,
  },
)
