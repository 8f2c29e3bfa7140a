/**
 * Negative controls: a recording is damaged in thousands of ways, and each damaged one is held against the spec again. One that is accepted all the
 * same is sorted by the reason why.
 */
import { Automaton, Follower } from '../../checker/index.js'
import type { RecordedSpec } from '../../specs/index.js'
import type { RecordedEvent } from '../recording/recording.js'

/** What is done to one event of one slot. */
export const damages = {
  dropped: 'an event is taken out',
  doubled: 'an event is there twice',
  swapped: 'an event and the next one of the slot change places',
  value: 'one bit of what was stored is another',
  thread: 'another thread did it',
} as const

export type Damage = keyof typeof damages

/** Why a damaged recording is a behaviour, too. */
export const reasons = {
  end: 'the recording ends before anything contradicts it',
  idle: 'the event changes nothing of the slot, so that it may be missing, or come again',
  order: 'the two are independent: after both of them all is as before',
  anybody: 'any thread may do it there',
  path: 'another path through the functions of the kernel, after which all is as before',
} as const

export type Reason = keyof typeof reasons

export interface Control {
  readonly damage: Damage
  readonly tried: number
  readonly rejected: number
  readonly accepted: Readonly<Record<Reason, number>>
}

/** What it means that all is as before right behind the damage. */
const atOnce: Readonly<Record<Damage, Reason>> = { dropped: 'idle', doubled: 'idle', swapped: 'order', value: 'path', thread: 'anybody' }

interface Step {
  readonly label: string
  readonly pid: number
  /** Of a store, for what another value would look like. */
  readonly event: RecordedEvent
}

/**
 * @param events a recording that the spec accepts
 * @param options.each how many damages of each kind
 */
export function controlsOf(
  spec: RecordedSpec,
  events: Iterable<RecordedEvent>,
  options: { readonly each: number; readonly seed: number },
): Control[] {
  const slots = slotsOf(spec, events)
  const runs = new DamagedRuns(spec)
  const draw = drawFrom(options.seed)
  return (Object.keys(damages) as Damage[]).map((damage) => {
    const accepted: Record<Reason, number> = { end: 0, idle: 0, order: 0, anybody: 0, path: 0 }
    let [tried, rejected] = [0, 0]
    for (let attempt = 0; tried < options.each && attempt < 20 * options.each; attempt++) {
      const steps = slots[draw(slots.length)] ?? []
      const at = draw(steps.length)
      const damaged = damagedSteps(spec, steps, at, damage, draw)
      if (damaged === undefined) continue
      tried++
      const reason = runs.reasonOf(steps, damaged, at, damage)
      if (reason === undefined) rejected++
      else accepted[reason]++
    }
    return { damage, tried, rejected, accepted }
  })
}

/** Follows damaged runs of one slot. */
class DamagedRuns {
  readonly #automaton: Automaton

  constructor(spec: RecordedSpec) {
    this.#automaton = new Automaton(spec.observer)
  }

  /** Why the damaged steps are accepted; undefined: they are not. */
  reasonOf(steps: readonly Step[], damaged: readonly Step[], at: number, damage: Damage): Reason | undefined {
    const sets = this.#sets(damaged)
    if (sets === undefined) return undefined
    const whole = this.#sets(steps) ?? []
    const shift = damaged.length - steps.length
    const isAsBefore = (step: number): boolean => whole[step] === sets[step + shift]
    const behind = damage === 'swapped' ? at + 2 : at + 1
    if (isAsBefore(behind)) return atOnce[damage]
    return whole.some((_, step) => step > behind && isAsBefore(step)) ? 'path' : 'end'
  }

  /** The set of states before each step, and at the end; undefined where a step is rejected. */
  #sets(steps: readonly Step[]): number[] | undefined {
    const follower = new Follower(this.#automaton)
    const sets = [follower.set]
    for (const { label, pid } of steps) {
      if (!follower.see(this.#automaton.labelId(label), pid)) return undefined
      sets.push(follower.set)
    }
    return sets
  }
}

/** The steps of each slot, in order of the slots. */
function slotsOf(spec: RecordedSpec, events: Iterable<RecordedEvent>): Step[][] {
  const slots = new Map<string, Step[]>()
  for (const event of events) {
    const label = spec.labelOf(event)
    const { type, offset, pid } = event
    if (label === undefined || type === undefined) continue
    if (event.event === 'device') {
      for (const [key, steps] of slots) if (event.fresh && key.startsWith(`${type} `)) steps.push({ label, pid, event })
    } else if (offset !== undefined) {
      const key = `${type} ${offset}`
      const steps = slots.get(key) ?? []
      slots.set(key, steps)
      steps.push({ label, pid, event })
    }
  }
  return [...slots.values()]
}

/** Undefined where the damage would be none. */
function damagedSteps(
  spec: RecordedSpec,
  steps: readonly Step[],
  at: number,
  damage: Damage,
  draw: (n: number) => number,
): Step[] | undefined {
  const [step, next] = [steps[at], steps[at + 1]]
  if (step === undefined || step.event.event === 'device') return undefined
  const replaced = (...by: Step[]): Step[] => steps.toSpliced(at, 1, ...by)
  switch (damage) {
    case 'dropped':
      return replaced()
    case 'doubled':
      return replaced(step, step)
    case 'thread':
      return replaced({ ...step, pid: step.pid + 1_000_000 })
    case 'swapped':
      return next === undefined || (next.label === step.label && next.pid === step.pid) ? undefined : steps.toSpliced(at, 2, next, step)
    case 'value': {
      if (step.event.event !== 'store' && step.event.event !== 'continued') return undefined
      const label = spec.labelOf({ ...step.event, new: (step.event.new ?? 0) ^ (1 << draw(8)) })
      return label === undefined ? undefined : replaced({ ...step, label })
    }
  }
}

/** Whole numbers below n, from a seed (xorshift32). */
function drawFrom(seed: number): (n: number) => number {
  let state = seed | 0 || 1
  return (n) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % Math.max(1, n)
  }
}
