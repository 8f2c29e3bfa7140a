/**
 * mm/memory.c: do_swap_page() past the swap cache, as far as it waits for SWAP_HAS_CACHE of another (13ddaf26be32, and 01626a182302, v6.12).
 *
 * Left out: all else of the fault; the entry is `shmem_index` 1, of which SWAP_HAS_CACHE and a PTE that holds it are what matters.
 */
import { type Id, known, ret, Thread, weak } from '../../../checker/index.js'
import { add_wait_queue, finish_wait, set_current_state, waitqueue_active, wake_up } from '../../kernel/wait-queue.js'
import { ShmemIndex } from '../shmem-fields.js'
import { alwaysEventually, guard, procedure, type State } from '../state.js'

export const do_swap_page_wait = procedure(
  'do_swap_page',
  { args: { pte: ShmemIndex } },
  {
    /** if (!pte_same(…)) …: the page is there. if (swapcache_prepare(entry, nr_pages)) */
    swapcache_prepare(s, me) {
      const entry = s.shmem_index[me.pte]
      if (entry.slot !== 'value') return ret()
      if (entry.SWAP_HAS_CACHE) return 'add_wait_queue'
      entry.SWAP_HAS_CACHE = true
      return 'set_ptes'
    },
    /** add_wait_queue(&swapcache_wq, &wait); not before 01626a182302 */
    add_wait_queue(s, me) {
      add_wait_queue(cpu(s).swapcache_wq, me.self)
      return 'schedule_timeout_uninterruptible'
    },
    /** schedule_timeout_uninterruptible(1): __set_current_state(TASK_UNINTERRUPTIBLE); schedule_timeout(timeout); */
    schedule_timeout_uninterruptible(s, me) {
      set_current_state(cpu(s).swapcache_wq, me.self)
      return 'schedule'
    },
    /** It ends with a wake-up, or with the tick: process_timeout(t). The tick may be long in coming (4 ms, or 10), and nothing here is owed it. */
    schedule(s, me) {
      cpu(s).swapcache_wq.sleeping.delete(me.self)
      cpu(s).owed.delete(me.self)
      return 'remove_wait_queue'
    },
    /** remove_wait_queue(&swapcache_wq, &wait); goto out_page; the fault is taken again */
    remove_wait_queue(s, me) {
      finish_wait(cpu(s).swapcache_wq, me.self)
      return 'swapcache_prepare'
    },
    /** need_clear_cache = true; swap_read_folio(folio, NULL); … set_ptes(vma->vm_mm, address, ptep, pte, nr_pages); */
    set_ptes(s, me) {
      s.shmem_index[me.pte].slot = 'folio'
      return 'swapcache_clear'
    },
    /** swapcache_clear(si, entry, nr_pages); */
    swapcache_clear(s, me) {
      s.shmem_index[me.pte].SWAP_HAS_CACHE = false
      for (const id of cpu(s).swapcache_wq.sleeping.toArray()) cpu(s).owed.add(id)
      return guard('wake up who sleeps for SWAP_HAS_CACHE') ? 'waitqueue_active' : ret()
    },
    /** if (waitqueue_active(&swapcache_wq)) */
    waitqueue_active(s) {
      return waitqueue_active(cpu(s).swapcache_wq) ? 'wake_up' : ret()
    },
    /** wake_up(&swapcache_wq); */
    wake_up(s) {
      wake_up(cpu(s).swapcache_wq)
      for (const id of cpu(s).owed.toArray()) cpu(s).owed.delete(id)
      return ret()
    },
  },
)

/** Every step but the end of a sleep. */
export const awake = weak.steps(
  'do_swap_page.swapcache_prepare',
  'do_swap_page.set_ptes',
  'do_swap_page.swapcache_clear',
  'do_swap_page.waitqueue_active',
  'do_swap_page.wake_up',
)

export const SleeperWoken = alwaysEventually(
  'SleeperWoken',
  'Who sleeps for SWAP_HAS_CACHE when it is cleared is woken, and does not wait for the tick.',
  (s, thread) => s.cpu.ids.every((id) => !s.cpu[id].owed.has(thread)),
  { each: Thread },
)

function cpu(s: State): State['cpu'][Id<'cpu'>] {
  return s.cpu[known(s.cpu.ids[0] ?? 0)]
}
