import type { Bug } from './bug.js'

export const memcgMoveVsSwapFree: Bug = {
  id: 'A5.3',
  slug: 'memcg-move-vs-swap-free',
  spec: 'swap-map',
  title: 'mm/memcg: fix refcount error while moving and swapping',
  year: 2020,
  commits: ['8d22a9351035'],
  kernel: { from: '4.7', fixed: '5.8' },
  confidence: 'H',
  property: 'WarnNever',
  story: [
    'CPU0 moves a task with its charges (cgroup v1): mem_cgroup_move_swap_account() exchanges the id in the record of a slot for that of the target, under the page table lock.',
    'mc.moved_swap counts it; the references are to be moved at the end, in __mem_cgroup_clear_mc().',
    'CPU1 frees the slot once the page table lock is dropped: mem_cgroup_uncharge_swap() finds the new id and puts a reference of the target, which has only its own: 1 -> 0.',
    'CPU0 mem_cgroup_id_get_many(mc.to, mc.moved_swap): "refcount_t: addition on 0".',
    'One slot is enough; the mail has a task whose pages are freed quicker than they are walked. The hash of the commit is recalled.',
  ],
  vswap: { verdict: 'excluded', why: 'its base, v6.14, moves no charges any more; records of virtual slots are never exchanged' },
}
