/** All threads that meet, of which each scenario is one: moves, selection, and changes of the configuration. */
import { changePairs } from './change-pairs.js'
import { movePairs } from './move-pairs.js'
import { selectionPairs } from './selection-pairs.js'

export const pairs = { ...movePairs, ...selectionPairs, ...changePairs }
