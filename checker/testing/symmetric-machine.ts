/** Random machines over symmetric domains, and states of them. Their steps tell elements apart: they are for what looks at states alone. */
import { Thread } from '../machine/process.js'
import type { Scenario } from '../machine/scenario.js'
import type { System } from '../machine/system.js'
import type { Domain } from '../schema/domain.js'
import { elementPlace, type Node } from '../schema/layout.js'
import { scenarioOf } from './random-machine.js'
import type { Plan } from './random-plan.js'

/**
 * The scenario of a plan, with some of its domains made symmetric and one replaced by `Thread`; all of its processes are symmetric.
 *
 * @param symmetric names of domains
 * @param threads the name of the domain that becomes `Thread`; '' for none
 */
export function symmetricScenario(plan: Plan, symmetric: readonly string[], threads: string): Scenario {
  const made = new Map<string, Domain>([[threads, Thread]])
  const domainFor = (domain: Domain): Domain => {
    const known = made.get(domain.name) ?? { ...domain, symmetric: symmetric.includes(domain.name) }
    made.set(domain.name, known)
    return known
  }
  const replace = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(replace)
    if ('kind' in value && value.kind === 'domain') return domainFor(value as Domain)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replace(inner)]))
  }
  const { [threads]: _, ...bounds } = plan.bounds
  const scenario = scenarioOf({ ...(replace(plan) as Plan), bounds })
  return { ...scenario, run: (scenario.run ?? []).map((p) => ({ ...p, symmetric: true })) }
}

/** The first states of a machine, each several times with other values in its variables and active frames. */
export function someStates(system: System, seed: number, most: number): Int32Array[] {
  const states: Int32Array[] = []
  const add = (): void => {
    const state = Int32Array.from(system.w)
    if (states.length < most && !states.some((s) => s.every((word, i) => word === state[i]))) states.push(state)
  }
  system.initial(add)
  for (let i = 0; i < states.length && states.length < most; i++) {
    system.current.set(states[i] as Int32Array)
    system.expand({ successor: add, failure() {} })
  }
  const random = randomNumbers(seed)
  return states.flatMap((state) => [state, ...[4, 2, 1].map((rarity) => scrambled(system, state, random, rarity))])
}

/** Draws each value afresh with a chance of one in `rarity`: often 0 or 1, so that elements come to look alike. */
function scrambled(system: System, state: Int32Array, random: (n: number) => number, rarity: number): Int32Array {
  const { configuration, processes } = system
  const w = Int32Array.from(state)
  system.w.set(state)
  const scramble = (node: Node, word: number, shift: number): void => {
    if (node.kind === 'record') for (const m of node.members) scramble(m.node, word + m.place.word, shift + m.place.shift)
    else if (node.kind === 'array') {
      for (let i = 0; i < node.size; i++) {
        const place = elementPlace(node, i)
        scramble(node.of, word + place.word, shift + place.shift)
      }
    } else if (random(rarity) === 0) {
      const highest = node.kind === 'set' ? 2 ** node.size - 1 : node.codec.hi - node.codec.lo
      const code = random(2) === 0 ? Math.min(random(2), highest) : random(highest + 1)
      const mask = 2 ** node.extent.bits - 1
      w[word] = ((w[word] as number) & ~(mask << shift)) | (code << shift)
    }
  }
  scramble(configuration.state, 0, 0)
  processes.forEach((process, i) => {
    const placed = configuration.processes[i]
    for (const procedure of process.stack()) {
      const frame = placed?.layout.frames.get(procedure)
      if (placed && frame) scramble(frame.record, placed.place.word, placed.place.shift)
    }
  })
  return w
}

/** Whole numbers from 0 up to, and without, what is asked for; always the same from one seed (xorshift32, Marsaglia, 2003). */
function randomNumbers(seed: number): (n: number) => number {
  let x = seed | 1
  return (n) => {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    return (x >>> 0) % n
  }
}
