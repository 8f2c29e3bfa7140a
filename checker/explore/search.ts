/**
 * Breadth-first search, depth by depth, by one worker or several: the frontier is the states of one depth, and all of it is expanded before
 * the next. A search that has found a violation finishes the depth that it is at, so that its counts, and which of the shortest
 * counterexamples is shown, depend neither on the order within a depth nor on the number of workers.
 */
import { SpecFault } from '../fault.js'
import { temporalOf } from '../liveness/instance.js'
import { checkTemporal } from '../liveness/temporal-check.js'
import type { System } from '../machine/system.js'
import type { Endless } from '../property/property.js'
import type { Ample } from '../reduce/ample.js'
import { Representatives } from '../reduce/representatives.js'
import { symmetryOf } from '../reduce/symmetry.js'
import { Unreduction } from '../reduce/unreduced.js'
import { alone, type Crew } from '../store/crew.js'
import { LossyStore } from '../store/lossy-store.js'
import { learnedParts, type Parts } from '../store/parts.js'
import { StateTree } from '../store/state-tree.js'
import { PathFinder, type RecordedPath } from '../trace/recorded-path.js'
import { shortestTrace } from '../trace/shortest.js'
import type { Incomplete, SpecError, Vacuous, Verdict, Violated } from '../verdict.js'
import { expandDepth, prepareToGrow, turnDepth, type Worker } from './depth.js'
import { Explorer } from './explorer.js'
import { type Finding, mostUrgent, verdictOf } from './findings.js'
import { Frontier } from './frontier.js'
import { Levels } from './levels.js'
import { lossyStore } from './lossy.js'
import { ProfilingExplorer } from './profile.js'
import type { ExploreOptions, Figures, Reduction, Report } from './report.js'
import { FOUND, largestFrontier, largestMemory, type SharedMemory, STOP, STOPPED, type Stop, sharedMemory, stop } from './shared.js'
import { vacuity } from './vacuity.js'
import { type WorkerReport, WorkerThreads } from './worker-threads.js'

/** A search starts in memory for so many states, alone, and moves when it outgrows it. */
const FEW = 1 << 16
/** When it has found so many, it is known which words of a state change together, and they are put into parts accordingly. */
const KNOWN = 1 << 15
/** When it has found so many, it calls for the other workers: a shorter one would be over before they are there. */
const CALLED = 1 << 12

const bounds = { [STOP.states]: 'states', [STOP.seconds]: 'seconds', [STOP.memory]: 'memory', [STOP.interrupted]: 'interrupted' } as const

export class Search {
  readonly #system: System
  readonly #options: ExploreOptions
  readonly #store: StateTree | LossyStore
  readonly #explorer: Explorer
  readonly #profiler: ProfilingExplorer | undefined
  readonly #levels = new Levels()
  readonly #started = performance.now()
  readonly #frontier: Frontier
  readonly #representatives: Representatives | undefined
  readonly #temporal: readonly Endless[]
  /** By partial order. */
  readonly #isReduced: boolean
  #memory: SharedMemory
  /** Is the memory only limited by the machine? */
  #isLarge = false
  #crew: Crew = alone
  #threads: WorkerThreads | undefined
  #reports: readonly WorkerReport[] = []
  #lastProgress = performance.now()
  /** Initial states, duplicates included. */
  #initial = 0
  /** Generated, and how often each step had fired, before the depth at hand was expanded. */
  #generatedBefore = 0
  #coverageBefore: Float64Array = new Float64Array()

  /** @param ample leaves steps out, where their order does not matter; such a search has one worker */
  constructor(system: System, options: ExploreOptions, ample?: Ample) {
    this.#system = system
    this.#temporal = temporalOf(system.scenario)
    this.#isReduced = ample !== undefined
    this.#options = options
    system.scenario.spec.asked.clear()
    this.#memory = sharedMemory(system.words, FEW, options.workers?.count ?? 1, options.maxBytes)
    this.#frontier = new Frontier(this.#memory.frontier)
    this.#store = lossyStore(options, system, FEW) ?? new StateTree(system.w, system.current, this.#memory.store)
    const symmetry = options.reduction === 'symmetry' ? symmetryOf(system) : undefined
    this.#representatives = symmetry && new Representatives(system, symmetry)
    const parts = { grow: () => this.#grow(), representatives: this.#representatives, ample }
    this.#profiler = options.profile === true ? new ProfilingExplorer(system, this.#store, this.#memory.watched, parts) : undefined
    this.#explorer = this.#profiler ?? new Explorer(system, this.#store, this.#memory.watched, parts)
  }

  /** Yields often, so that whoever drives it can do other things in between. */
  *run(): Generator<undefined, Report> {
    try {
      this.#initial = this.#explorer.start()
      this.#frontier.add(this.#store.takeRanges())
      if (this.#explorer.findings.any) Atomics.store(this.#memory.flags, FOUND, 1)
      while (this.#turn()) {
        for (const _ of expandDepth(this.#worker())) {
          yield
          this.#system.activate()
          this.#watch()
        }
      }
      this.#reports = this.#threads?.reports() ?? []
      return this.#report(yield* this.#verdict())
    } finally {
      this.#threads?.dismiss()
    }
  }

  #worker(): Worker {
    const makeRoom = (): boolean => this.#crew === alone && this.#moveToLarger()
    return { explorer: this.#explorer, frontier: this.#frontier, crew: this.#crew, memory: this.#memory, makeRoom }
  }

  /** Goes on to the next depth; false when the search has come to its end. */
  #turn(): boolean {
    const generated = this.#generated
    const { isStopped, isFound, isLast } = turnDepth({ frontier: this.#frontier, crew: this.#crew, memory: this.#memory })
    if (!isLast && (isFound || !isStopped)) this.#levels.add(this.#frontier.blocks)
    if (isStopped || isFound || isLast) return false
    this.#generatedBefore = generated
    this.#coverageBefore = this.#explorer.coverage
    this.#learnParts()
    this.#callWorkers()
    return true
  }

  /** At once, where no others need be waited for. */
  #grow(): void {
    const { flags } = this.#memory
    if (this.#crew !== alone || flags[STOPPED] !== STOP.not) return
    prepareToGrow(this.#worker())
    if (flags[STOPPED] === STOP.not) this.#store.grow()
  }

  /** Between two depths: calls for the other workers, or lets them join. */
  #callWorkers(): void {
    const { workers } = this.#options
    const store = this.#store
    if (workers === undefined || workers.count < 2 || store instanceof LossyStore || this.#distinct < CALLED) return
    if (this.#temporal.length > 0) return
    const called = { ...workers, symmetry: this.#representatives !== undefined, profile: this.#profiler !== undefined }
    this.#threads ??= new WorkerThreads(called, this.#memory.flags)
    if (!this.#threads.areWaiting || !this.#isLarge) return
    this.#crew = this.#threads.join(store, this.#frontier, this.#memory) ?? alone
  }

  /** Between two depths: moves to larger memory when enough is known for it to be the last move. */
  #learnParts(): void {
    const store = this.#store
    if (store instanceof LossyStore || this.#isLarge || this.#distinct < (store.parts.length === 0 ? CALLED : KNOWN)) return
    this.#moveToLarger(learnedParts(this.#system.words, this.#explorer.changes))
  }

  /** Moves to memory that is only limited by the machine. Between two depths the words of a state may be put into other parts. */
  #moveToLarger(parts?: Parts): boolean {
    if (this.#store instanceof LossyStore) return this.#letGrow(this.#store)
    const memory = largestMemory(this.#system.words, this.#memory, parts ?? this.#store.parts)
    if (memory === undefined || !this.#store.hasRoomIn(memory.store)) return false
    if (parts === undefined) this.#store.moveTo(memory.store)
    else this.#store.rebuildIn(memory.store)
    this.#frontier.moveTo(memory.frontier)
    this.#memory = memory
    this.#isLarge = true
    return true
  }

  /** A lossy store takes memory by itself. */
  #letGrow(store: LossyStore): boolean {
    const largest = largestFrontier()
    if (largest === undefined || !store.raise(largest.states)) return false
    this.#frontier.moveTo(largest.frontier)
    return true
  }

  /** Looks at the bounds, and tells how far the search has come. */
  #watch(): void {
    const { maxSeconds, signal, onProgress } = this.#options
    const now = performance.now()
    this.#watchStates()
    if (maxSeconds !== undefined && now - this.#started > maxSeconds * 1000) stop(this.#memory, STOP.seconds)
    if (signal?.aborted) stop(this.#memory, STOP.interrupted)
    if (onProgress === undefined || now - this.#lastProgress < 1000) return
    this.#lastProgress = now
    const frontier = this.#levels.sizes.at(-1) ?? 0
    onProgress({ ...this.#figuresSoFar(), depth: this.#levels.depth + (this.#distinct > this.#levels.distinct ? 1 : 0), frontier })
    this.#system.activate()
  }

  /** Also at the end of each depth, so that the number of workers does not decide whether that depth was whole. */
  #watchStates(): void {
    const { maxStates } = this.#options
    if (maxStates !== undefined && this.#distinct > maxStates) stop(this.#memory, STOP.states)
  }

  get #distinct(): number {
    return this.#sum(0) + this.#store.added
  }

  get #generated(): number {
    return this.#sum(1) + this.#explorer.generated + this.#initial
  }

  /** Over the other workers. */
  #sum(which: 0 | 1): number {
    const { figures } = this.#memory
    let sum = 0
    for (let i = 2 + which; i < figures.length; i += 2) sum += figures[i] as number
    return sum
  }

  *#verdict(): Generator<undefined, Verdict> {
    const found: Finding[] = [...this.#explorer.findings.list, ...this.#reports.flatMap((r) => r.findings)]
    if (found.length > 0) return yield* this.#verdictOn(found)
    const stopped = this.#memory.flags[STOPPED] as Stop
    if (stopped !== STOP.not) return this.#incomplete(bounds[stopped])
    if (this.#options.store === 'bitstate') return this.#incomplete('bitstate')
    const temporal = yield* this.#checkTemporal()
    if ('kind' in temporal) return temporal
    const open = [this.#explorer.properties, ...this.#reports]
    const reasons = vacuity(this.#system, this.#coverage(this.#explorer.coverage), {
      notFound: inAll(open.map((o) => o.notFound)),
      neverViolated: inAll(open.map((o) => o.neverViolated)),
    })
    const all = [...reasons, ...temporal.reasons]
    return all.length > 0 ? { kind: 'vacuous', reasons: all } : { kind: 'holds' }
  }

  /** What is violated, what stopped the check, or why what holds says nothing. */
  *#checkTemporal(): Generator<undefined, Violated | Incomplete | SpecError | Pick<Vacuous, 'reasons'>> {
    const [system, store, levels] = [this.#system, this.#store, this.#levels]
    if (this.#temporal.length === 0) return { reasons: [] }
    if (store instanceof LossyStore) return this.#incomplete('temporal')
    const check = checkTemporal({ system, store, levels }, this.#temporal)
    try {
      for (;;) {
        const { done, value } = check.next()
        if (done) return value.violated ?? value
        yield
        system.activate()
        this.#watch()
        const stopped = this.#memory.flags[STOPPED] as Stop
        if (stopped !== STOP.not) return this.#incomplete(bounds[stopped])
      }
    } catch (error) {
      if (!(error instanceof SpecFault)) throw error
      return { kind: 'specError', fault: error.kind, message: error.message, step: undefined, trace: undefined }
    }
  }

  *#verdictOn(found: readonly Finding[]): Generator<undefined, Verdict> {
    const system = this.#system
    const { store, levels, findings } = this.#exactly(found)
    if (this.#representatives === undefined) {
      return yield* verdictOf(findings, system, (targets) => shortestTrace(system, store, levels, targets))
    }
    const real = new Unreduction(system, this.#representatives, store, levels).run(mostUrgent(findings))
    return yield* verdictOf(real.findings, system, (targets) => shortestTrace(system, real.store, real.levels, targets))
  }

  /** What was found, in a store that has all states on the way to it. */
  #exactly(found: readonly Finding[]): RecordedPath {
    const store = this.#store
    if (store instanceof LossyStore) return new PathFinder(this.#system, store, this.#representatives).run(mostUrgent(found))
    return { store, levels: this.#levels, findings: found }
  }

  #incomplete(bound: Incomplete['bound']): Incomplete {
    const { maxStates, maxSeconds, maxBytes } = this.#options
    const { bytes } = this.#store
    const limits = { states: maxStates, seconds: maxSeconds, memory: maxBytes ?? bytes, bitstate: bytes }
    const limit = bound === 'interrupted' || bound === 'temporal' ? 0 : (limits[bound] ?? 0)
    return { kind: 'incomplete', bound, limit }
  }

  /** @param own what the first worker adds to that of the others */
  #coverage(own: Float64Array): Float64Array {
    const coverage = own.slice()
    for (const { coverage: more } of this.#reports) for (const [i, times] of more.entries()) coverage[i] = (coverage[i] ?? 0) + times
    return coverage
  }

  get #reductions(): Reduction[] {
    return [...(this.#representatives === undefined ? [] : ['symmetry' as const]), ...(this.#isReduced ? ['partial-order' as const] : [])]
  }

  #figuresSoFar(): Omit<Figures, 'frontier' | 'depth'> {
    const seconds = (performance.now() - this.#started) / 1000
    return { distinct: this.#distinct, generated: this.#generated, seconds, bytes: this.#store.bytes, workers: this.#crew.size }
  }

  /** The counts of a search that was stopped are those of its whole depths: they do not depend on when in a depth that was. */
  #report(verdict: Verdict): Report {
    const { steps, scenario } = this.#system
    const figures = this.#figuresSoFar()
    const isStopped = verdict.kind === 'incomplete' && verdict.bound !== 'bitstate' && verdict.bound !== 'temporal'
    const counts = isStopped ? { distinct: this.#levels.distinct, generated: this.#generatedBefore } : {}
    const coverage = this.#coverage(isStopped ? this.#coverageBefore : this.#explorer.coverage)
    return {
      scenario,
      verdict,
      ...figures,
      ...counts,
      seen: { distinct: figures.distinct, generated: figures.generated },
      depth: this.#levels.depth,
      depths: this.#levels.sizes,
      store: this.#options.store ?? 'memory',
      ...(this.#store instanceof LossyStore && { omission: this.#store.omission }),
      reductions: this.#reductions,
      frontierMax: this.#levels.largest,
      coverage: Object.fromEntries(steps.map(({ name }, i) => [name, coverage[i] ?? 0])),
      asked: scenario.spec.protections.filter((p) => scenario.spec.asked.has(p)),
      ...(this.#profiler && { profile: this.#profiler.profile(this.#reports.flatMap((r) => r.tally ?? [])) }),
    }
  }
}

/** The names that are in every list. */
function inAll(lists: readonly (readonly string[])[]): readonly string[] {
  return (lists[0] ?? []).filter((name) => lists.every((list) => list.includes(name)))
}
