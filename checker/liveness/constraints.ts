/** What a spec says of fairness, as constraints on the steps of a system. */
import { SpecFault } from '../fault.js'
import type { System } from '../machine/system.js'
import type { CpuFairness, Fairness } from '../property/fairness.js'
import type { Temporal } from '../property/property.js'
import { type Part, type ProcessPart, partsOf, processParts } from './constraint-parts.js'

/** One A that is not put off for ever. Or, of no step, what is true again and again. */
export interface Constraint extends Part {
  readonly isStrong: boolean
  /**
   * Of a process below others on its CPU: a step of one of these, so that a state in which it can be taken without a sleep is not left to the
   * process, unless that is atomic. It asks for something only if states are left to it again and again, and is kept by one of them in which no A is enabled.
   */
  readonly goesBefore?: (step: number, actor: number) => boolean
  readonly isAtomic?: (s: object) => boolean
  /** What is true again and again: a constraint that is "enabled" wherever it is not. */
  readonly holds?: (s: object) => boolean
}

/** Constraints are bits of a word. */
const MOST = 31

/**
 * What a property may count on: its own fairness, or else the scenario's, or the spec's.
 *
 * @throws SpecFault where a name fits nothing, or there are too many constraints
 */
export function constraintsOf(system: System, property: Pick<Temporal, 'fairness'>): readonly Constraint[] {
  const { scenario } = system
  const fairness: readonly Fairness[] = property.fairness ?? scenario.fairness ?? scenario.spec.fairness
  const constraints = fairness.flatMap((f): Constraint[] => {
    if (f.kind === 'again') return [{ name: `again ${f.name}`, isStrong: false, includes: () => false, holds: (s) => f.holds(s) }]
    if (f.kind === 'one cpu') return cpuConstraints(system, f)
    return partsOf(system, f).map((part) => ({ ...part, isStrong: f.kind === 'strong', name: `${f.kind} ${part.name}` }))
  })
  if (constraints.length <= MOST) return constraints
  throw new SpecFault(
    'schema',
    `fairness of ${constraints.length} things is asked for, and at most ${MOST} can be told apart; name fewer, or 'any' of several`,
  )
}

/** The strong ones, as bits: those that ask for nothing of what is enabled never. */
export function strongOf(constraints: readonly Constraint[]): number {
  return constraints.reduce((bits, c, i) => (c.isStrong ? bits | (1 << i) : bits), 0)
}

/** Those of processes that others go before, as bits. */
export function rankedOf(constraints: readonly Constraint[]): number {
  return constraints.reduce((bits, c, i) => (c.goesBefore ? bits | (1 << i) : bits), 0)
}

function cpuConstraints(system: System, fairness: CpuFairness): Constraint[] {
  const { levels } = fairness
  const twice = levels.flat().find((name, i, all) => all.indexOf(name) !== i)
  if (twice !== undefined) throw new SpecFault('schema', `one CPU lists process '${twice}' twice; a process has one priority`)
  if (levels.some((names) => names.length === 0)) throw new SpecFault('schema', 'one CPU has a priority without processes; leave it out')
  return levels.flatMap((names, level) => {
    const above = levels.slice(0, level).flat()
    return processParts(system, names).map((part) => (level === 0 ? weakly(part) : below(system, part, above, fairness)))
  })
}

function weakly(part: Part): Constraint {
  return { ...part, isStrong: false, name: `weak ${part.name}` }
}

function below(system: System, part: ProcessPart, names: readonly string[], { isAtomic }: CpuFairness): Constraint {
  const above = processParts(system, names)
  return {
    ...part,
    isStrong: true,
    name: `weak ${part.name} below ${names.join(', ')}`,
    goesBefore: (step, actor) => above.some((a) => a.includes(step, actor)),
    isAtomic: (s) => isAtomic(s, part.thread),
  }
}
