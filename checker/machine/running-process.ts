/** A process over the words of a state: its program counter, its frames, and what the outcome of a step does to them. */
import { SpecFault } from '../fault.js'
import type { AccessLog } from '../schema/access-log.js'
import type { Place } from '../schema/layout.js'
import type { PackedView } from '../schema/packed-view.js'
import type { FrameLayout, ProcessLayout } from './frames.js'
import type { Call, Return, Sleep, TailCall } from './outcome.js'
import type { Procedure, StepFunction } from './procedure.js'

/** A run of bits at a fixed place in the state. */
export interface Bits {
  readonly word: number
  readonly shift: number
  readonly mask: number
}

interface RunningFrame {
  readonly procedure: Procedure
  readonly me: Record<string, unknown>
  readonly firstPc: number
  readonly pcOf: ReadonlyMap<string, number>
  /** Names of locals; index 0 for no local. */
  readonly into: readonly (string | undefined)[]
  readonly callerPc: Bits | undefined
  readonly callerInto: Bits | undefined
  /** The bits that hold the frame, by word, and what they are when it is fresh. */
  readonly cells: readonly { readonly word: number; readonly mask: number; readonly initial: number }[]
  readonly setArgs: (me: object, args: object) => void
}

/** A step as it runs in one process. */
export interface RunningStep {
  readonly run: StepFunction
  readonly frame: RunningFrame
  readonly label: string
}

export class RunningProcess {
  /** Indexed by pc; nothing at 0, where the process has returned. */
  readonly steps: readonly (RunningStep | undefined)[]
  readonly #w: Int32Array
  readonly #log: AccessLog | undefined
  /** Where its program counter is. */
  readonly pcBits: Bits
  readonly #frames = new Map<Procedure, RunningFrame>()
  readonly #frameAt: readonly (RunningFrame | undefined)[]

  /**
   * @param at where the process starts in the state
   * @param self its id in the domain `Thread`
   * @param log hears of every access to the program counter and the frames
   */
  constructor(layout: ProcessLayout, view: PackedView, at: Place, self: number, path: string, log?: AccessLog) {
    this.#w = view.w
    this.#log = log
    this.pcBits = bits(at, { word: 0, shift: 0 }, layout.pcBits)
    for (const frame of layout.frames.values()) {
      const me = view.record(frame.record, at.word, at.shift, path, { self }) as Record<string, unknown>
      this.#frames.set(frame.procedure, runningFrame(layout, frame, me, at))
    }
    this.#frameAt = layout.sites.map((site) => site && this.#frames.get(site.procedure))
    this.steps = layout.sites.map((site, pc) => {
      const frame = this.#frameAt[pc]
      const run = site?.procedure.steps.get(site.label)
      return site && frame && run && { run, frame, label: site.label }
    })
  }

  /** Where the process is; 0 when it has returned. */
  get pc(): number {
    return this.#read(this.pcBits)
  }

  /** The procedures whose frames are active, outermost first. */
  stack(): Procedure[] {
    const procedures: Procedure[] = []
    let frame = this.#frameAt[this.pc]
    while (frame !== undefined) {
      procedures.unshift(frame.procedure)
      frame = frame.callerPc && this.#frameAt[this.#read(frame.callerPc)]
    }
    return procedures
  }

  /** Puts a process at the first step of its procedure. */
  start(root: Procedure, args: object): void {
    const frame = this.#frameOf(root, 'process')
    this.#enter(frame, args)
    this.#write(this.pcBits, frame.firstPc)
  }

  /** Moves the process on after a step that was not blocked. */
  advance(step: RunningStep, outcome: unknown): void {
    const kind = typeof outcome === 'string' ? 'label' : (outcome as { outcome?: unknown } | undefined)?.outcome
    if (kind === 'label') this.#goto(step, outcome as string)
    else if (kind === 'sleep') this.#goto(step, (outcome as Sleep).then)
    else if (kind === 'call') this.#call(step, outcome as Call)
    else if (kind === 'return') this.#return(step.frame, (outcome as Return).value)
    else if (kind === 'tail') this.#tail(step, outcome as TailCall)
    else throw new SpecFault('label', `the step answered ${String(outcome)}; expected a label, sleep(), call(), ret(), tail() or blocked`)
  }

  #goto(step: RunningStep, label: string): void {
    this.#write(this.pcBits, this.#pcOf(step.frame, label))
  }

  #pcOf(frame: RunningFrame, label: string): number {
    const pc = frame.pcOf.get(label)
    if (pc !== undefined) return pc
    throw new SpecFault('label', `${frame.procedure.name} has no step '${label}'; its steps are ${[...frame.pcOf.keys()].join(', ')}`)
  }

  #localOf(frame: RunningFrame, name: string): number {
    const local = frame.into.indexOf(name)
    if (local > 0) return local
    throw new SpecFault(
      'label',
      `${frame.procedure.name} has no local '${name}'; its locals are ${frame.into.slice(1).join(', ') || 'none'}`,
    )
  }

  #call(step: RunningStep, call: Call): void {
    const caller = step.frame
    const callee = this.#frameOf(call.procedure, caller.procedure.name)
    const pc = this.#pcOf(caller, call.then)
    this.#enter(callee, call.args)
    this.#linkBack(callee, pc, call.into === undefined ? 0 : this.#localOf(caller, call.into))
    this.#write(this.pcBits, callee.firstPc)
  }

  #tail(step: RunningStep, call: TailCall): void {
    const { callerPc, callerInto } = step.frame
    const pc = callerPc === undefined ? 0 : this.#read(callerPc)
    const into = callerInto === undefined ? 0 : this.#read(callerInto)
    const callee = this.#frameOf(call.procedure, step.frame.procedure.name)
    this.#clear(step.frame)
    this.#enter(callee, call.args)
    this.#linkBack(callee, pc, into)
    this.#write(this.pcBits, callee.firstPc)
  }

  #return(frame: RunningFrame, value: unknown): void {
    const pc = frame.callerPc === undefined ? 0 : this.#read(frame.callerPc)
    const into = frame.callerInto === undefined ? 0 : this.#read(frame.callerInto)
    this.#clear(frame)
    this.#write(this.pcBits, pc)
    const caller = this.#frameAt[pc]
    const local = caller?.into[into]
    if (caller !== undefined && local !== undefined) caller.me[local] = value
  }

  #linkBack(callee: RunningFrame, pc: number, into: number): void {
    if (callee.callerPc !== undefined) this.#write(callee.callerPc, pc)
    if (callee.callerInto !== undefined) this.#write(callee.callerInto, into)
  }

  #enter(frame: RunningFrame, args: object): void {
    for (const cell of frame.cells) {
      this.#log?.write(cell.word, 0, cell.mask)
      this.#w[cell.word] = ((this.#w[cell.word] as number) & ~cell.mask) | cell.initial
    }
    frame.setArgs(frame.me, args)
  }

  #clear(frame: RunningFrame): void {
    for (const cell of frame.cells) {
      this.#log?.write(cell.word, 0, cell.mask)
      this.#w[cell.word] = (this.#w[cell.word] as number) & ~cell.mask
    }
  }

  #read({ word, shift, mask }: Bits): number {
    this.#log?.read(word, shift, mask)
    return ((this.#w[word] as number) >>> shift) & mask
  }

  #write({ word, shift, mask }: Bits, value: number): void {
    this.#log?.write(word, shift, mask)
    this.#w[word] = ((this.#w[word] as number) & ~(mask << shift)) | (value << shift)
  }

  #frameOf(procedure: Procedure, caller: string): RunningFrame {
    const frame = this.#frames.get(procedure)
    if (frame !== undefined) return frame
    throw new SpecFault('label', `${caller} calls ${procedure.name}, which its 'calls' does not list`)
  }
}

function runningFrame(layout: ProcessLayout, frame: FrameLayout, me: Record<string, unknown>, at: Place): RunningFrame {
  const { procedure, caller } = frame
  const sites = layout.sites.flatMap((s) => (s?.procedure === procedure ? [s] : []))
  const callerPc = caller && bits(at, caller.pc, layout.pcBits)
  const callerInto = caller && bits(at, caller.into, caller.intoBits)
  const own = frame.record.members.map((m) => {
    const width = 'bits' in m.node.extent ? m.node.extent.bits : 32
    const initial = m.node.kind === 'scalar' ? m.node.codec.initial : 0
    return { ...bits(at, m.place, width), initial }
  })
  const hidden = [callerPc, callerInto].flatMap((b) => (b ? [{ ...b, initial: 0 }] : []))
  const assignments = Object.keys(procedure.args).map((name) => `me.${name} = args.${name};`)
  return {
    procedure,
    me,
    firstPc: sites[0]?.pc ?? 0,
    pcOf: new Map(sites.map((s) => [s.label, s.pc])),
    into: [undefined, ...Object.keys(procedure.locals)],
    callerPc,
    callerInto,
    cells: mergeByWord([...hidden, ...own]),
    setArgs: new Function('me', 'args', assignments.join(' ')) as RunningFrame['setArgs'],
  }
}

function mergeByWord(parts: readonly (Bits & { readonly initial: number })[]): RunningFrame['cells'] {
  const cells = new Map<number, { word: number; mask: number; initial: number }>()
  for (const { word, shift, mask, initial } of parts) {
    const cell = cells.get(word) ?? { word, mask: 0, initial: 0 }
    cells.set(word, { word, mask: cell.mask | (mask << shift), initial: cell.initial | (initial << shift) })
  }
  return [...cells.values()]
}

function bits(base: Place, place: Place, width: number): Bits {
  return { word: base.word + place.word, shift: base.shift + place.shift, mask: 2 ** width - 1 }
}
