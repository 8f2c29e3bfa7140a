/** A page that is read past the swap cache from a zram with a backing device (v4.18). Only scenarios of that have one. */
import { array, bool, domain, int, record } from '../../../checker/index.js'
import { life } from '../../kernel/memory.js'

/** `struct page`, of the fault. */
export const ZramPage = domain('zram_page', 0)

/** Fields of the state, by their names. */
export const zram_fields = {
  zram_page: array(
    ZramPage,
    record({
      life,
      _refcount: int(0, 2),
      PG_locked: bool,
      PG_uptodate: bool,
      /** The backing device has not answered yet. */
      reading: bool,
      /** In the swap cache, which has a reference. */
      swapcache: bool,
    }),
  ),
}

export const zram_protections = ['do not call a device synchronous that answers later'] as const
