/** Assertions inside steps: where the C has VM_WARN_ON or VM_BUG_ON, and where an access is itself the error. */
import type { AssertedProperty } from '../property/property.js'

export class AssertionFailure extends Error {
  /** The property that the assertion belongs to; without one, the assertion's own text is its name. */
  readonly property: AssertedProperty | undefined

  constructor(message: string, property?: AssertedProperty) {
    super(message)
    this.name = 'AssertionFailure'
    this.property = property
  }
}

/**
 * Ends the search with a violation when the condition is false.
 *
 * @param message what stands in the C, such as `VM_WARN_ON(!entry.val)`
 * @param property the named property that this breaks
 */
export function assert(condition: boolean, message: string, property?: AssertedProperty): asserts condition {
  if (!condition) throw new AssertionFailure(message, property)
}
