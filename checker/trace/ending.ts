/** What a behaviour that is run again ends in, compared with what is claimed of it. */
import { SpecFault } from '../fault.js'
import { temporalOf } from '../liveness/instance.js'
import { isCounterexample, type LassoState } from '../liveness/lasso-check.js'
import { AssertionFailure } from '../machine/assertion.js'
import type { System } from '../machine/system.js'
import { propertiesOf } from '../property/properties-of.js'
import type { Property } from '../property/property.js'
import { evaluate } from '../property/property-check.js'
import { PackedView } from '../schema/packed-view.js'
import type { Deadlock, SpecError, Violated } from '../verdict.js'

/** What a recorded behaviour is said to end in. */
export type Claim =
  | { readonly kind: 'violated'; readonly property: string }
  | { readonly kind: 'deadlock' }
  | { readonly kind: 'specError' }

/** A verdict, but for its trace. */
export type Ending = Omit<Violated, 'trace'> | Omit<Deadlock, 'trace'> | Omit<SpecError, 'trace'>

/** The last state of a behaviour, and how it came about. */
export interface LastStep {
  /** The packed state before the last step; that state itself where there was no step. */
  readonly before: Int32Array
  readonly words: Int32Array
  /** The name of the last step; undefined where there was none. */
  readonly step: string | undefined
  /** What the last step threw. */
  readonly error: unknown
}

/** The ending, if it is the one that is claimed. */
export function endingOf(system: System, last: LastStep, claim: Claim): Ending | undefined {
  if (last.error !== undefined) return thrown(last, claim)
  show(system, last)
  try {
    if (claim.kind === 'deadlock') return isStopped(system, last) && !system.isFinal ? { kind: 'deadlock' } : undefined
    const broken = propertiesOf(system.scenario).find(
      (p) => (claim.kind === 'specError' || p.name === claim.property) && evaluate(p, () => breaks(system, last, p)),
    )
    if (broken === undefined || claim.kind !== 'violated' || broken.kind === 'asserted') return undefined
    const { name, sentence, kind } = broken
    return { kind: 'violated', property: name, sentence, by: kind as Violated['by'], message: undefined }
  } catch (error) {
    return claim.kind === 'specError' ? faultOf(error, undefined) : undefined
  }
}

/** The ending of a behaviour that goes on for ever from the state at index `loop`, if it is the one that is claimed. */
export function endlessEnding(system: System, states: readonly LassoState[], loop: number, claim: Claim): Ending | undefined {
  if (claim.kind !== 'violated') return undefined
  const property = temporalOf(system.scenario).find((p) => p.name === claim.property)
  if (property === undefined || !isCounterexample(system, states, loop, property)) return undefined
  return { kind: 'violated', property: property.name, sentence: property.sentence, by: 'temporal', message: undefined }
}

function thrown({ error, step }: LastStep, claim: Claim): Ending | undefined {
  if (!(error instanceof AssertionFailure)) return claim.kind === 'specError' ? faultOf(error, step) : undefined
  const { property, message } = error
  const name = property?.name ?? message
  if (claim.kind !== 'violated' || claim.property !== name) return undefined
  return { kind: 'violated', property: name, sentence: property?.sentence ?? message, by: 'assertion', message }
}

function faultOf(error: unknown, step: string | undefined): Ending {
  const message = error instanceof Error ? error.message : String(error)
  return { kind: 'specError', fault: error instanceof SpecFault ? error.kind : 'threw', message, step }
}

function breaks(system: System, last: LastStep, property: Property): boolean {
  switch (property.kind) {
    case 'invariant':
      return !property.holds(system.s)
    case 'step':
      if (last.step === undefined) return property.begins?.(system.s) === false
      return !property.holds(viewOf(system, last.before), system.s, last.step)
    case 'quiescent':
      return isStopped(system, last) && system.isFinal && !property.holds(system.s)
    default:
      return false
  }
}

function viewOf(system: System, words: Int32Array): object {
  const view = new PackedView(words)
  const s = view.record(system.configuration.state, 0, 0, '')
  view.load()
  return s
}

function show(system: System, last: LastStep): void {
  system.activate()
  system.current.set(last.words)
  system.restore()
}

/** Is nothing enabled in the last state? Leaves that state in view. */
function isStopped(system: System, last: LastStep): boolean {
  let count = 0
  system.expand({ successor: () => count++, failure: () => count++ })
  show(system, last)
  return count === 0
}
