/** Every run of a scenario, as somebody sees it who watches a part of it: is each of them what another scenario shows? */
import type { Scenario } from '../machine/scenario.js'
import { System } from '../machine/system.js'
import type { Automaton } from './automaton.js'
import { Follower } from './follower.js'

/** How the steps of a scenario look to somebody who watches for the steps of another, more abstract one. */
export interface Projection<S = object> {
  readonly scenario: Scenario<S>
  /** What of a state shows. */
  shows(s: S): number
  /** What leads to what an initial state shows: labels, all of one actor. */
  beginning(shown: number): readonly string[]
  /**
   * What a step looks like, one thing behind the other; nothing of a step that nobody sees.
   *
   * @param process the index of who takes it; -1 of an action
   */
  seen(step: string, process: number, before: number, after: number): readonly Sight[]
}

export interface Sight {
  readonly label: string
  /** The abstract steps that it may stand for; whatever else looks the same is none of them. */
  readonly steps: readonly string[]
}

/** What was seen where no run of the abstract scenario goes on. */
export interface Unfollowed {
  /** What was seen until then: of each step, what it is in the scenario, and what it looked like. */
  readonly seen: readonly string[]
  /** What may have been seen next. */
  readonly allowed: readonly string[]
}

export interface EveryRun {
  /** States of the scenario, each with what explains it. */
  readonly states: number
  /** `step: abstract step` for all that were seen. */
  readonly steps: ReadonlySet<string>
  readonly unfollowed: Unfollowed | undefined
}

interface Edge {
  readonly step: string
  readonly actor: number
  readonly to: number
  readonly seen: readonly Sight[]
}

interface Node {
  readonly state: number
  readonly follower: Follower
  /** Index of the node that it was reached from. */
  readonly from: number
  readonly by: Edge | undefined
}

/** Who did what leads to an initial state; no process. */
const BEGINNER = 0

/**
 * Follows all runs at once, a state with what explains it at a time.
 *
 * @param automaton of the abstract scenario; what it has learnt stays
 * @throws SpecFault where the scenario makes no sense
 */
export function followEveryRun<S>(projection: Projection<S>, automaton: Automaton): EveryRun {
  return new Product(projection as Projection, automaton).follow()
}

class Product {
  readonly #projection: Projection
  readonly #automaton: Automaton
  readonly #states: States
  readonly #nodes: Node[] = []
  readonly #known = new Set<string>()
  readonly #steps = new Set<string>()

  constructor(projection: Projection, automaton: Automaton) {
    this.#projection = projection
    this.#automaton = automaton
    this.#states = new States(projection)
  }

  follow(): EveryRun {
    for (const { state, shown } of this.#states.initial()) {
      const follower = new Follower(this.#automaton)
      const stuck = this.#projection.beginning(shown).find((label) => !follower.see(this.#automaton.labelId(label), BEGINNER))
      if (stuck !== undefined) return this.#ended({ seen: [`beginning: ${stuck}`], allowed: allowedBy(follower) })
      this.#add({ state, follower, from: -1, by: undefined })
    }
    for (let at = 0; at < this.#nodes.length; at++) {
      const { state, follower } = this.#nodes[at] as Node
      for (const by of this.#states.edges(state)) {
        const next = by.seen.length === 0 ? follower : follower.copy()
        const stuck = by.seen.find((seen) => !this.#see(next, by, seen))
        if (stuck !== undefined) return this.#ended({ seen: [...this.#story(at), storyOf(by)], allowed: allowedBy(next) })
        this.#add({ state: by.to, follower: next, from: at, by })
      }
    }
    return this.#ended(undefined)
  }

  /** @returns whether a run of the abstract scenario goes on with the step that this one stands for */
  #see(follower: Follower, { step, actor }: Edge, { label, steps }: Sight): boolean {
    const id = this.#automaton.labelId(label)
    const found = this.#automaton.stepsOf(follower.set, id, follower.threadOf(actor)).filter((abstract) => steps.includes(abstract))
    for (const abstract of found) this.#steps.add(`${step}: ${abstract}`)
    return found.length > 0 && follower.see(id, actor)
  }

  #add(node: Node): void {
    const key = `${node.state} ${node.follower.key}`
    if (this.#known.has(key)) return
    this.#known.add(key)
    this.#nodes.push(node)
  }

  #ended(unfollowed: Unfollowed | undefined): EveryRun {
    return { states: this.#nodes.length, steps: this.#steps, unfollowed }
  }

  #story(node: number): string[] {
    const seen: string[] = []
    for (let at = this.#nodes[node]; at?.by !== undefined; at = this.#nodes[at.from]) if (at.by.seen.length > 0) seen.push(storyOf(at.by))
    return seen.reverse()
  }
}

function storyOf({ step, actor, seen }: Edge): string {
  return `${actor} ${step}: ${seen.map(({ label }) => label).join(', ')}`
}

function allowedBy(follower: Follower): string[] {
  return follower.allowed().map(({ label, actor }) => (actor === undefined ? label : `${actor} ${label}`))
}

/** The states of the scenario by number, and the steps between them as they look. */
class States {
  readonly #projection: Projection
  readonly #system: System
  readonly #ids = new Map<string, number>()
  readonly #words: Int32Array[] = []
  readonly #edges: Edge[][] = []

  constructor(projection: Projection) {
    this.#projection = projection
    this.#system = new System(projection.scenario)
  }

  initial(): { readonly state: number; readonly shown: number }[] {
    const system = this.#system
    const found = new Map<number, number>()
    system.initial(() => found.set(this.#idOfShown(), this.#projection.shows(system.s)))
    return [...found].map(([state, shown]) => ({ state, shown }))
  }

  /** A step that fails, or throws, is none. */
  edges(state: number): readonly Edge[] {
    const known = this.#edges[state]
    if (known !== undefined) return known
    const [system, projection] = [this.#system, this.#projection]
    const found: Edge[] = []
    system.current.set(this.#words[state] as Int32Array)
    system.activate()
    system.restore()
    const before = projection.shows(system.s)
    system.expand({
      successor: (step, actor) => {
        const name = system.steps[step]?.step ?? ''
        const isAction = step < projection.scenario.spec.actions.length
        const seen = projection.seen(name, isAction ? -1 : actor, before, projection.shows(system.s))
        found.push({ step: name, actor: isAction ? system.processes.length + 1 + actor : actor + 1, to: this.#idOfShown(), seen })
      },
      failure() {},
    })
    this.#edges[state] = found
    return found
  }

  #idOfShown(): number {
    const key = this.#system.w.join()
    const before = this.#ids.get(key)
    if (before !== undefined) return before
    this.#ids.set(key, this.#words.length)
    return this.#words.push(this.#system.w.slice()) - 1
  }
}
