/**
 * One worker of a search: expands states of the frontier, adds the successors to the store, and evaluates the properties of what is new.
 * This is the search loop.
 */
import { SpecFault } from '../fault.js'
import { Successors } from '../learn/successors.js'
import type { Taker } from '../learn/taker.js'
import type { Sink, System } from '../machine/system.js'
import { PropertyCheck } from '../property/property-check.js'
import type { Ample } from '../reduce/ample.js'
import type { Representatives } from '../reduce/representatives.js'
import type { Change } from '../store/parts.js'
import type { Store } from '../store/store.js'
import { Findings } from './findings.js'
import type { Published } from './shared.js'

/** The first so many states, one in so many after that, and each in which a step showed something new, are expanded twice and compared. */
const AUDITED_AT_FIRST = 256
const AUDITED_EVERY = 1024

export interface ExplorerParts {
  /** Called when the store is full; lets it grow, if it may. */
  readonly grow: () => void
  /** Keeps one state of each orbit. */
  readonly representatives?: Representatives | undefined
  /** Leaves steps out, where their order does not matter. */
  readonly ample?: Ample | undefined
}

export class Explorer implements Taker {
  readonly store: Store
  readonly findings = new Findings()
  readonly properties: PropertyCheck
  readonly #system: System
  readonly #successors: Successors
  readonly #watchesSteps: boolean
  readonly #grow: () => void
  readonly #representatives: Representatives | undefined
  #expanding = -1
  #count = 0
  #expanded = 0
  #isStepBroken = false
  /** Has a step from the state being expanded that changed nothing that is watched kept the properties of steps? */
  #isUnseenKept = false

  /**
   * @param watched bits that the properties have read, shared by all workers; as long as a state
   */
  constructor(system: System, store: Store, watched: Int32Array, { grow, representatives, ample }: ExplorerParts) {
    this.#system = system
    this.store = store
    this.#grow = grow
    this.#representatives = representatives
    this.properties = new PropertyCheck(system, ample?.watched ?? watched)
    this.#successors = new Successors(system, this, ample?.watched ?? watched, ample)
    this.#watchesSteps = this.properties.watchesSteps
  }

  /** Successors that were found. */
  get generated(): number {
    const { fired } = this.#successors.leaves
    let generated = 0
    for (let kind = 0; kind < fired.length; kind++) generated += fired[kind] as number
    return generated
  }

  /** How often each of the system's steps fired. */
  get coverage(): Float64Array {
    const { steps, fired } = this.#successors.leaves
    const coverage = new Float64Array(this.#system.steps.length)
    steps.forEach((step, kind) => {
      coverage[step] = (coverage[step] ?? 0) + (fired[kind] ?? 0)
    })
    return coverage
  }

  /** Which words the steps have changed. */
  get changes(): Change[] {
    return this.#successors.leaves.changes
  }

  /** Adds the initial states, unless the store is full and does not grow; answers how many were generated. */
  start(): number {
    let generated = 0
    this.#system.initial(() => {
      generated++
      if (this.store.isFull) return
      this.#representatives?.enter()
      const id = this.store.insert()
      this.#representatives?.leave()
      if (id >= 0) this.#checkStart(id)
      if (this.store.isFull) this.#grow()
    })
    this.#system.activate()
    return generated
  }

  /** Lets the properties look at a state that another search has found: those after it are looked at where they differ in what was looked at. */
  look(id: number): void {
    this.#system.activate()
    this.#checkState(id)
  }

  /** Says what a database is to keep of this worker, by its index; and keeps the words of what was found, whose ids may not last. */
  publish({ coverage, settled }: Published, index: number): void {
    coverage.set(this.coverage, index * this.#system.steps.length)
    this.properties.settled.forEach((isSettled, i) => {
      if (isSettled) Atomics.store(settled, i, 1)
    })
    this.findings.keepWords((id) => {
      this.store.open(id)
      return this.#system.current.slice()
    })
  }

  expand(id: number): void {
    const successors = this.#successors
    this.#expanding = id
    this.#count = 0
    this.store.open(id)
    this.properties.turn()
    this.#isUnseenKept = false
    const { learned } = successors
    if (!this.#isExpanded()) return
    if (!successors.isReduced && (successors.learned > learned || this.#isSampled())) this.#audit()
    if (this.#isStepBroken) this.#findBrokenSteps()
    if (this.#count === 0) this.#stopped()
  }

  /** Has the state been expanded? Not where what was learned of a step contradicts what it does. */
  #isExpanded(): boolean {
    try {
      this.#successors.expand()
      return true
    } catch (error) {
      if (!(error instanceof SpecFault)) throw error
      this.findings.threwAt(error, this.#expanding)
      return false
    }
  }

  take(kind: number, touched: number, seen: number, change: number): void {
    this.#count++
    const { fired } = this.#successors.leaves
    fired[kind] = (fired[kind] as number) + 1
    if (this.#watchesSteps) this.#checkStep(kind, seen)
    if (touched === 0) return
    // A representative has not been asked: the properties answer as in the real state, but may look elsewhere.
    const id = this.#representatives === undefined ? this.store.add(touched, seen, change) : this.#addRepresentative()
    if (id >= 0 && (seen !== 0 || this.#representatives !== undefined)) this.#checkState(id)
    if (this.store.isFull) this.#grow()
  }

  #addRepresentative(): number {
    this.#representatives?.enter()
    const id = this.store.add(-1, 1, 0)
    this.#representatives?.leave()
    return id
  }

  /** Adds the states that wait, and asks the properties of those that are new. Opens them: what is inserted next is no successor. */
  settle(): void {
    this.store.settle(this.#openAndCheck)
    if (this.store.isFull) this.#grow()
  }

  /** The same while the state being expanded stays open; only the state in `system.w` may wait. */
  protected settleOne(): void {
    this.store.settle(this.#check)
  }

  failure(error: unknown, step: number, actor: number): void {
    this.#count++
    this.findings.failed(error, { parent: this.#expanding, step, actor, picks: this.#system.choices.picks })
  }

  readonly #openAndCheck = (id: number): void => {
    this.store.open(id)
    this.#checkState(id)
  }

  readonly #check = (id: number): void => this.#checkState(id)

  #checkStart(id: number): void {
    this.#checkState(id)
    try {
      this.#system.view.load()
      const broken = this.properties.brokenAtStart()
      if (broken !== undefined) this.findings.violatedAtStart(broken, id)
    } catch (error) {
      this.findings.threwAt(error, id)
    }
  }

  #checkState(id: number): void {
    try {
      const broken = this.properties.brokenBy()
      if (broken !== undefined) this.findings.violated(broken, id)
    } catch (error) {
      this.findings.threwAt(error, id)
    }
  }

  /**
   * Whether a step keeps the properties of steps; which one does not is found when all successors of the state are. Steps that change
   * nothing that is watched look the same to them.
   */
  #checkStep(kind: number, seen: number): void {
    if (seen === 0 && this.#isUnseenKept) return
    const { ignoresNames, learned } = this.properties
    try {
      const isKept = this.properties.brokenByStep(ignoresNames ? '' : this.#stepName(this.stepOf(kind))) === undefined
      if (!isKept) this.#isStepBroken = true
      else if (seen === 0) this.#isUnseenKept = ignoresNames && (this.properties.learned === learned || !this.#isSeen())
    } catch {
      this.#isStepBroken = true
    }
  }

  /** Does the step change what is watched by now? A property that was asked of it may have looked at more. */
  #isSeen(): boolean {
    const { w, current } = this.#system
    const { watched } = this.properties
    for (let word = 0; word < watched.length; word++) {
      if (((watched[word] as number) & ((w[word] as number) ^ (current[word] as number))) !== 0) return true
    }
    return false
  }

  /** Takes the steps of the state again, one by one, to learn which choices lead to what breaks. */
  #findBrokenSteps(): void {
    this.#isStepBroken = false
    this.store.open(this.#expanding)
    this.#system.expand({
      failure() {},
      successor: (step, actor) => {
        const edge = { parent: this.#expanding, step, actor, picks: this.#system.choices.picks }
        try {
          const broken = this.properties.brokenByStep(this.#stepName(step))
          if (broken !== undefined) this.findings.violatedByStep(broken, edge)
        } catch (error) {
          this.findings.failed(error, edge)
        }
      },
    })
  }

  /** Nothing is enabled in the state being expanded. */
  #stopped(): void {
    const id = this.#expanding
    try {
      this.#system.restore()
      const { isFinal } = this.#system
      const broken = isFinal ? this.properties.brokenAtEnd() : undefined
      if (!isFinal) this.findings.deadlocked(id)
      else if (broken !== undefined) this.findings.violatedAtEnd(broken, id)
    } catch (error) {
      this.findings.threwAt(error, id)
    }
  }

  /** By what the state is, not by its id: which states are audited does not depend on the number of workers. */
  #isSampled(): boolean {
    if (++this.#expanded <= AUDITED_AT_FIRST) return true
    const { current } = this.#system
    let bits = 0
    for (let i = 0; i < current.length; i++) bits ^= current[i] as number
    return (Math.imul(bits, 0x9e3779b1) >>> 8) % AUDITED_EVERY === 0
  }

  /** Runs the steps of the state twice: they must do the same, and what was read off the decision trees. */
  #audit(): void {
    this.settle()
    this.store.open(this.#expanding)
    let count = 0
    const impure = (step: number, actor: number, error: SpecFault): void =>
      this.findings.failed(error, { parent: this.#expanding, step, actor, picks: this.#system.choices.picks })
    const auditor: Sink = {
      successor: (step, actor) => {
        count++
        this.#representatives?.enter()
        if (this.store.find() < 0) impure(step, actor, unlearned())
      },
      failure: (error, step, actor) => {
        count++
        if (error instanceof SpecFault && error.kind === 'impure') impure(step, actor, error)
      },
    }
    this.#system.expand(auditor, true)
    if (count !== this.#count && !this.findings.any) this.findings.threwAt(unlearned(), this.#expanding)
    this.#auditSymmetry()
  }

  #auditSymmetry(): void {
    try {
      this.#representatives?.audit()
    } catch (error) {
      this.findings.threwAt(error, this.#expanding)
    }
  }

  /** The step of a kind of successor, as an index of `System.steps`. */
  protected stepOf(kind: number): number {
    return this.#successors.leaves.steps[kind] as number
  }

  #stepName(step: number | undefined): string {
    return this.#system.steps[step ?? -1]?.step ?? ''
  }
}

function unlearned(): SpecFault {
  return new SpecFault(
    'impure',
    'the step did something else in a state that looked the same to it; a step may depend on nothing but the state',
  )
}
