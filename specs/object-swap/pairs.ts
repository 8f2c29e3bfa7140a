/** All of which each scenario is one. */
import { fscachePairs } from './fscache-pairs.js'
import { memoryPairs } from './memory-pairs.js'

export const pairs = { ...memoryPairs, ...fscachePairs }
