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
import { noWork, type Work } from '../store/work.js'
import { shortestTrace } from '../trace/shortest.js'
import type { Incomplete, SpecError, Vacuous, Verdict, Violated } from '../verdict.js'
import { expandDepth, prepareToGrow, reasons, turnDepth, type Worker } from './depth.js'
import { Explorer } from './explorer.js'
import { type Finding, mostUrgent, verdictOf } from './findings.js'
import { isForOne } from './lossy.js'
import type { Elsewhere, Ended, Host, Outside, Place, Searching } from './place.js'
import { placeFor } from './place-for.js'
import { ProfilingExplorer } from './profile.js'
import type { ExploreOptions, Figures, Reduction, Report } from './report.js'
import { FOUND, SPILL, STOP, STOPPED, type Stop, stop } from './shared.js'
import { vacuity } from './vacuity.js'
import { type WorkerReport, WorkerThreads } from './worker-threads.js'

/** When it has found so many, it calls for the other workers: a shorter one would be over before they are there. */
const CALLED = 1 << 12

const bounds = { [STOP.states]: 'states', [STOP.seconds]: 'seconds', [STOP.memory]: 'memory', [STOP.interrupted]: 'interrupted' } as const

export class Search {
  readonly #system: System
  readonly #options: ExploreOptions
  readonly #place: Place
  readonly #explorer: Explorer
  readonly #profiler: ProfilingExplorer | undefined
  readonly #started = performance.now()
  readonly #representatives: Representatives | undefined
  readonly #temporal: readonly Endless[]
  /** By partial order. */
  readonly #isReduced: boolean
  #outside: Outside | undefined
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
    const symmetry = options.reduction === 'symmetry' ? symmetryOf(system) : undefined
    this.#representatives = symmetry && new Representatives(system, symmetry)
    this.#place = placeFor(system, options, this.#representatives)
    const { store, memory } = this.#place
    const parts = { grow: () => this.#grow(), representatives: this.#representatives, ample }
    this.#profiler = options.profile === true ? new ProfilingExplorer(system, store, memory.watched, parts) : undefined
    this.#explorer = this.#profiler ?? new Explorer(system, store, memory.watched, parts)
  }

  /** Yields often, so that whoever drives it can do other things in between; and what it has to wait for. */
  *run(): Searching<Report> {
    try {
      let goesOn = (yield* this.#begin()) || (yield* this.#turn())
      while (goesOn) {
        yield* this.#meanwhile()
        for (const _ of expandDepth(this.#worker())) {
          yield
          this.#system.activate()
          this.#watch()
        }
        goesOn = yield* this.#turn()
      }
      this.#reports = this.#threads?.reports() ?? []
      const verdict = yield* this.#verdict()
      this.#outside = yield* this.#place.end()
      return this.#report(verdict)
    } catch (error) {
      yield* this.#place.quit()
      throw error
    } finally {
      this.#threads?.dismiss()
    }
  }

  /** Answers whether this search goes on from another. */
  *#begin(): Searching<boolean> {
    const place = this.#place
    const isResumed = yield* place.begin(this.#host)
    this.#system.activate()
    if (isResumed) {
      place.frontier.turn(true)
      this.#generatedBefore = this.#generated
      this.#coverageBefore = this.#explorer.coverage
      return true
    }
    const { memory } = place
    this.#initial = this.#explorer.start()
    place.frontier.add(place.store.takeRanges())
    if (memory.published !== undefined) this.#explorer.publish(memory.published, 0)
    if (this.#explorer.findings.any) Atomics.store(memory.flags, FOUND, 1)
    return false
  }

  *#meanwhile(): Searching<void> {
    for (const awaited of this.#place.meanwhile(this.#host)) {
      yield awaited
      this.#watch()
    }
    this.#system.activate()
  }

  #worker(): Worker {
    const { frontier, memory } = this.#place
    const makeRoom = (): boolean => this.#crew === alone && this.#place.makeRoom()
    return { explorer: this.#explorer, frontier, crew: this.#crew, memory, makeRoom }
  }

  /** Goes on to the next depth, or with the one at hand; false when the search has come to its end. */
  *#turn(): Searching<boolean> {
    const place = this.#place
    const why = reasons(place.memory)
    const turned = yield* place.turn(this.#ended(why))
    // Before the depth is turned: other threads go on at once, and count.
    const generated = this.#generated
    this.#system.activate()
    const { isStopped, isFound, isLast } = turnDepth({ frontier: place.frontier, crew: this.#crew, memory: place.memory }, why)
    if (turned === 'beyond') stop(place.memory, STOP.states)
    if (turned === 'whole' && (isFound || !isStopped)) place.note()
    if (turned === 'whole' && !isStopped) {
      this.#generatedBefore = generated
      this.#coverageBefore = this.#explorer.coverage
    }
    if (isStopped || isFound || isLast) return false
    place.learn(() => this.#explorer.changes)
    this.#callWorkers()
    return true
  }

  get #host(): Host {
    return { grow: () => this.#grow(), look: (id) => this.#explorer.look(id) }
  }

  #ended(why: Pick<Ended, 'isFound' | 'isStopped'>): Ended {
    const { maxStates } = this.#options
    return {
      ...why,
      ...this.#host,
      own: () => this.#own(),
      findings: () => this.#explorer.findings.list,
      areTooMany: (distinct) => maxStates !== undefined && distinct > maxStates,
    }
  }

  /** What all workers have published. */
  #own(): Work {
    const { spec } = this.#system.scenario
    const { coverage, settled } = this.#place.memory.published ?? { coverage: [], settled: [] }
    const steps = this.#system.steps.length
    const sum = Array<number>(steps).fill(0)
    coverage.forEach((times, i) => {
      sum[i % steps] = (sum[i % steps] ?? 0) + times
    })
    const shown = this.#explorer.properties.waiting.map(({ name }) => name).filter((_, i) => settled[i] === 1)
    return { generated: this.#generatedHere, coverage: sum, settled: shown, asked: spec.protections.filter((p) => spec.asked.has(p)) }
  }

  /** At once, where no others need be waited for. */
  #grow(): void {
    const { flags } = this.#place.memory
    if (this.#crew !== alone || flags[STOPPED] !== STOP.not) return
    prepareToGrow(this.#worker())
    if (flags[STOPPED] === STOP.not && flags[SPILL] === 0) this.#place.store.grow()
  }

  /** Between two depths: calls for the other workers, or lets them join. */
  #callWorkers(): void {
    const { workers, store = 'memory' } = this.#options
    if (workers === undefined || workers.count < 2 || isForOne(store) || this.#distinct < CALLED) return
    if (this.#temporal.length > 0) return
    const { shared, frontier, memory } = this.#place
    const called = { ...workers, symmetry: this.#representatives !== undefined, profile: this.#profiler !== undefined }
    this.#threads ??= new WorkerThreads(called, memory.flags)
    if (!this.#threads.areWaiting || shared === undefined) return
    this.#crew = this.#threads.join(shared, frontier, memory) ?? alone
  }

  /** Looks at the bounds, and tells how far the search has come. */
  #watch(): void {
    const { maxSeconds, signal, onProgress } = this.#options
    const now = performance.now()
    this.#watchStates()
    if (maxSeconds !== undefined && now - this.#started > maxSeconds * 1000) stop(this.#place.memory, STOP.seconds)
    if (signal?.aborted) stop(this.#place.memory, STOP.interrupted)
    if (onProgress === undefined || now - this.#lastProgress < 1000) return
    this.#lastProgress = now
    const frontier = this.#place.levels.sizes.at(-1) ?? 0
    onProgress({
      ...this.#figuresSoFar(),
      depth: this.#place.levels.depth + (this.#distinct > this.#place.levels.distinct ? 1 : 0),
      frontier,
    })
    this.#system.activate()
  }

  /** Also at the end of each depth, so that the number of workers does not decide whether that depth was whole. */
  #watchStates(): void {
    const { maxStates } = this.#options
    if (maxStates !== undefined && this.#place.atLeast(this.#added) > maxStates) stop(this.#place.memory, STOP.states)
  }

  get #distinct(): number {
    return this.#place.distinct(this.#added)
  }

  /** What all workers have added to the store. */
  get #added(): number {
    return this.#sum(0) + this.#place.store.added
  }

  get #generated(): number {
    return this.#generatedHere + this.#elsewhere.generated
  }

  get #generatedHere(): number {
    return this.#sum(1) + this.#explorer.generated + this.#initial
  }

  get #elsewhere(): Elsewhere {
    return this.#place.elsewhere ?? { ...noWork, findings: [] }
  }

  /** Over the other workers. */
  #sum(which: 0 | 1): number {
    const { figures } = this.#place.memory
    let sum = 0
    for (let i = 2 + which; i < figures.length; i += 2) sum += figures[i] as number
    return sum
  }

  *#verdict(): Searching<Verdict> {
    const found: Finding[] = [...this.#elsewhere.findings, ...this.#explorer.findings.list, ...this.#reports.flatMap((r) => r.findings)]
    if (found.length > 0) return yield* this.#verdictOn(found)
    const stopped = this.#place.memory.flags[STOPPED] as Stop
    if (stopped !== STOP.not) return this.#incomplete(bounds[stopped])
    if (this.#options.store === 'bitstate') return this.#incomplete('bitstate')
    const temporal = yield* this.#checkTemporal()
    if ('kind' in temporal) return temporal
    const open = [this.#explorer.properties, ...this.#reports]
    const { settled } = this.#elsewhere
    const unsettled = (names: readonly string[]): readonly string[] => names.filter((name) => !settled.includes(name))
    const why = vacuity(this.#system, this.#coverage(this.#explorer.coverage), {
      notFound: unsettled(inAll(open.map((o) => o.notFound))),
      neverViolated: unsettled(inAll(open.map((o) => o.neverViolated))),
    })
    const all = [...why, ...temporal.reasons]
    return all.length > 0 ? { kind: 'vacuous', reasons: all } : { kind: 'holds' }
  }

  /** What is violated, what stopped the check, or why what holds says nothing. */
  *#checkTemporal(): Generator<undefined, Violated | Incomplete | SpecError | Pick<Vacuous, 'reasons'>> {
    const [system, store, levels] = [this.#system, this.#place.whole, this.#place.levels]
    if (this.#temporal.length === 0) return { reasons: [] }
    if (store === undefined) return this.#incomplete('temporal')
    const check = checkTemporal({ system, store, levels }, this.#temporal)
    try {
      for (;;) {
        const { done, value } = check.next()
        if (done) return value.violated ?? value
        yield
        system.activate()
        this.#watch()
        const stopped = this.#place.memory.flags[STOPPED] as Stop
        if (stopped !== STOP.not) return this.#incomplete(bounds[stopped])
      }
    } catch (error) {
      if (!(error instanceof SpecFault)) throw error
      return { kind: 'specError', fault: error.kind, message: error.message, step: undefined, trace: undefined }
    }
  }

  *#verdictOn(found: readonly Finding[]): Searching<Verdict> {
    const system = this.#system
    const { store, levels, findings } = yield* this.#place.pathTo(found)
    system.activate()
    if (this.#representatives === undefined) {
      return yield* verdictOf(findings, system, (targets) => shortestTrace(system, store, levels, targets))
    }
    const real = new Unreduction(system, this.#representatives, store, levels).run(mostUrgent(findings))
    return yield* verdictOf(real.findings, system, (targets) => shortestTrace(system, real.store, real.levels, targets))
  }

  #incomplete(bound: Incomplete['bound']): Incomplete {
    const { maxStates, maxSeconds, maxBytes } = this.#options
    const { bytes } = this.#place.store
    const limits = { states: maxStates, seconds: maxSeconds, memory: maxBytes ?? bytes, bitstate: bytes }
    const limit = bound === 'interrupted' || bound === 'temporal' ? 0 : (limits[bound] ?? 0)
    return { kind: 'incomplete', bound, limit }
  }

  /** @param own what the first worker adds to that of the others */
  #coverage(own: Float64Array): Float64Array {
    const coverage = own.slice()
    for (const more of [this.#elsewhere.coverage, ...this.#reports.map((r) => r.coverage)])
      for (const [i, times] of more.entries()) coverage[i] = (coverage[i] ?? 0) + times
    return coverage
  }

  get #reductions(): Reduction[] {
    return [...(this.#representatives === undefined ? [] : ['symmetry' as const]), ...(this.#isReduced ? ['partial-order' as const] : [])]
  }

  #figuresSoFar(): Omit<Figures, 'frontier' | 'depth'> {
    const seconds = (performance.now() - this.#started) / 1000
    return { distinct: this.#distinct, generated: this.#generated, seconds, bytes: this.#place.store.bytes, workers: this.#crew.size }
  }

  /** The counts of a search that was stopped are those of its whole depths: they do not depend on when in a depth that was. */
  #report(verdict: Verdict): Report {
    const { steps, scenario } = this.#system
    const { asked } = this.#elsewhere
    const figures = this.#figuresSoFar()
    const isStopped = verdict.kind === 'incomplete' && verdict.bound !== 'bitstate' && verdict.bound !== 'temporal'
    const counts = isStopped ? { distinct: this.#place.levels.distinct, generated: this.#generatedBefore } : {}
    const coverage = this.#coverage(isStopped ? this.#coverageBefore : this.#explorer.coverage)
    return {
      scenario,
      verdict,
      ...figures,
      ...counts,
      seen: { distinct: figures.distinct, generated: figures.generated },
      depth: this.#place.levels.depth,
      depths: this.#place.levels.sizes,
      store: this.#options.store ?? 'memory',
      ...(this.#place.omission && { omission: this.#place.omission }),
      ...(this.#outside && { outside: this.#outside }),
      reductions: this.#reductions,
      frontierMax: this.#place.levels.largest,
      coverage: Object.fromEntries(steps.map(({ name }, i) => [name, coverage[i] ?? 0])),
      asked: scenario.spec.protections.filter((p) => scenario.spec.asked.has(p) || asked.includes(p)),
      ...(this.#profiler && { profile: this.#profiler.profile(this.#reports.flatMap((r) => r.tally ?? [])) }),
    }
  }
}

/** The names that are in every list. */
function inAll(lists: readonly (readonly string[])[]): readonly string[] {
  return (lists[0] ?? []).filter((name) => lists.every((list) => list.includes(name)))
}
