/** What must be true of a range that is brought in or unmapped at once. */
import { largeProperties } from './large-properties.js'
import { BatchIsUncached } from './non-swapcache-batch.js'
import { BatchIsHeld } from './swap-pte-batch.js'

export const thpProperties = [...largeProperties, BatchIsUncached, BatchIsHeld]
