import type { Bug } from './bug.js'

export const swapoutOfOfflineMemcg: Bug = {
  id: 'A5.2',
  slug: 'swapout-of-offline-memcg',
  spec: 'swap-map',
  title: 'mm: memcontrol: fix swap counter leak on swapout from offline cgroup',
  year: 2016,
  commits: ['1f47b61fb407'],
  kernel: { from: '3.19', fixed: '4.8' },
  confidence: 'H',
  property: 'RecordExact',
  story: [
    'CPU0 rmdir: mem_cgroup_css_offline() puts the last reference to the id of a memcg that has pages, and none in swap: mem_cgroup_id_remove(), the id is 0.',
    'CPU1 reclaim: mem_cgroup_try_charge_swap() of such a page charges memcg->swap, and mem_cgroup_id_get() takes a reference to an id that is gone.',
    'CPU1 swap_cgroup_record(entry, mem_cgroup_id(memcg)) records 0.',
    'CPU2 frees the slot: mem_cgroup_uncharge_swap() finds no memcg in the record; memcg->swap and that of its ancestors stays one too high for ever.',
    'The repair charges the nearest ancestor that has an id. rmdir may come at any time before the reference is taken; the shortest trace has it first.',
  ],
  vswap: {
    verdict: 'guarded',
    scenario: 'memcg-id-online+broken',
    why: 'mem_cgroup_record_swap() gets a reference by mem_cgroup_id_get_online(), as the repair does',
  },
}
