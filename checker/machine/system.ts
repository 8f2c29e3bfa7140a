/**
 * A scenario as one transition system over packed states: its initial states, and the successors of any state. Nothing here knows which
 * states have been seen.
 */
import { SpecFault } from '../fault.js'
import type { AccessLog } from '../schema/access-log.js'
import { writeInitial } from '../schema/initial-words.js'
import { PackedView } from '../schema/packed-view.js'
import { type ActionInstance, actionInstances } from './action-instance.js'
import { Choices, type Running, setRunning } from './choice.js'
import { type Configuration, configure } from './configuration.js'
import { blocked } from './outcome.js'
import { RunningProcess } from './running-process.js'
import type { Scenario } from './scenario.js'

/** One step of one kind of process, or one action: what coverage counts. */
export interface StepInfo {
  /** `fault/do_swap_page.lookup`, or the action's name. */
  readonly name: string
  /** `do_swap_page.lookup`, or the action's name. */
  readonly step: string
}

/** Receives what a state's expansion finds. During a call the system's view shows the successor. */
export interface Sink {
  /**
   * @param step index into `System.steps`
   * @param actor index of the process, or of the action's instance
   */
  successor(step: number, actor: number): void
  /** A step threw: an assertion failed, or the spec is at fault. The view shows what it had done until then. */
  failure(error: unknown, step: number, actor: number): void
}

/** Hears what each run of a step reads and writes. */
export interface RunLog extends AccessLog {
  /** The run has ended, and what it wrote was undone. */
  undone(): void
}

export class System implements Running {
  readonly scenario: Scenario
  readonly configuration: Configuration
  /** How many 32-bit words a state takes. */
  readonly words: number
  /** The words that the view reads and steps write: the successor, during a call to the sink. */
  readonly w: Int32Array
  /** The state being expanded. */
  readonly current: Int32Array
  /** `current`, then `w`. */
  readonly both: Int32Array
  /** What the author of the spec sees. */
  readonly s: object
  readonly view: PackedView
  readonly steps: readonly StepInfo[]
  readonly processes: readonly RunningProcess[]
  readonly actions: readonly ActionInstance[]
  readonly choices = new Choices()
  readonly sizeOf: Configuration['sizeOf']
  /** Did the step that was run last begin with a sleep? */
  slept = false
  /** For each process, the index in `steps` of the step at each pc. */
  readonly #stepAt: readonly (readonly number[])[]
  readonly #absent: readonly string[]
  readonly #first: Int32Array
  readonly #log: RunLog | undefined
  #isAudited = false

  /**
   * @param log makes this a system whose steps are recorded, slowly
   * @throws SpecFault where the spec or the scenario makes no sense
   */
  constructor(scenario: Scenario, log?: RunLog) {
    this.scenario = scenario
    this.#log = log
    this.configuration = configure(scenario)
    const { words, sizeOf, state } = this.configuration
    this.words = words
    this.sizeOf = sizeOf
    this.both = new Int32Array(new ArrayBuffer(8 * words))
    this.current = this.both.subarray(0, words)
    this.w = this.both.subarray(words)
    this.#first = new Int32Array(words)
    this.view = new PackedView(this.w, log)
    this.s = this.view.record(state, 0, 0, '')
    this.processes = this.configuration.processes.map((p, i) => new RunningProcess(p.layout, this.view, p.place, i + 1, p.name, log))
    this.actions = actionInstances(scenario.spec.actions, sizeOf)
    const { steps, stepAt } = nameSteps(this.configuration, scenario)
    this.steps = steps
    this.#stepAt = stepAt
    this.#absent = scenario.without ?? []
  }

  /** Makes this the system that `choose` and `guard` answer for. Every entry calls it, so that systems can take turns. */
  activate(): void {
    setRunning(this)
    const { absent } = this.scenario.spec
    absent.clear()
    for (const name of this.#absent) absent.add(name)
  }

  /** The same while another system is in the middle of something; that goes on after a call to what it answers. */
  interrupt(): () => void {
    const { absent } = this.scenario.spec
    const kept = [...absent]
    const interrupted = setRunning(this)
    this.activate()
    return () => {
      setRunning(interrupted)
      absent.clear()
      for (const name of kept) absent.add(name)
    }
  }

  /**
   * Calls `found` for each initial state, duplicates included.
   *
   * @throws SpecFault where an `init` threw or left a range
   */
  initial(found: () => void): void {
    this.activate()
    this.choices.reset()
    do {
      this.current.fill(0)
      writeInitial(this.configuration.state, this.current, 0, 0)
      this.restore()
      this.configuration.processes.forEach(({ process }, i) => {
        this.processes[i]?.start(process.procedure, process.args)
      })
      this.view.load()
      this.#init()
      this.commit()
      this.choices.close()
      found()
    } while (this.choices.next())
  }

  /** Shows the state in `current` through the view. */
  restore(): void {
    this.w.set(this.current)
    this.view.load()
  }

  /**
   * Calls the sink for each successor of the state in `current`: actions in order of declaration, then processes.
   *
   * @param isAudited runs each step twice, and fails one that is not a function of the state
   */
  expand(sink: Sink, isAudited = false): void {
    this.activate()
    this.restore()
    this.#isAudited = isAudited
    for (let unit = 0; unit < this.units; unit++) this.expandUnit(unit, sink)
    this.#isAudited = false
  }

  /** How many things can move: the instances of the actions, then the processes. */
  get units(): number {
    return this.actions.length + this.processes.length
  }

  /** Calls the sink for what one unit can do in the state that the view shows, which must be `current`. */
  expandUnit(unit: number, sink: Sink): void {
    if (unit < this.actions.length) this.#act(unit, sink)
    else this.#step(unit - this.actions.length, sink)
  }

  /** May everything stop in the state that the view shows? What `SpecParts.final` says, or that every process has returned. */
  get isFinal(): boolean {
    const { scenario, processes, s } = this
    return scenario.spec.final?.(s) ?? (processes.length > 0 && processes.every((p) => p.pc === 0))
  }

  /** The index in `steps` of a process's step at a pc; -1 for none. */
  stepAt(process: number, pc: number): number {
    return this.#stepAt[process]?.[pc] ?? -1
  }

  /** Packs what a step wrote to scalar arrays. */
  commit(): void {
    const { arrays } = this.view
    for (let i = 0; i < arrays.length; i++) (arrays[i] as (typeof arrays)[number]).commit()
  }

  #init(): void {
    try {
      this.scenario.spec.init(this.s)
      this.scenario.init?.(this.s)
    } catch (error) {
      if (error instanceof SpecFault) throw error
      throw new SpecFault('threw', `init: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  #act(index: number, sink: Sink): void {
    const instance = this.actions[index] as ActionInstance
    const { choices } = this
    choices.reset()
    do {
      let enabled = false
      try {
        enabled = this.#attemptAction(instance)
      } catch (error) {
        this.#commitUnfinished()
        sink.failure(error, instance.step, index)
        this.#undo()
      }
      if (!enabled) continue
      choices.close()
      sink.successor(instance.step, index)
      this.#undo()
    } while (choices.next())
  }

  #attemptAction(instance: ActionInstance): boolean {
    const enabled = this.#runAction(instance)
    if (this.#isAudited) {
      if (!enabled && this.#hasWritten()) throw impureGuard()
      this.#audit(enabled, () => this.#runAction(instance))
    }
    return enabled
  }

  #runAction({ action, args }: ActionInstance): boolean {
    if (!action.guard(this.s, args)) return false
    this.slept = false
    action.effect(this.s, args)
    this.commit()
    return true
  }

  #step(index: number, sink: Sink): void {
    const process = this.processes[index] as RunningProcess
    const pc = process.pc
    if (pc === 0) return
    const step = this.stepAt(index, pc)
    const { choices } = this
    choices.reset()
    do {
      let enabled = false
      try {
        enabled = this.#attemptStep(process, pc)
      } catch (error) {
        this.#commitUnfinished()
        sink.failure(error, step, index)
      }
      choices.close()
      if (enabled) sink.successor(step, index)
      this.#undo()
    } while (choices.next())
  }

  #attemptStep(process: RunningProcess, pc: number): boolean {
    const enabled = this.#runStep(process, pc)
    if (this.#isAudited) this.#audit(enabled, () => this.#runStep(process, pc))
    return enabled
  }

  #runStep(process: RunningProcess, pc: number): boolean {
    const step = process.steps[pc]
    if (step === undefined) throw new Error(`no step at pc ${pc}`)
    const outcome = step.run(this.s, step.frame.me)
    if (outcome === blocked) return false
    this.slept = (outcome as { outcome?: unknown } | undefined)?.outcome === 'sleep'
    process.advance(step, outcome)
    this.commit()
    return true
  }

  /** Packs what a step had done until it threw, save what is out of range. */
  #commitUnfinished(): void {
    try {
      this.commit()
    } catch (error) {
      if (!(error instanceof SpecFault)) throw error
    }
  }

  #undo(): void {
    const { w, current } = this
    for (let i = 0; i < w.length; i++) w[i] = current[i] as number
    // From the words, as the sink may have loaded the successor.
    this.view.load()
    this.#log?.undone()
  }

  /** Runs a step again from the same state with the same choices: it must do the same. */
  #audit(enabled: boolean, again: () => boolean): void {
    this.#first.set(this.w)
    this.#undo()
    this.choices.rewind()
    if (again() !== enabled) throw impure(`was ${enabled ? 'not enabled' : 'enabled'}`)
    if (enabled && this.#first.some((word, i) => word !== this.w[i])) throw impure('wrote something else')
  }

  #hasWritten(): boolean {
    this.commit()
    return this.w.some((word, i) => word !== this.current[i])
  }
}

export const PURITY = 'a step may depend on nothing but the state (no clock, no randomness, no variable that outlives it)'

function impure(what: string): SpecFault {
  return new SpecFault('impure', `run a second time from the same state, the step ${what}; ${PURITY}`)
}

function impureGuard(): SpecFault {
  return new SpecFault('impure', 'the guard wrote to the state and then answered false; only the effect may write')
}

function nameSteps(configuration: Configuration, scenario: Scenario): { steps: StepInfo[]; stepAt: number[][] } {
  const steps: StepInfo[] = scenario.spec.actions.map(({ name }) => ({ name, step: name }))
  const indexOf = new Map<string, number>()
  const stepAt = configuration.processes.map(({ process, layout }) =>
    layout.sites.map((site) => {
      if (site === undefined) return -1
      const step = `${site.procedure.name}.${site.label}`
      const name = `${process.name}/${step}`
      const index = indexOf.get(name) ?? steps.push({ name, step }) - 1
      indexOf.set(name, index)
      return index
    }),
  )
  return { steps, stepAt }
}
