/**
 * mm/zswap.c: what zswap is made of (v6.14), and what of it a scenario may take out.
 *
 * Where zswap was never enabled nothing of this ever changes. A page that is compressed counts as one, whatever its length.
 */
import { array, bool, type Domain, domain, type IntField, int, oneOf, record, ref } from '../../checker/index.js'
import { life } from '../kernel/memory.js'
import { spinlock_t } from '../kernel/spinlock.js'

/** The slab of `struct zswap_entry`. Not symmetric: the LRU is in the order of the slab. */
export const Zentry = domain('zentry', 0)
/** `struct obj_cgroup`, which stands for its memcg here; NULL for the root. */
export const Objcg = domain('objcg', 0)

/** CPUs, where one may go away. */
export const AcompCpu = domain('acomp_cpu', 0)
/** `struct z3fold_header`, the page of some compressed objects. */
export const Z3fold = domain('z3fold', 0)
/** Handles of zsmalloc, of the objects of one zspage; each starts with the object of its number. */
export const Handle = domain('handle', 0)

/** Fields of the state, for the domain of swap entries and what a page may hold. */
export const zswap_fields = <E extends string>(Entry: Domain<E>, Data: IntField) => ({
  /** Constant in a scenario: zswap was never enabled, takes every page, or only now and then one (the pool full, no memory). */
  zswap: oneOf('off', 'on', 'unreliable'),
  /** The module parameter was written to: zswap_enabled is false. */
  zswap_disabled: bool,
  /** zswap_trees[type], by entry: xarray of struct zswap_entry *; a red-black tree until v6.8. */
  zswap_tree: array(Entry, ref(Zentry)),
  /** kvfree(trees) is done in zswap_swapoff(). Ghost. */
  zswap_trees_freed: bool,
  zswap_entry: array(
    Zentry,
    record({
      life,
      /** entry->lru is on zswap_list_lru. */
      in_lru: bool,
      swpentry: ref(Entry),
      objcg: ref(Objcg),
      /** Until v6.8; see `zswap-refcount.ts`. */
      refcount: int(0, 3),
      /** What the compressed object holds. */
      data: Data,
    }),
  ),
  /** Constant in a scenario: entries have reference counts, as they had until v6.8. */
  zswap_refcounted: bool,
  /** Constant in a scenario: the parameter of v6.5 to v6.8. */
  zswap_exclusive_loads_enabled: bool,
  /** struct zswap_pool, as far as shrink_worker() goes (until v6.6). */
  zswap_pool: record({
    kref: int(0, 7),
    /** WORK_STRUCT_PENDING of pool->shrink_work */
    pending: bool,
    /** Ghost: stores that may still queue it. */
    stores: int(0, 3),
  }),
  /** per_cpu_ptr(pool->acomp_ctx, cpu) */
  acomp_ctx: array(AcompCpu, record({ online: bool, req: bool, mutex: spinlock_t })),
  z3fold_lock: spinlock_t,
  z3fold: array(
    Z3fold,
    record({
      life,
      /** One for each object, and for each who works on the page. */
      refcount: int(0, 3),
      page_lock: spinlock_t,
      /** zhdr->buddy is on a list of the pool. */
      on_buddy: bool,
      /** page->lru is on pool->lru. */
      in_lru: bool,
      /** PAGE_CLAIMED */
      claimed: bool,
    }),
  ),
  zs_pool_lock: spinlock_t,
  zspage: record({ under_reclaim: bool, inuse: int(0, 3), deferred_handles: ref(Handle) }),
  zs_handle: array(
    Handle,
    record({
      life,
      /** What is stored at the handle: its object, or what record_obj() has put in its place. */
      value: oneOf('none', 'object', 'handle'),
      /** The object is allocated, or has the handle of one that was freed in it. */
      tag: oneOf('free', 'OBJ_ALLOCATED_TAG', 'OBJ_DEFERRED_HANDLE_TAG'),
      /** The zswap entry of the object is in the tree. */
      in_tree: bool,
    }),
  ),
  objcg: array(
    Objcg,
    record({
      life,
      /** objcg->refcnt; the first is that of the memcg, until it is offline. */
      refcnt: int(0, 7),
      /** memcg_page_state(memcg, MEMCG_ZSWAP_B), in pages. */
      zswap: int(0, 3),
    }),
  ),
})

export const zswap_protections = [
  'put the pool where the shrink work is queued already',
  'hold the compression context from the choice of a CPU to the end of its use',
  'end the walk of an LRU whose lock was dropped',
  'keep the object at the handle of an object that is freed under reclaim',
  'get a reference to the z3fold page once its lock is held',
  'erase the zswap entry that is loaded into the swap cache',
  'keep the zswap entry that is loaded past the swap cache',
  'dirty the folio whose zswap entry is gone',
  'free the zswap entry that a new one replaces',
  'swpentry before the zswap entry is on the LRU',
  'erase a stale zswap entry where the store fails',
  'erase a stale zswap entry where zswap is disabled',
  'charge each page as it is stored',
  'invalidate the zswap entry with its slot',
  'unlink the zswap entry from the LRU before it is freed',
  'unlink the zswap entry from the LRU before its objcg is put',
  'uncharge the zswap entry that is freed',
  'invalidate a zswap entry once, while a reference to it is held',
  'pin the slot in the swap cache before the zswap tree is touched',
  'find the zswap entry still in the tree before it is written back',
  'unlock and put the folio that zswap writeback gives up',
  'give up in zswap writeback where SWAP_HAS_CACHE is set already',
] as const
