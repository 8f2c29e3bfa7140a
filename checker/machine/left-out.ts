/**
 * What a mutant leaves out of a step besides its protections: locks that have no name. The primitives of a spec ask before they take one, and
 * where one is dropped that the caller does not hold.
 */

/** A `lock` has an owner, and somebody may drop it elsewhere; a `section`, as one of RCU, is entered and left in one procedure, and may nest. */
export type Taken = 'lock' | 'section'

export interface LeftOut {
  /** What the step at hand does not take. */
  readonly taken?: Taken
  /** What it may lack where it drops it. */
  readonly lacked?: Taken
  /** Hears of everything that the step would take. */
  readonly heard?: (what: Taken) => void
}

const nothing: LeftOut = {}
let leftOut = nothing

/** Stands first where something is taken: true where a mutant leaves it out, and the caller goes on as if it had taken it. */
export function isLeftOut(what: Taken): boolean {
  leftOut.heard?.(what)
  return leftOut.taken === what
}

/** Stands where something is dropped that the caller does not hold: true where that is no mistake, as a mutant has left it out. */
export function mayBeLacked(what: Taken): boolean {
  return leftOut.lacked === what
}

/** Runs a step, or whatever takes locks, without some of them. */
export function leavingOut<T>(what: LeftOut, run: () => T): T {
  const before = leftOut
  leftOut = what
  try {
    return run()
  } finally {
    leftOut = before
  }
}
