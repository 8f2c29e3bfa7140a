/** Anonymous memory, over virtual slots. */
import { copyPteRange } from '../kernel/anon/copy-pte-range.js'
import { doSwapPage } from '../kernel/anon/do-swap-page.js'
import { doWpPage } from '../kernel/anon/do-wp-page.js'
import { tryToUnmap } from '../kernel/anon/try-to-unmap.js'
import { userAccess } from '../kernel/anon/user.js'
import { zapPteRange } from '../kernel/anon/zap-pte-range.js'
import { free_swap_cache } from './free-swap-cache.js'
import { read_swap_cache } from './read-swap-cache.js'
import { guard } from './state.js'
import { swap_duplicate, swap_free } from './swap-count.js'
import { try_to_reclaim_swap } from './try-to-reclaim-swap.js'

export const user_access = userAccess({
  do_swap_page: doSwapPage(read_swap_cache, swap_free, guard),
  do_wp_page: doWpPage(free_swap_cache),
})
export const try_to_unmap = tryToUnmap(swap_duplicate)
export const copy_pte_range = copyPteRange(swap_duplicate)
export const zap_pte_range = zapPteRange(swap_free, free_swap_cache, try_to_reclaim_swap)
