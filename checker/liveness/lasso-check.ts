/** Whether a behaviour without an end, as it was recorded, is fair and violates a temporal property: nothing that the search said is used. */
import type { System } from '../machine/system.js'
import type { Endless } from '../property/property.js'
import { evaluate } from '../property/property-check.js'
import { type Constraint, constraintsOf } from './constraints.js'
import { type AvoidedSteps, type Instance, instancesOf } from './instance.js'

/** A state, packed, and the step that led to it; the first state's own step means nothing. */
export interface LassoState {
  readonly words: Int32Array
  readonly stepIndex: number
  readonly actor: number
}

/**
 * @param states of the behaviour, the last the same as that at index `loop`
 * @throws SpecFault where the property throws, or fairness names what is not there
 */
export function isCounterexample(system: System, states: readonly LassoState[], loop: number, property: Endless): boolean {
  const last = states.at(-1)
  const again = states[loop]
  if (last === undefined || again === undefined || !isSame(last.words, again.words)) return false
  const constraints = constraintsOf(system, property)
  const isViolated = instancesOf(system, property).some((instance) => violates(system, states, loop, instance))
  return isViolated && constraints.every((c) => isFair(system, states, loop, c))
}

function violates(
  system: System,
  states: readonly LassoState[],
  loop: number,
  { property, form, holds, when, avoided }: Instance,
): boolean {
  if (avoided !== undefined && takes(system, states.slice(loop), avoided)) return false
  const isTrue = states.map(({ words }) => asked(system, words, () => evaluate(property, () => holds(system.s))))
  const isNever = (from: number): boolean => !isTrue.slice(from).includes(true)
  switch (form) {
    case 'eventually':
      return isNever(0)
    case 'alwaysEventually':
      return isNever(loop)
    case 'eventuallyAlways':
      return isTrue.slice(loop).includes(false)
    case 'leadsTo':
      return states.some(({ words }, i) => isNever(i) && asked(system, words, () => evaluate(property, () => when(system.s))))
  }
}

/** Does a behaviour take one of the steps? */
function takes(system: System, states: readonly LassoState[], avoided: AvoidedSteps): boolean {
  const known = states.map(({ words }) => asked(system, words, () => avoided.of(system.s)))
  return known.slice(1).some((after, i) => avoided.includes(known[i] as number, after))
}

/** Is an A taken on the loop, or is it disabled: always, where it is strong, or somewhere? Below others, states count that are left to it. */
function isFair(system: System, states: readonly LassoState[], loop: number, constraint: Constraint): boolean {
  const onLoop = states.slice(loop)
  const { holds } = constraint
  if (holds !== undefined) return onLoop.some(({ words }) => asked(system, words, () => holds(system.s)))
  const isTaken = onLoop.slice(1).some((s, i) => constraint.includes(s.stepIndex, s.actor) && !isSame(s.words, onLoop[i]?.words))
  if (isTaken) return true
  const chances = onLoop.map(({ words }) => chanceOf(system, words, constraint))
  if (constraint.goesBefore !== undefined) return chances.includes('no step') || !chances.includes('a step')
  return constraint.isStrong ? !chances.includes('a step') : chances.includes('no step')
}

/** What a state gives to a constraint: a step that is an A, none, or no time at all, as others go before. */
function chanceOf(system: System, words: Int32Array, { includes, goesBefore, isAtomic }: Constraint): 'a step' | 'no step' | 'no time' {
  let [isFound, isPutOff] = [false, false]
  system.current.set(words)
  system.expand({
    successor: (step, actor) => {
      isFound ||= includes(step, actor) && !isSame(system.w, words)
      isPutOff ||= !system.slept && goesBefore?.(step, actor) === true
    },
    failure() {},
  })
  const isKept = isAtomic !== undefined && asked(system, words, () => isAtomic(system.s))
  return isPutOff && !isKept ? 'no time' : isFound ? 'a step' : 'no step'
}

function asked<T>(system: System, words: Int32Array, question: () => T): T {
  system.activate()
  system.current.set(words)
  system.restore()
  return question()
}

function isSame(a: Int32Array, b: Int32Array | undefined): boolean {
  return b !== undefined && a.every((word, i) => word === b[i])
}
