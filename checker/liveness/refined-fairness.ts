/**
 * The fairness of an abstract spec, as it is asked of one that refines it. A is enabled where it is in the abstract, and taken by a step that is an A
 * there, whatever else it is. Weak fairness of A is violated by a loop without such a step, in each state of which A is enabled; strong
 * fairness by one in some state of which it is.
 */
import { SpecFault } from '../fault.js'
import type { System } from '../machine/system.js'
import type { Refinement } from '../property/property.js'
import { AbstractMachine, type AbstractStep } from '../property/refinement.js'
import { type Constraint, constraintsOf } from './constraints.js'
import type { Instance } from './instance.js'

/** @throws SpecFault where the fairness is of what an abstract spec does not have */
export function refinedInstances(system: System, property: Refinement): readonly Instance[] {
  const { fairness } = property.of
  if (fairness.some((f) => f.kind === 'one cpu' || (f.kind !== 'again' && f.of === 'processes'))) throw ofProcesses(property)
  const abstract = new AbstractMachine(property, system.scenario)
  return constraintsOf(abstract.system, { fairness }).map((c) => ({
    property,
    element: c.name,
    when: () => false,
    isOfVariables: true,
    ...(c.holds === undefined ? ofSteps(abstract, c) : ofStates(abstract, c.holds)),
  }))
}

type Asked = Pick<Instance, 'form' | 'holds' | 'avoided'>

function ofSteps(abstract: AbstractMachine, { isStrong, includes }: Constraint): Asked {
  const isOne = ({ step, actor }: AbstractStep): boolean => includes(step, actor)
  const isEnabled = (state: number): boolean => [...abstract.next(state)].some(([after, steps]) => after !== state && steps.some(isOne))
  return {
    form: isStrong ? 'eventuallyAlways' : 'alwaysEventually',
    holds: (s) => !isEnabled(abstract.of(s)),
    avoided: {
      of: (s) => abstract.of(s),
      includes: (before, after) => before !== after && abstract.next(before).get(after)?.some(isOne) === true,
    },
  }
}

function ofStates(abstract: AbstractMachine, holds: (abstract: object) => boolean): Asked {
  return { form: 'alwaysEventually', holds: (s) => abstract.isTrue(s, holds) }
}

function ofProcesses({ name }: Refinement): SpecFault {
  return new SpecFault('schema', `property ${name}: the abstract spec asks for fairness of processes, and has none; name its actions`)
}
