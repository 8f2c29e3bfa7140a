/** How long the steps of a spec take: their own code, run as it stands, in a sample of states. */
import { System } from '../machine/system.js'

/** Rounds over the sample. The shortest time counts: V8 compiles what runs often, and whatever else the machine does only adds to a time. */
const ROUNDS = 8
/** A unit is run so many times between two looks at the clock. */
const TIMES = 8
/** Ends in any case after about so long. */
const MOST_MS = 2000

const nobody = { successor() {}, failure() {} }

/** Milliseconds, by step of the system; also for looking whether a step is enabled. They say something in proportion to each other only. */
export function stepTimes({ scenario }: System, states: readonly Int32Array[]): Float64Array {
  const system = new System(scenario)
  const shortest = new Float64Array(states.length * system.units).fill(Number.POSITIVE_INFINITY)
  const start = performance.now()
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, state] of states.entries()) {
      if (performance.now() - start > MOST_MS) break
      timeUnits(system, state, shortest.subarray(i * system.units, (i + 1) * system.units))
    }
  }
  return sumByStep(system, states, shortest)
}

function timeUnits(system: System, state: Int32Array, shortest: Float64Array): void {
  show(system, state)
  for (let unit = 0; unit < system.units; unit++) {
    const start = performance.now()
    for (let i = 0; i < TIMES; i++) system.expandUnit(unit, nobody)
    shortest[unit] = Math.min(shortest[unit] as number, performance.now() - start)
  }
}

/** States that there was no time for are left out. */
function sumByStep(system: System, states: readonly Int32Array[], shortest: Float64Array): Float64Array {
  const times = new Float64Array(system.steps.length)
  for (const [i, state] of states.entries()) {
    show(system, state)
    for (let unit = 0; unit < system.units; unit++) {
      const [step, time] = [stepOf(system, unit), shortest[i * system.units + unit] as number]
      if (step >= 0 && time < Number.POSITIVE_INFINITY) times[step] = (times[step] as number) + time
    }
  }
  return times
}

function show(system: System, state: Int32Array): void {
  system.activate()
  system.current.set(state)
  system.restore()
}

/** The step that a unit tries in the state at hand; -1 for a process that has returned. */
function stepOf(system: System, unit: number): number {
  const process = unit - system.actions.length
  return system.actions[unit]?.step ?? system.stepAt(process, system.processes[process]?.pc ?? 0)
}
