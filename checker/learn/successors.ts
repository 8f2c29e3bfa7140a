/**
 * The successors of states, fast: what each unit does is learned from runs of its steps and afterwards read off decision trees
 * (checker/adr/0010), which are compiled now and then. What throws, or is too various to be learned, is run every time.
 */
import { System } from '../machine/system.js'
import type { Ample } from '../reduce/ample.js'
import { touchedBit } from '../store/tree-shape.js'
import { compileDecisions, type Decide } from './compile.js'
import { DecisionTrees } from './decision-trees.js'
import { Leaves, NOTHING, type Outcome, RUN_IT } from './leaves.js'
import { Recording } from './recording.js'
import type { Taker } from './taker.js'

/** Words that decision trees may take; beyond that nothing new is learned. */
const MOST_NODES = 1 << 23
/** Trees and leaves of more words are not compiled as a whole: V8 takes longer to optimise their code than it saves. */
const MOST_COMPILED = 1 << 12
/** Then those of units that take no more are compiled, and the others walked. */
const MOST_OF_UNIT = 1 << 7
/** The trees are compiled after so many expansions, and again after four times as many if they have grown. */
const FIRST_COMPILED = 1 << 13

export class Successors {
  readonly leaves = new Leaves()
  /** How often something was learned. */
  learned = 0
  /** Were steps of the last state left out? */
  isReduced = false
  readonly #system: System
  readonly #taker: Taker
  readonly #watched: Int32Array
  readonly #ample: Ample | undefined
  /** In the state at hand; -1 for what could not be learned. */
  readonly #leafOfUnit: Int32Array
  readonly #touchedBits: Int32Array
  readonly #recorded: System
  readonly #recording: Recording
  readonly #trees: DecisionTrees
  /** For each unit, by how many words the trees and the leaves have grown for it. */
  readonly #sizes: Float64Array
  #decide: Decide
  #expansions = 0
  #nextCompile = FIRST_COMPILED
  #compiledSize = 0

  /**
   * @param watched bits of a state that somebody else looks at: see `Taker.take`
   * @param ample chooses the process that is enough to take steps of, where one is
   */
  constructor(system: System, taker: Taker, watched: Int32Array, ample?: Ample) {
    this.#ample = ample
    this.#leafOfUnit = new Int32Array(system.units)
    this.#system = system
    this.#taker = taker
    const { scenario, current } = system
    this.#recording = new Recording(current)
    this.#recorded = new System(scenario, this.#recording)
    this.#trees = new DecisionTrees(system.units)
    this.#sizes = new Float64Array(system.units)
    this.#watched = watched
    this.#touchedBits = Int32Array.from(system.w, (_, word) => touchedBit(word))
    this.#decide = ample === undefined ? this.#walk : this.#walkAmply
  }

  /** Gives the taker the successors of the state in `system.current` and `system.w`: actions in order of declaration, then processes. */
  expand(): void {
    if (++this.#expansions === this.#nextCompile && this.#ample === undefined) this.#compile()
    this.#decide()
  }

  readonly #walk: Decide = () => {
    const { units } = this.#system
    for (let unit = 0; unit < units; unit++) this.#walkUnit(unit)
  }

  readonly #walkUnit = (unit: number): void => {
    const leaf = this.#trees.leafOf(unit, this.#system.current)
    if (leaf < 0 || leaf === RUN_IT) this.#miss(unit)
    else if (leaf > 0) this.#emit(leaf)
  }

  /** Decides all units first, as what is learned of one says what may be left out of another. */
  readonly #walkAmply: Decide = () => {
    const { current, units, actions } = this.#system
    const leaves = this.#leafOfUnit
    for (let unit = 0; unit < units; unit++) {
      const leaf = this.#trees.leafOf(unit, current)
      leaves[unit] = leaf < 0 && this.#canLearn ? this.#learn(unit) : leaf
    }
    if (!this.#canLearn) this.#ample?.footprints.touchAll()
    const process = this.#ample?.choose(current, (p) => (leaves[actions.length + p] as number) > RUN_IT) ?? -1
    this.isReduced = process >= 0
    if (process >= 0) this.#emit(leaves[actions.length + process] as number)
    else for (let unit = 0; unit < units; unit++) this.#follow(unit, leaves[unit] as number)
  }

  get #canLearn(): boolean {
    return this.#trees.size <= MOST_NODES
  }

  #follow(unit: number, leaf: number): void {
    if (leaf > RUN_IT) this.#emit(leaf)
    else if (leaf !== NOTHING) this.#run(unit)
  }

  #compile(): void {
    this.#nextCompile *= 4
    const size = this.#trees.size + this.leaves.length
    if (size === this.#compiledSize) return
    this.#compiledSize = size
    const most = size > MOST_COMPILED ? MOST_OF_UNIT : size
    const small = this.#sizes.filter((of) => of <= most)
    if (small.reduce((sum, of) => sum + of, 0) > MOST_COMPILED) {
      this.#decide = this.#walk
      return
    }
    this.#decide = compileDecisions({
      trees: this.#trees,
      leaves: this.leaves,
      system: this.#system,
      taker: this.#taker,
      watched: this.#watched,
      touchedBits: this.#touchedBits,
      walk: this.#walkUnit,
      isTooLarge: (unit) => (this.#sizes[unit] as number) > most,
      miss: this.#miss,
    })
  }

  readonly #emit = (leaf: number): void => {
    const { code, starts } = this.leaves
    const { w, current } = this.#system
    let at = starts[leaf] as number
    for (let count = code[at++] as number; count > 0; count--) {
      const kind = code[at] as number
      const change = code[at + 1] as number
      const from = at + 3
      const end = from + 3 * (code[at + 2] as number)
      let touched = 0
      let seen = 0
      for (at = from; at < end; at += 3) {
        const word = code[at] as number
        const before = current[word] as number
        const after = (before & (code[at + 1] as number)) | (code[at + 2] as number)
        w[word] = after
        if (after === before) continue
        touched |= this.#touchedBits[word] as number
        seen |= (after ^ before) & (this.#watched[word] as number)
      }
      this.#taker.take(kind, touched, seen, change)
      for (at = from; at < end; at += 3) {
        const word = code[at] as number
        w[word] = current[word] as number
      }
    }
  }

  /** A unit whose tree does not lead to a leaf that says what follows. */
  readonly #miss = (unit: number): void => {
    const leaf = this.#trees.leafOf(unit, this.#system.current)
    this.#follow(unit, leaf < 0 && this.#canLearn ? this.#learn(unit) : leaf)
  }

  /** Runs a unit, adds what it does to its tree, and answers the leaf. */
  #learn(unit: number): number {
    const recorded = this.#recorded
    const outcomes: Outcome[] = []
    let hasThrown = false
    this.#recording.begin()
    recorded.activate()
    recorded.current.set(this.#system.current)
    recorded.restore()
    recorded.expandUnit(unit, {
      successor: (step, actor) => outcomes.push({ step, actor, slept: recorded.slept, writes: this.#writes() }),
      failure: () => {
        hasThrown = true
      },
    })
    this.#system.activate()
    this.learned++
    const size = this.#trees.size + this.leaves.length
    this.#ample?.footprints.note(unit, this.#system.current, this.#recording.reads, outcomes)
    const leaf = hasThrown ? RUN_IT : this.leaves.of(outcomes)
    this.#trees.add(unit, this.#recording.reads, leaf)
    this.#sizes[unit] = (this.#sizes[unit] as number) + this.#trees.size + this.leaves.length - size
    return leaf
  }

  #writes(): Outcome['writes'] {
    const { written } = this.#recording
    const { w } = this.#recorded
    return Array.from(written, (bits, word) => ({ word, keep: ~bits, bits: (w[word] as number) & bits })).filter(({ keep }) => keep !== -1)
  }

  /** Runs the unit's steps as `System.expand` does. */
  #run(unit: number): void {
    const system = this.#system
    const { w, current } = system
    system.view.load()
    system.expandUnit(unit, {
      successor: (step, actor) => {
        let touched = 0
        let seen = 0
        for (let word = 0; word < w.length; word++) {
          const changed = (w[word] as number) ^ (current[word] as number)
          if (changed !== 0) touched |= this.#touchedBits[word] as number
          seen |= changed & (this.#watched[word] as number)
        }
        this.#taker.take(this.leaves.kindOf(step, actor, system.slept), touched, seen, 0)
      },
      failure: (error, step, actor) => this.#taker.failure(error, step, actor),
    })
  }
}
