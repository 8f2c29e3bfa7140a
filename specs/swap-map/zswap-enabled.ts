/** mm/zswap.c: the parameter that switches zswap off. What is in it stays there. */
import { ret } from '../../checker/index.js'
import { procedure } from './state.js'

/** zswap_enabled_param_set("N", kp) */
export const zswap_enabled_param_set = procedure(
  'zswap_enabled_param_set',
  {},
  {
    /** ret = param_set_bool(val, kp); zswap_store() reads it without a lock */
    param_set_bool(s) {
      s.zswap_disabled = true
      return ret()
    },
  },
)
