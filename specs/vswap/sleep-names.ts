/** The sleeps of a thread that waits for another by looking again and again, which a scenario may take out: it spins then. */
export const sleep_protections = [
  'sleep before another look in __read_swap_cache_async',
  'sleep before the fault is taken again',
  'sleep before a shmem page is looked up again',
  'sleep before swapoff looks up an entry that goes away again',
  'sleep before swapoff walks the slots again',
] as const
