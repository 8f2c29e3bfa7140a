/**
 * mm/swapfile.c: folio_alloc_swap() of a device with SWP_PAGE_DISCARD that has no free cluster left but some that wait to be discarded (v6.16, and what "do not
 * perform synchronous discard during allocation" makes of it).
 *
 * Left out: nonfull and fragmented lists, which are empty here; more than one device; swap_avail_lock.
 */
import { assert, blocked, bool, call, type Id, known, ref, ret } from '../../../checker/index.js'
import { spin_lock, spin_unlock } from '../../kernel/spinlock.js'
import { guard, procedure, type State } from '../state.js'
import { WarnNever } from '../warn-never.js'
import { Cluster } from './discard-fields.js'

/** swap_do_scheduled_discard(si): whether any cluster is free for it. */
const swap_do_scheduled_discard = procedure(
  'swap_do_scheduled_discard',
  { locals: { ci: ref(Cluster), ret: bool }, returns: bool },
  {
    /** spin_lock(&si->lock); */
    spin_lock(s, me) {
      return spin_lock(cpu(s).si_lock, me.self) ? 'list_del' : blocked
    },
    /** while (!list_empty(&si->discard_clusters)) { ci = list_first_entry(…); list_del(&ci->list); spin_unlock(&si->lock); under si->lock */
    list_del(s, me) {
      me.ci = first(s, 'discard')
      if (me.ci !== 0) s.cluster[me.ci].list = 'off-list'
      spin_unlock(cpu(s).si_lock, me.self)
      return me.ci === 0 ? ret(me.ret) : 'blkdev_issue_discard'
    },
    /** discard_swap_cluster(si, idx * SWAPFILE_CLUSTER, SWAPFILE_CLUSTER): blkdev_issue_discard(…, GFP_NOIO): might_sleep(), and cond_resched() in the bio layer */
    blkdev_issue_discard(s, me) {
      const isAtomic = cpu(s).local_lock.owner === me.self
      assert(!isAtomic, 'BUG: sleeping function called from invalid context', WarnNever)
      return '__free_cluster'
    },
    /** spin_lock(&ci->lock); ci->flags = CLUSTER_FLAG_NONE; __free_cluster(si, ci); … spin_lock(&si->lock); ret = true; } */
    __free_cluster(s, me) {
      if (!spin_lock(cpu(s).si_lock, me.self)) return blocked
      s.cluster[known(me.ci)].list = 'free'
      me.ret = true
      return 'list_del'
    },
  },
)

/** folio_alloc_swap(folio, gfp): the cluster that the slot is in; 0 where there is none. */
export const folio_alloc_swap_discard = procedure(
  'folio_alloc_swap',
  { locals: { ci: ref(Cluster), again: bool }, calls: [swap_do_scheduled_discard] },
  {
    /** again: local_lock(&percpu_swap_cluster.lock); */
    local_lock(s, me) {
      return spin_lock(cpu(s).local_lock, me.self) ? 'isolate_lock_cluster' : blocked
    },
    /** cluster_alloc_swap_entry(si, order, SWAP_HAS_CACHE): ci = isolate_lock_cluster(si, &si->free_clusters); under si->lock */
    isolate_lock_cluster(s, me) {
      if (cpu(s).si_lock.owner !== 0) return blocked
      me.ci = first(s, 'free')
      if (me.ci !== 0) s.cluster[me.ci].list = 'full'
      return me.ci !== 0 || guard('discard after the local lock is dropped') ? 'local_unlock' : 'swap_do_scheduled_discard'
    },
    /** In v6.16: if ((si->flags & SWP_PAGE_DISCARD) && swap_do_scheduled_discard(si)) goto new_cluster; */
    swap_do_scheduled_discard() {
      return call(swap_do_scheduled_discard, {}, 'discarded', 'again')
    },
    discarded(_, me) {
      return me.again ? 'isolate_lock_cluster' : 'local_unlock'
    },
    /** local_unlock(&percpu_swap_cluster.lock); */
    local_unlock(s, me) {
      spin_unlock(cpu(s).local_lock, me.self)
      if (me.ci !== 0 || !guard('discard after the local lock is dropped')) return ret()
      return call(swap_do_scheduled_discard, {}, 'swap_sync_discard', 'again')
    },
    /** Not in v6.16: if (unlikely(!order && !entry.val)) { if (swap_sync_discard()) goto again; } */
    swap_sync_discard(_, me) {
      return me.again ? 'local_lock' : ret()
    },
  },
)

/** swap_discard_work(work): the same, from a workqueue. */
export const swap_discard_work = procedure(
  'swap_discard_work',
  { calls: [swap_do_scheduled_discard], locals: { done: bool } },
  {
    /** swap_do_scheduled_discard(si); */
    swap_do_scheduled_discard() {
      return call(swap_do_scheduled_discard, {}, 'done', 'done')
    },
    done() {
      return ret()
    },
  },
)

/** The last slot of a cluster is freed. */
export const swap_cluster_schedule_discard = procedure(
  'swap_cluster_schedule_discard',
  { args: { ci: Cluster } },
  {
    /** free_cluster(si, ci): move_cluster(si, ci, &si->discard_clusters, CLUSTER_FLAG_DISCARD); schedule_work(&si->discard_work); under si->lock */
    move_cluster(s, me) {
      if (cpu(s).si_lock.owner !== 0) return blocked
      s.cluster[me.ci].list = 'discard'
      return ret()
    },
  },
)

function cpu(s: State): State['cpu'][Id<'cpu'>] {
  return s.cpu[known(s.cpu.ids[0] ?? 0)]
}

function first(s: State, list: 'free' | 'discard'): Id<'cluster'> | 0 {
  return s.cluster.ids.find((id) => s.cluster[id].list === list) ?? 0
}
