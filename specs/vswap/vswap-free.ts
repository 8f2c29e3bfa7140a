/** mm/vswap.c: the end of a virtual slot (patches 8 and 10). */
import { known, type Ref, ref, ret } from '../../checker/index.js'
import { free, live } from '../kernel/memory.js'
import { kfree_rcu, rcu_free, rcu_gp_over } from '../kernel/rcu.js'
import { xa_erase, xa_load } from '../kernel/xarray.js'
import { action, Desc, Entry, guard, procedure, type State } from './state.js'
import { swap_slot_free_nr, unlock_cluster } from './swap-slot.js'

/** vswap_free(entry): called by whoever brought swap_refs to 0, and by folio_alloc_swap() when it fails. */
export const vswap_free = procedure(
  'vswap_free',
  { args: { entry: Entry }, locals: { desc: ref(Desc) } },
  {
    /** desc = xa_load(&vswap_map, entry.val); if (!desc) return; */
    xa_load(s, me) {
      me.desc = xa_load(s.vswap_map, me.entry)
      return me.desc === 0 ? ret() : 'xa_erase'
    },
    /**
     * if (desc->slot.val) { … xa_erase(&vswap_rmap, desc->slot.val); desc->slot is stable: it was written once, before the entry was
     * used
     */
    xa_erase(s, me) {
      const { slot } = live(s.desc, me.desc)
      if (slot === 0) return 'release_vswap_slot'
      xa_erase(s.vswap_rmap, slot)
      return 'swap_slot_free_nr'
    },
    /** swap_slot_free_nr(desc->slot, 1); the caller is in an RCU read-side section */
    swap_slot_free_nr(s, me) {
      swap_slot_free_nr(s, known(live(s.desc, me.desc).slot))
      return 'release_vswap_slot'
    },
    /** unlock_cluster(ci); … release_vswap_slot(): xa_lock(&vswap_map); __xa_erase(&vswap_map, index); one step under xa_lock */
    release_vswap_slot(s, me) {
      if (live(s.desc, me.desc).slot !== 0) unlock_cluster(s)
      xa_erase(s.vswap_map, me.entry)
      s.pin[me.entry] = 0
      return 'kfree_rcu'
    },
    /** kfree_rcu(desc, rcu); */
    kfree_rcu(s, me) {
      if (guard('wait for readers before freeing a descriptor')) kfree_rcu(s.rcu, s.desc, me.desc)
      else kmem_cache_free(s, me.desc)
      return ret()
    },
  },
)

/** kmem_cache_free(swp_desc_cache, desc): at once. */
export function kmem_cache_free(s: State, desc: Ref<'desc'>): void {
  free(s.desc, desc)
  poison(s, desc)
}

/** The RCU callback of kfree_rcu(), once every reader that was inside then has left. */
export const rcu_do_batch = action('rcu_do_batch', {
  params: { desc: Desc },
  guard: (s, { desc }) => rcu_gp_over(s.rcu, s.desc, desc),
  effect(s, { desc }) {
    rcu_free(s.rcu, s.desc, desc)
    poison(s, desc)
  },
})

/** Freed memory holds nothing: one state for all that it may have held. */
function poison(s: State, desc: Ref<'desc'>): void {
  const memory = s.desc[known(desc)]
  memory.slot = 0
  memory.swap_refs = 0
}
