/**
 * A spec error: the spec itself is wrong (a value out of range, an unknown label, a step that is not a function of the state), as
 * opposed to a property that it breaks. Caught by the explorer, which adds the step and the trace that leads there.
 */
export class SpecFault extends Error {
  readonly kind: FaultKind

  constructor(kind: FaultKind, message: string) {
    super(message)
    this.name = 'SpecFault'
    this.kind = kind
  }
}

/** `schema` faults are found before the search starts; the others in a step of it. */
export type FaultKind = 'schema' | 'range' | 'choice' | 'label' | 'impure' | 'asymmetric' | 'threw'
