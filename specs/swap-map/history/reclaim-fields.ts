/** What reclaim may come back to from within an allocation. Only scenarios of that have one. */
import { array, bool, domain, record, set, Thread } from '../../../checker/index.js'
import { spinlock_t } from '../../kernel/spinlock.js'

/** A file system, whose transactions need memory. */
export const FileSystem = domain('file_system', 0)

/** Fields of the state, by their names. */
export const reclaim_fields = {
  file_system: array(
    FileSystem,
    record({
      /** A lock that its transactions hold, and that its shrinker takes. */
      lock: spinlock_t,
      /** current->flags & PF_MEMALLOC: the thread reclaims. */
      PF_MEMALLOC: set(Thread),
      /** An allocation finds no free page, and reclaims; constant in a scenario. */
      no_free_page: bool,
    }),
  ),
}

export const reclaim_protections = ['PF_MEMALLOC while a thread reclaims'] as const
