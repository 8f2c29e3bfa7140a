/** mm/vswap.c: the end of a virtual slot (patches 8, 10 and 12). */
import { blocked, call, known, type Ref, ref, ret } from '../../checker/index.js'
import { free } from '../kernel/memory.js'
import { kfree_rcu, rcu_free, rcu_gp_over } from '../kernel/rcu.js'
import { spin_is_locked } from '../kernel/spinlock.js'
import { xa_erase, xa_load } from '../kernel/xarray.js'
import { Memcg } from './memcg.js'
import { mem_cgroup_unrecord_swap } from './memcg-charge.js'
import { release_backing } from './release-backing.js'
import { action, Desc, Entry, guard, procedure, type State } from './state.js'
import { store_slot } from './swp-desc.js'
import { count_released } from './vswap-cluster.js'

/** vswap_free(entry): called by whoever brought swap_refs to 0. */
export const vswap_free = procedure(
  'vswap_free',
  { args: { entry: Entry }, locals: { desc: ref(Desc), memcg: ref(Memcg) }, calls: [release_backing] },
  {
    /** desc = xa_load(&vswap_map, entry.val); release_backing(entry, 1); */
    xa_load(s, me) {
      me.desc = xa_load(s.vswap_map, me.entry)
      if (!guard('forget the memcg after the backing is released') && !mem_cgroup_unrecord_swap(s, me.entry, me)) return 'xa_load'
      if (!guard('release the backing before the virtual slot is erased')) return 'release_vswap_slot'
      return call(release_backing, { entry: me.entry, nr: 1 }, 'release_vswap_slot')
    },
    /**
     * mem_cgroup_unrecord_swap(entry, 1), an access at a time; release_vswap_slot(): xa_lock(&vswap_map); __xa_erase(&vswap_map, index);
     * with the count of its cluster one step under xa_lock
     */
    release_vswap_slot(s, me) {
      if (!mem_cgroup_unrecord_swap(s, me.entry, me)) return 'release_vswap_slot'
      if (spin_is_locked(s.vswap_map_lock)) return blocked
      xa_erase(s.vswap_map, me.entry)
      count_released(s, me.entry)
      s.pin[me.entry] = 0
      if (!guard('release the backing before the virtual slot is erased'))
        return call(release_backing, { entry: me.entry, nr: 1 }, 'kfree_rcu')
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
  memory.type = 'VSWAP_SWAPFILE'
  store_slot(memory, 0)
  memory.swap_refs = 0
  s.memcgid[known(desc)] = 0
}
