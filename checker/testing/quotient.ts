/** Searches of a toy's size over packed states: all of them, and representatives alone. */
import type { System } from '../machine/system.js'
import type { Symmetry } from '../reduce/symmetry.js'
import { everyPermutation } from './every-permutation.js'

/** Breadth first over representatives: how many there are, and how many successors and first states were met on the way. */
export function quotient(system: System, symmetry: Symmetry): { readonly distinct: number; readonly generated: number } {
  const { states, generated } = walk(system, (w, into) => symmetry.canonical(w, into))
  return { distinct: states.length, generated }
}

/** How many orbits the reachable states belong to, counted by applying every permutation to each of them. */
export function reachableOrbits(system: System, { families, permute }: Symmetry): number {
  const { states } = walk(system, (w, into) => into.set(w))
  const images = everyPermutation(families)
  const moved = new Int32Array(system.words)
  const counted = new Set<string>()
  let orbits = 0
  for (const state of states) {
    if (counted.has(String(state))) continue
    orbits++
    for (const image of images) {
      permute(image, state, moved)
      counted.add(String(moved))
    }
  }
  return orbits
}

/**
 * Breadth first over what `keep` makes of each state.
 *
 * @param visit called before a state is expanded, with the state in `system.current`
 * @param most stop after so many states
 */
export function walk(
  system: System,
  keep: (w: Int32Array, into: Int32Array) => void,
  visit = (): void => undefined,
  most = Number.POSITIVE_INFINITY,
): { readonly states: readonly Int32Array[]; readonly generated: number } {
  const states: Int32Array[] = []
  const seen = new Set<string>()
  let generated = 0
  const found = (): void => {
    generated++
    const kept = new Int32Array(system.words)
    keep(system.w, kept)
    if (seen.has(String(kept))) return
    seen.add(String(kept))
    states.push(kept)
  }
  system.initial(found)
  for (let i = 0; i < states.length && i < most; i++) {
    system.current.set(states[i] as Int32Array)
    visit()
    system.expand({ successor: found, failure() {} })
  }
  return { states, generated }
}
