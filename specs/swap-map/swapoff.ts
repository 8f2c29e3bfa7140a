/**
 * mm/swapfile.c: swapoff and swapon of a device.
 *
 * Left out: what finds the device and checks who asks, priorities, the extents and the file, and the work items that are flushed.
 */
import { assert, asserted, blocked, call, type Id, int, ret } from '../../checker/index.js'
import { ENOMEM } from '../kernel/errno.js'
import { percpu_ref_is_zero, percpu_ref_kill, percpu_ref_resurrect } from '../kernel/percpu-ref.js'
import { spin_is_locked } from '../kernel/spinlock.js'
import { Device } from './device-fields.js'
import { guard, procedure, type State } from './state.js'
import { swp_type } from './swap-device.js'
import { try_to_unuse } from './unuse.js'
import { zswap_swapoff } from './zswap-swapoff.js'

export const SwapoffClean = asserted('SwapoffClean', 'When swapoff tears a device down, no slot of it is in use, and nobody holds it.')

export const swapoff = procedure(
  'swapoff',
  { args: { type: Device }, locals: { err: int(-ENOMEM, 0) }, calls: [try_to_unuse] },
  {
    /**
     * spin_lock(&p->lock); del_from_avail_list(p, true): si->flags &= ~SWP_WRITEOK; plist_del(…); under swap_lock, si->lock and swap_avail_lock; without the
     * protection, del_from_avail_list(p) before si->lock is taken, as before 6.3
     */
    del_from_avail_list(s, me) {
      const si = s.swap_info[me.type]
      si.avail = false
      if (!guard('leave the avail list with SWP_WRITEOK')) return 'spin_lock'
      si.SWP_WRITEOK = false
      return 'wait_for_allocation'
    },
    /** spin_lock(&p->lock); p->flags &= ~SWP_WRITEOK; */
    spin_lock(s, me) {
      s.swap_info[me.type].SWP_WRITEOK = false
      return 'wait_for_allocation'
    },
    /** wait_for_allocation(p): ci = lock_cluster(si, offset); unlock_cluster(ci); */
    wait_for_allocation(s) {
      return spin_is_locked(s.ci_lock) ? blocked : 'try_to_unuse'
    },
    /** err = try_to_unuse(p->type); */
    try_to_unuse(_, me) {
      return call(try_to_unuse, { type: me.type }, 'unused', 'err')
    },
    /** if (err) { reinsert_swap_info(p); goto out_dput; } percpu_ref_kill(&p->users); */
    unused(s, me) {
      const si = s.swap_info[me.type]
      if (me.err === 0) {
        percpu_ref_kill(si.users)
        return 'synchronize_rcu'
      }
      si.SWP_WRITEOK = true
      si.avail = true
      return ret()
    },
    /** synchronize_rcu(): begins to wait for whoever holds a spin lock, which is a reader of RCU */
    synchronize_rcu(s) {
      for (const lock of spin_locks(s)) if (lock.owner !== 0) s.device.rcu_waits_for.add(lock.owner)
      return 'rcu_synchronized'
    },
    /** … and has seen each without one; wait_for_completion(&p->comp); the last percpu_ref_put() completes it */
    rcu_synchronized(s, me) {
      const { rcu_waits_for } = s.device
      const gone = rcu_waits_for.toArray().filter((thread) => spin_locks(s).every(({ owner }) => owner !== thread))
      for (const thread of gone) rcu_waits_for.delete(thread)
      if (rcu_waits_for.size > 0) return gone.length > 0 ? 'rcu_synchronized' : blocked
      return percpu_ref_is_zero(s.swap_info[me.type].users) ? 'swap_map' : blocked
    },
    /** spin_lock(&p->lock); … p->swap_map = NULL; p->cluster_info = NULL; and, before 3.14, p->flags = 0; … spin_unlock(&p->lock); */
    swap_map(s, me) {
      assert(isClean(s, me.type), 'the device is in use when swapoff tears it down', SwapoffClean)
      const si = s.swap_info[me.type]
      si.life = 'free'
      if (!guard('clear SWP_USED last')) si.SWP_USED = false
      return s.zswap === 'off' ? 'free_percpu' : 'zswap_swapoff'
    },
    /** zswap_swapoff(p->type); */
    zswap_swapoff(s) {
      zswap_swapoff(s)
      return 'free_percpu'
    },
    /** free_percpu(p->percpu_cluster); p->percpu_cluster = NULL; vfree(swap_map); … swap_cgroup_swapoff(p->type); exit_swap_address_space(p->type); */
    free_percpu(s, me) {
      s.swap_info[me.type].percpu_cluster = false
      return 'flags'
    },
    /** spin_lock(&swap_lock); p->flags = 0; spin_unlock(&swap_lock); */
    flags(s, me) {
      if (guard('clear SWP_USED last')) s.swap_info[me.type].SWP_USED = false
      return ret()
    },
  },
)

function spin_locks(s: State) {
  return [s.ci_lock, ...s.pte.ids.map((id) => s.pte[id].ptl)]
}

function isClean(s: State, type: Id<'device'>): boolean {
  for (const entry of s.swap_map.ids) {
    const { count, SWAP_HAS_CACHE } = s.swap_map[entry]
    if (swp_type(s, entry) === type && (count > 0 || SWAP_HAS_CACHE)) return false
  }
  return s.swap_info[type].users.count === 0
}

/** swapon() of a device, in the structure of one that is not in use any more, if it finds that. */
export const swapon = procedure(
  'swapon',
  { args: { type: Device } },
  {
    /** alloc_swap_info(): for (type = 0; type < nr_swapfiles; type++) if (!(swap_info[type]->flags & SWP_USED)) break; p->flags = SWP_USED; under swap_lock */
    alloc_swap_info(s, me) {
      const si = s.swap_info[me.type]
      if (si.SWP_USED) return ret()
      si.SWP_USED = true
      return 'percpu_cluster'
    },
    /** si->percpu_cluster = alloc_percpu(struct percpu_cluster); */
    percpu_cluster(s, me) {
      s.swap_info[me.type].percpu_cluster = true
      return 'enable_swap_info'
    },
    /** enable_swap_info(): setup_swap_info(si, prio, swap_map, cluster_info, zeromap); percpu_ref_resurrect(&si->users); _enable_swap_info(si); */
    enable_swap_info(s, me) {
      const si = s.swap_info[me.type]
      si.life = 'live'
      percpu_ref_resurrect(si.users)
      si.SWP_WRITEOK = true
      si.avail = true
      return ret()
    },
  },
)
