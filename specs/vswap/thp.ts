/** Who meets in a page table: processes as in `vswap.ts`, of PTEs in a row. */
import { process, ret } from '../../checker/index.js'
import { procedure } from './state.js'
import { thp_copy_pte_range } from './thp-copy-pte-range.js'
import { thp_user_access } from './thp-user.js'
import { thp_zap_pte_range } from './thp-zap-pte-range.js'

/** A fault that tries a folio of `order_nr` pages first. */
export const thpFault = process('thp fault', thp_user_access, { symmetric: true })
export const thpFork = process('thp fork', thp_copy_pte_range, { symmetric: true })
export const thpZap = process('thp zap', thp_zap_pte_range, { symmetric: true })

const zswap_enabled_param_set = procedure(
  'zswap_enabled_param_set',
  {},
  {
    /** zswap_setup(): static_branch_enable(&zswap_ever_enabled); … *(bool *)kp->arg = val; from never to on */
    zswap_setup(s) {
      s.zswap = 'on'
      return ret()
    },
  },
)

/** echo Y > /sys/module/zswap/parameters/enabled */
export const enableZswap = process('zswap on', zswap_enabled_param_set)
