/** Every scenario of the design that a virtual swap space replaces. */
import type { Scenario } from '../../../checker/index.js'
import { scenarios as swapCache } from './swap-cache-pairs.js'
import { scenarios as swapin } from './swapin-pairs.js'
import { scenarios as swapoff } from './swapoff-pairs.js'

export const scenarios: readonly Scenario[] = [...swapCache, ...swapin, ...swapoff]
