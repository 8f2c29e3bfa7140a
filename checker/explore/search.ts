/**
 * Breadth-first search. States are numbered in the order of discovery, so the frontier of a depth is a range of ids in the store.
 *
 * A search that has found a violation finishes the depth that it is at, so that its counts, and which of the shortest
 * counterexamples is shown, do not depend on the order within a depth.
 */
import { SpecFault } from '../fault.js'
import { compileExpand, type Expand } from '../machine/expander.js'
import type { Sink, System } from '../machine/system.js'
import { PropertyCheck } from '../property/property-check.js'
import { MemoryStore } from '../store/memory.js'
import type { Store } from '../store/store.js'
import { type Edge, shortestTrace } from '../trace/shortest.js'
import type { Verdict } from '../verdict.js'
import { Findings } from './findings.js'
import type { ExploreOptions, Figures, Report } from './report.js'
import { vacuity } from './vacuity.js'

/** How many states are expanded between two looks at the clock. */
const CLOCK_EVERY = 1024
/**
 * The first so many states, one in so many after that, and where a step fires for one of its first times, are expanded twice and
 * compared.
 */
const AUDITED_AT_FIRST = 256
const AUDITED_EVERY = 256
const FIRST_TIMES = 16

export class Search implements Sink {
  readonly #system: System
  readonly #expand: Expand
  readonly #options: ExploreOptions
  readonly #store: Store
  readonly #properties: PropertyCheck
  readonly #findings = new Findings()
  readonly #coverage: Float64Array
  readonly #started = performance.now()
  /** Id of the first state at each depth; depth 1 at index 0. */
  readonly #depthStarts: number[] = [0]
  #lastProgress = performance.now()
  #generated = 0
  #expanding = -1
  #successors = 0
  /** Has a step fired for one of its first times in the state being expanded? */
  #isNovel = false
  #frontierMax = 0

  constructor(system: System, options: ExploreOptions) {
    this.#system = system
    this.#expand = compileExpand(system)
    this.#options = options
    this.#store = new MemoryStore(system.words)
    this.#properties = new PropertyCheck(system)
    this.#coverage = new Float64Array(system.steps.length)
  }

  run(): Report {
    this.#system.initial(() => this.#initial())
    let from = 0
    while (from < this.#store.size && !this.#findings.any) {
      const to = this.#store.size
      this.#system.activate()
      this.#frontierMax = Math.max(this.#frontierMax, to - from)
      this.#depthStarts.push(to)
      const incomplete = this.#expandRange(from, to)
      if (incomplete !== undefined && !this.#findings.any) return this.#report(incomplete)
      from = to
    }
    return this.#report(this.#verdict())
  }

  successor(step: number, actor: number): void {
    this.#generated++
    this.#successors++
    const times = (this.#coverage[step] as number) + 1
    this.#coverage[step] = times
    if (times <= FIRST_TIMES) this.#isNovel = true
    const { w } = this.#system
    const id = this.#store.insert(w, this.#expanding)
    if (this.#properties.watchesSteps) this.#checkStep(step, actor)
    if (id >= 0) this.#checkState(id)
  }

  failure(error: unknown, step: number, actor: number): void {
    this.#successors++
    this.#findings.failed(error, this.#edge(step, actor))
  }

  /** Hears of steps that are not functions of the state, and of nothing else. */
  readonly #auditor: Sink = {
    successor() {},
    failure: (error, step, actor) => {
      if (error instanceof SpecFault && error.kind === 'impure') this.failure(error, step, actor)
    },
  }

  #initial(): void {
    this.#generated++
    const id = this.#store.insert(this.#system.w, -1)
    if (id >= 0) this.#checkState(id)
  }

  /** Expands the states of one depth; answers a verdict if a bound was met, which what was found until then goes before. */
  #expandRange(from: number, to: number): Verdict | undefined {
    const system = this.#system
    const { maxStates = Number.POSITIVE_INFINITY } = this.#options
    for (let id = from; id < to; id++) {
      this.#expanding = id
      this.#successors = 0
      this.#store.read(id, system.current)
      this.#properties.enter()
      this.#isNovel = false
      this.#expand(this)
      if (this.#isNovel || id < AUDITED_AT_FIRST || id % AUDITED_EVERY === 0) system.expand(this.#auditor, true)
      if (this.#successors === 0) this.#stopped(id)
      if (this.#store.size > maxStates) return { kind: 'incomplete', bound: 'states', limit: maxStates }
      if (id % CLOCK_EVERY === 0 && this.#isLate(to - id)) {
        return { kind: 'incomplete', bound: 'seconds', limit: this.#options.maxSeconds ?? 0 }
      }
    }
    return undefined
  }

  /** Nothing is enabled in the state being expanded. */
  #stopped(id: number): void {
    try {
      const { isFinal } = this.#system
      const broken = isFinal ? this.#properties.brokenAtEnd() : undefined
      if (!isFinal) this.#findings.deadlocked(id)
      else if (broken !== undefined) this.#findings.violatedAtEnd(broken, id)
    } catch (error) {
      this.#findings.threwAt(error, id)
    }
  }

  #checkState(id: number): void {
    try {
      const broken = this.#properties.brokenBy()
      if (broken !== undefined) this.#findings.violated(broken, id)
    } catch (error) {
      this.#findings.threwAt(error, id)
    }
  }

  #checkStep(step: number, actor: number): void {
    try {
      const broken = this.#properties.brokenByStep(this.#system.steps[step]?.step ?? '')
      if (broken !== undefined) this.#findings.violatedByStep(broken, this.#edge(step, actor))
    } catch (error) {
      this.#findings.failed(error, this.#edge(step, actor))
    }
  }

  /** The step at hand. */
  #edge(step: number, actor: number): Edge {
    return { parent: this.#expanding, step, actor, picks: this.#system.choices.picks }
  }

  #verdict(): Verdict {
    if (this.#findings.any) {
      return this.#findings.verdict(this.#system, (targets) => shortestTrace(this.#system, this.#store, this.#depthStarts, targets))
    }
    const reasons = vacuity(this.#system, this.#coverage, this.#properties)
    return reasons.length > 0 ? { kind: 'vacuous', reasons } : { kind: 'holds' }
  }

  #isLate(frontier: number): boolean {
    const now = performance.now()
    if (now - this.#lastProgress >= 1000) {
      this.#lastProgress = now
      this.#options.onProgress?.({ ...this.#figures(), frontier })
      this.#system.activate()
    }
    return now - this.#started > (this.#options.maxSeconds ?? Number.POSITIVE_INFINITY) * 1000
  }

  #figures(): Omit<Figures, 'frontier'> {
    const depth = this.#depthStarts.length - 1 + (this.#store.size > (this.#depthStarts.at(-1) ?? 0) ? 1 : 0)
    return {
      distinct: this.#store.size,
      generated: this.#generated,
      depth,
      seconds: (performance.now() - this.#started) / 1000,
      bytes: this.#store.bytes,
    }
  }

  #report(verdict: Verdict): Report {
    const { steps, scenario } = this.#system
    return {
      scenario,
      verdict,
      ...this.#figures(),
      frontierMax: this.#frontierMax,
      coverage: Object.fromEntries(steps.map(({ name }, i) => [name, this.#coverage[i] ?? 0])),
    }
  }
}
