import type { Bug } from './bug.js'

export const zswapObjcgUaf: Bug = {
  id: 'A2.8',
  slug: 'zswap-objcg-uaf',
  spec: 'swap-map',
  title: 'mm: zswap: fix objcg use-after-free in entry destruction',
  year: 2024,
  commits: ['2e601e1e8e4b'],
  kernel: { from: '6.8', fixed: '6.8' },
  confidence: 'H',
  property: 'NoUseAfterFree',
  story: [
    'CPU1 memcg_offline_kmem(): the memcg of a page in zswap goes away, and percpu_ref_kill() drops its reference to the objcg; the zswap entry has the last one.',
    'CPU0 faults: zswap_load() has the entry out of the tree, and calls zswap_entry_free().',
    'CPU0 obj_cgroup_uncharge_zswap(entry->objcg), obj_cgroup_put(entry->objcg): the objcg is freed after a grace period, and CPU0 is in no read-side section of RCU.',
    "CPU0 zswap_lru_del(): mem_cgroup_from_entry() reads entry->objcg to find the list that the entry is on, and the memory is another's.",
    'Found in the review of 5878303c5353 (Johannes Weiner). No grace period is waited for in the model, which frees the objcg with its last reference. Any who frees an entry will do; here it is a load.',
  ],
  vswap: {
    verdict: 'guarded',
    scenario: 'zswap-lru-del+broken',
    why: 'zswap_entry_free() is untouched by the RFC and has the order of the fix; the model there has no life of an objcg, and its protection is the unlink itself',
  },
}
