/**
 * mm/swapfile.c: swapoff and swapon of the device (v6.14 with patch 16).
 *
 * Left out: what finds the device and checks who asks, priorities, the extents and the file, reclaim_work, which is flushed, and
 * zswap_swapoff() (the trees are never freed since patch 7). wait_for_allocation() is in `swap_slot_alloc()`.
 */
import { assert, asserted, blocked, bool, call, type Id, int, type Ref, ret } from '../../checker/index.js'
import { ENOMEM } from '../kernel/errno.js'
import { percpu_ref_is_zero, percpu_ref_kill, percpu_ref_resurrect } from '../kernel/percpu-ref.js'
import { rcu_synchronized, synchronize_rcu } from '../kernel/rcu.js'
import { Device } from './device.js'
import { guard, procedure, type State } from './state.js'
import { discard_is_flushed } from './swap-cluster.js'
import { swp_slot_type } from './swap-slot.js'
import { try_to_unuse } from './try-to-unuse.js'

export const SwapoffClean = asserted(
  'SwapoffClean',
  'When swapoff succeeds no entry in use has a slot on the device, no slot is in use, no I/O is under way and no thread holds it.',
)

/** swapoff() of one device, and after it swapon() of the same, where that is asked for and swapoff succeeded. */
export const swapoff = procedure(
  'swapoff',
  { args: { type: Device, again: bool }, locals: { err: int(-ENOMEM, 0) }, calls: [try_to_unuse] },
  {
    /** del_from_avail_list(p, true): si->flags &= ~SWP_WRITEOK; plist_del(…); under swap_lock, si->lock and swap_avail_lock */
    del_from_avail_list(s, me) {
      const si = s.swap_info[me.type]
      si.SWP_WRITEOK = false
      si.avail = false
      return 'disable_swap_slots_cache_lock'
    },
    /**
     * disable_swap_slots_cache_lock(): mutex_lock(&swap_slots_cache_enable_mutex); swap_slot_cache_enabled = false; there is nothing in
     * the caches here
     */
    disable_swap_slots_cache_lock(s, me) {
      if (s.device.unuser !== 0) return blocked
      s.device.swap_slot_cache_enabled = false
      s.device.unuser = me.self
      return 'try_to_unuse'
    },
    /** err = try_to_unuse(p->type); */
    try_to_unuse(_, me) {
      return call(try_to_unuse, { type: me.type }, 'unused', 'err')
    },
    /** if (err) { reinsert_swap_info(p); … } under swap_lock, si->lock and swap_avail_lock */
    unused({ device, swap_info }, me) {
      device.no_memory = false
      device.splug = 'NULL'
      if (me.err !== 0 && guard('put the device back where swapoff fails')) enable_swap_info(swap_info[me.type])
      return 'reenable_swap_slots_cache_unlock'
    },
    /** reenable_swap_slots_cache_unlock(); */
    reenable_swap_slots_cache_unlock(s, me) {
      s.device.unuser = 0
      s.device.swap_slot_cache_enabled = true
      return me.err === 0 ? 'percpu_ref_kill' : ret()
    },
    /** percpu_ref_kill(&p->users); */
    percpu_ref_kill(s, me) {
      percpu_ref_kill(s.swap_info[me.type].users)
      return 'synchronize_rcu'
    },
    /** synchronize_rcu(); */
    synchronize_rcu(s, me) {
      synchronize_rcu(s.rcu, me.self)
      return 'rcu_synchronized'
    },
    rcu_synchronized(s, me) {
      return rcu_synchronized(s.rcu, me.self) ? 'wait_for_completion' : blocked
    },
    /** wait_for_completion(&p->comp); the last percpu_ref_put() completes it; flush_work(&p->discard_work); what has come to pass stays so: one wait */
    wait_for_completion(s, me) {
      const isCompleted = percpu_ref_is_zero(s.swap_info[me.type].users) || !guard('wait for the users of the device')
      const isFlushed = discard_is_flushed(s, me.type) || !guard('flush the discards of the device in swapoff')
      return isCompleted && isFlushed ? 'vfree' : blocked
    },
    /** p->swap_map = NULL; p->cluster_info = NULL; … vfree(swap_map); kvfree(cluster_info); … p->flags = 0; */
    vfree(s, me) {
      assert(isClean(s, me.type), 'the device is in use when swapoff tears it down', SwapoffClean)
      s.swap_info[me.type].life = 'free'
      return me.again ? 'percpu_ref_resurrect' : ret()
    },
    /** swapon(): si->swap_map = swap_map; si->cluster_info = cluster_info; … percpu_ref_resurrect(&si->users); under swap_lock */
    percpu_ref_resurrect(s, me) {
      s.swap_info[me.type].life = 'live'
      percpu_ref_resurrect(s.swap_info[me.type].users)
      return 'enable_swap_info'
    },
    /** _enable_swap_info(si): add_to_avail_list(si, true): si->flags |= SWP_WRITEOK; plist_add(…); under the same three locks */
    enable_swap_info(s, me) {
      enable_swap_info(s.swap_info[me.type])
      return ret()
    },
  },
)

function enable_swap_info(si: State['swap_info'][Id<'device'>]): void {
  si.SWP_WRITEOK = true
  si.avail = true
}

function isClean(s: State, type: Id<'device'>): boolean {
  const isOn = (slot: Ref<'slot'>): boolean => slot !== 0 && swp_slot_type(s, slot) === type
  for (const id of s.desc.ids) if (isOn(s.desc[id].slot) && s.desc[id].swap_refs > 0) return false
  for (const id of s.swap_map.ids) if (isOn(id) && s.swap_map[id] === 'SWAP_MAP_ALLOCATED') return false
  for (const id of s.folio.ids) if (isOn(s.folio[id].bio)) return false
  return s.swap_info[type].inuse_pages === 0 && s.swap_info[type].users.count === 0
}

/** send_sig(): a signal for the thread that is in swapoff. */
export const send_signal = procedure(
  'send_signal',
  {},
  {
    set_tsk_thread_flag(s) {
      s.device.signal_pending = true
      return ret()
    },
  },
)
