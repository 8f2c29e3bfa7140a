import type { Bug } from './bug.js'

export const swapcacheWakeUp: Bug = {
  id: 'A4.3',
  slug: 'swapcache-wake-up',
  spec: 'swap-map',
  title: 'mm: avoid unconditional one-tick sleep when swapcache_prepare fails',
  year: 2024,
  commits: ['01626a182302'],
  kernel: { from: '6.8', fixed: '6.12' },
  confidence: 'H',
  property: 'SleeperWoken',
  story: [
    'CPU1 do_swap_page() has SWAP_HAS_CACHE by swapcache_prepare(), and reads the page past the swap cache.',
    'CPU0 do_swap_page() of another thread: swapcache_prepare() fails, and it sleeps a tick by schedule_timeout_uninterruptible(1).',
    'CPU1 swapcache_clear(): the page is there, a moment later.',
    'CPU0 sleeps on, for the rest of the tick; on a phone the picture stutters.',
    'The repair is a wait queue and wake_up(). Who comes to the queue after CPU1 has looked at waitqueue_active() still sleeps for the tick: the property does not ask for him.',
  ],
  vswap: {
    verdict: 'excluded',
    why: 'it has the wait queue and the wake-up of its base, v6.14; its model has no time, in which a tick would be too long',
  },
}
