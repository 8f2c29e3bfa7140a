import type { Bug } from './bug.js'

export const zswapCpuHotunplug: Bug = {
  id: 'A2.11',
  slug: 'zswap-cpu-hotunplug',
  spec: 'swap-map',
  title: 'mm: zswap: properly synchronize freeing resources during CPU hotunplug',
  year: 2025,
  commits: ['12dcb0ef5406'],
  cve: 'CVE-2025-21693',
  kernel: { from: '5.11', fixed: '6.13' },
  confidence: 'H',
  property: 'NoUseAfterFree',
  story: [
    'CPU0 zswap_compress(): raw_cpu_ptr() gives the task the compression context of the CPU that it is on.',
    'The task is preempted, and goes on on another CPU with the context of the first.',
    'CPU1 cpu_down(): the first CPU goes away, and zswap_cpu_comp_dead() frees the request, the transform and the buffer of its context.',
    'CPU0 uses acomp_ctx->req: it is freed.',
    'The one protection is the whole fix: the mutex in zswap_cpu_comp_dead(), and the look at req, with another try, once the task has it. cpus_read_lock() would deadlock in reclaim.',
  ],
  vswap: {
    verdict: 'excluded',
    why: 'zswap.c and what it stands on are as in the v6.14 below the RFC, which has the fix; acomp_ctx_get_cpu_lock() holds the mutex and looks at req',
  },
}
