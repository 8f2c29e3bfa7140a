/**
 * From a search over representatives back to real states. The depths are walked back from what was found, among representatives; then the
 * search is run again from the real initial states, keeping only states whose representative is on a shortest way. So the counterexample that is
 * shown is a behaviour of the spec, with the same names throughout, and the very one that a search without the reduction shows.
 */
import { type Finding, Findings } from '../explore/findings.js'
import { Levels } from '../explore/levels.js'
import type { System } from '../machine/system.js'
import { PropertyCheck } from '../property/property-check.js'
import { StateTree, treeMemory } from '../store/state-tree.js'
import type { Representatives } from './representatives.js'

/** Real states that the second search may hold; what is never touched costs no memory. */
const MOST = 1 << 26

/** Real states on the shortest ways, and what is found in them. */
export interface Unreduced {
  readonly store: StateTree
  readonly levels: Levels
  readonly findings: readonly Finding[]
}

export class Unreduction {
  readonly #system: System
  readonly #representatives: Representatives
  /** Of the search over representatives. */
  readonly #store: StateTree
  readonly #levels: Levels

  constructor(system: System, representatives: Representatives, store: StateTree, levels: Levels) {
    this.#system = system
    this.#representatives = representatives
    this.#store = store
    this.#levels = levels
  }

  /** @param found all of one urgency (`mostUrgent`): in states of one depth, or in steps that lead out of the depth before it */
  run(found: readonly Finding[]): Unreduced {
    const targets = new Targets(found, this.#levels)
    const wanted = this.#wanted(targets)
    const real = this.#realStore()
    const levels = new Levels()
    const add = (depth: number): void => {
      if (wanted[depth]?.has(this.#idOfRepresentative()) !== true) return
      if (real.isFull) real.grow()
      real.insert()
    }
    this.#system.initial(() => add(0))
    for (let depth = 0; depth < wanted.length; depth++) {
      levels.add(real.takeRanges())
      for (const id of levels.idsAt(depth)) {
        real.open(id)
        this.#system.expand({ successor: () => add(depth + 1), failure() {} })
      }
    }
    return { store: real, levels, findings: this.#findAgain(targets, real, levels) }
  }

  /** By depth, the representatives that lead to what was found, or in which it was found. */
  #wanted({ states, parents, depthOfParents }: Targets): ReadonlySet<number>[] {
    const wanted: Set<number>[] = []
    wanted[depthOfParents + 1] = new Set(states.keys())
    for (let depth = depthOfParents; depth >= 0; depth--) {
      const before = new Set(depth === depthOfParents ? parents : [])
      for (const id of this.#levels.idsAt(depth)) {
        this.#store.open(id)
        const successor = (): void => {
          if (wanted[depth + 1]?.has(this.#idOfRepresentative()) === true) before.add(id)
        }
        this.#system.expand({ successor, failure() {} })
      }
      wanted[depth] = before
    }
    return wanted
  }

  /** Of the state in `system.w`, among those of the search. */
  #idOfRepresentative(): number {
    this.#representatives.enter()
    const id = this.#store.find()
    this.#representatives.leave()
    return id
  }

  #realStore(): StateTree {
    const { w, current, words } = this.#system
    return new StateTree(w, current, treeMemory(words, MOST, MOST))
  }

  /** What was found, in real states and steps. */
  #findAgain({ states, parents, depthOfParents }: Targets, real: StateTree, levels: Levels): readonly Finding[] {
    const findings: Finding[] = []
    for (const id of levels.idsAt(depthOfParents + 1)) {
      real.open(id)
      const finding = states.get(this.#idOfRepresentative())
      if (finding !== undefined) findings.push({ ...finding, id } as Finding)
    }
    for (const id of parents.size === 0 ? [] : levels.idsAt(depthOfParents)) {
      real.open(id)
      if (parents.has(this.#idOfRepresentative())) findings.push(...this.#steps(id))
    }
    return findings
  }

  /** What is found in the steps out of the state in `system.current`. */
  #steps(parent: number): readonly Finding[] {
    const system = this.#system
    const properties = new PropertyCheck(system)
    const findings = new Findings()
    const edge = (step: number, actor: number) => ({ parent, step, actor, picks: system.choices.picks })
    system.expand({
      failure: (error, step, actor) => findings.failed(error, edge(step, actor)),
      successor(step, actor) {
        const broken = properties.brokenByStep(system.steps[step]?.step ?? '')
        if (broken !== undefined) findings.violatedByStep(broken, edge(step, actor))
      },
    })
    return findings.list
  }
}

/** Where the findings of one urgency are. */
class Targets {
  /** The states in which something was found. */
  readonly states: ReadonlyMap<number, Finding>
  /** The states out of which a step leads in which something was found. */
  readonly parents: ReadonlySet<number>
  /** Index of the depth before that of the states. */
  readonly depthOfParents: number

  constructor(found: readonly Finding[], levels: Levels) {
    this.states = new Map(found.flatMap((f) => ('id' in f ? [[f.id, f] as const] : [])))
    this.parents = new Set(found.flatMap((f) => ('edge' in f ? [f.edge.parent] : [])))
    const [state] = this.states.keys()
    const [parent = -1] = this.parents
    this.depthOfParents = state === undefined ? levels.indexOf(parent) : levels.indexOf(state) - 1
  }
}
