/**
 * mm/zswap.c: what zswap is made of (v6.14), and what of it a scenario may take out.
 *
 * Where zswap was never enabled nothing of this ever changes. A page that is compressed counts as one, whatever its length.
 */
import { array, bool, type Domain, domain, type IntField, int, oneOf, record, ref } from '../../checker/index.js'
import { life } from '../kernel/memory.js'

/** The slab of `struct zswap_entry`. Not symmetric: the LRU is in the order of the slab. */
export const Zentry = domain('zentry', 0)
/** `struct obj_cgroup`, which stands for its memcg here; NULL for the root. */
export const Objcg = domain('objcg', 0)

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
  'erase the zswap entry that is loaded into the swap cache',
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
  'find the zswap entry still in the tree before it is written back',
  'unlock and put the folio that zswap writeback gives up',
] as const
