/** The life of a descriptor: it lives while somebody counts it, or a folio is in its swap cache. */
import { assert, type Id, known, type Ref } from '../../checker/index.js'
import { alloc, free, live, NoDoubleFree } from '../kernel/memory.js'
import { kfree_rcu, rcu_free, rcu_gp_over } from '../kernel/rcu.js'
import { zswap_lru_del } from './lru.js'
import { action, Desc, guard, type State, type SwapDesc } from './state.js'
import { swap_slot_free } from './swap-slot.js'

/** desc = kmem_cache_zalloc(…); desc->folio = folio; xa_alloc(&swap_descs, &id, desc, …): 0 where there is no memory, or no id. */
export function swap_desc_alloc(s: State, folio: Ref<'folio'>): Ref<'entry'> {
  const entry = s.swap_descs.ids.find((index) => s.swap_descs[index] === 0) ?? 0
  const desc = entry === 0 ? 0 : alloc(s.desc)
  if (entry === 0 || desc === 0) return 0
  s.desc[desc].folio = folio
  s.swap_descs[entry] = desc
  return entry
}

/** Under desc->lock, once swap_count is 0 and there is no folio: releases the backing, xa_erase(&swap_descs, id); kfree_rcu(desc, rcu); */
export function swap_desc_free(s: State, entry: Id<'entry'>): void {
  const desc = s.swap_descs[entry]
  release_backing(s, live(s.desc, desc))
  s.swap_descs[entry] = 0
  if (guard('wait for readers before freeing a descriptor')) kfree_rcu(s.rcu, s.desc, desc)
  else free(s.desc, desc)
}

/** Under desc->lock: gives the slot or the zswap entry back. */
export function release_backing(s: State, desc: SwapDesc): void {
  if (desc.type === 'slot') swap_slot_free(s, desc.slot)
  if (desc.type === 'zswap') zswap_entry_free(s, desc.zswap_entry)
  Object.assign(desc, { type: 'none', slot: 0, zswap_entry: 0 })
}

/** zswap_lru_del(entry); kmem_cache_free(zswap_entry_cache, entry): off the LRU first, or the shrinker finds it there. */
function zswap_entry_free(s: State, entry: Ref<'zentry'>): void {
  if (guard('take the zswap entry off the LRU before it is freed')) zswap_lru_del(s, entry)
  assert(s.zswap_entry[known(entry)].life === 'live', 'a zswap entry is freed that is free', NoDoubleFree)
  Object.assign(s.zswap_entry[known(entry)], { swpentry: 0, data: 0 })
  free(s.zswap_entry, entry)
}

/** Is it kept by nobody? Under desc->lock. */
export function is_unused(desc: SwapDesc): boolean {
  return desc.swap_count === 0 && desc.folio === 0
}

export const rcu_do_batch = action('rcu_do_batch', {
  params: { desc: Desc },
  guard: (s, { desc }) => rcu_gp_over(s.rcu, s.desc, desc),
  effect: (s, { desc }) => rcu_free(s.rcu, s.desc, desc),
})
