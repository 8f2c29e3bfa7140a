/** Every pair of processes, and each protection with and without. */
import { ret, rewrite, type Scenario, type StepFunction, scenario, type Temporal } from '../../checker/index.js'
import { ofProcesses } from '../kernel/of-processes.js'
import { starvingOfFolios } from '../kernel/starving.js'
import { fscache_evict } from './fscache-evict.js'
import { fault, objectSwap, swapoff, swappedOut, withoutMemory } from './object-swap.js'
import type { Pair } from './pair.js'
import { pairs } from './pairs.js'
import { FaultCompletes, InvalidationEnds, SwapoffTerminates } from './properties.js'
import { protectionPairs } from './protection-pairs.js'
import type { State } from './state.js'

/** What must end, by process. */
const terminating = {
  fault: FaultCompletes,
  swapoff: SwapoffTerminates,
  restore_volume: InvalidationEnds,
}

function has(pair: Pair, process: string): boolean {
  return pair.run.some((p) => p.name === process)
}

/** What a scenario says with and without a protection. */
function configured({ title, run, init, bounds = {} }: Pair) {
  return { title, run, init, bounds }
}

function terminationOf(pair: Pair): readonly Temporal<State>[] {
  if (has(pair, 'power')) return []
  return ofProcesses(pair.run, terminating)
}

function holding(name: string, pair: Pair): Scenario {
  const [distinct, generated, depth] = pair.counts
  const properties = terminationOf(pair)
  const expect = { verdict: 'holds', distinct, generated, depth } as const
  const { unreachable } = pair
  return scenario(objectSwap, { ...configured(pair), name, properties, unreachable, expect })
}

/** Once power is lost, the threads that there were do nothing more. */
function untilPowerLoss(pair: Pair): Pair {
  if (!has(pair, 'power')) return pair
  const { title, run } = pair
  const powered = scenario(objectSwap, { name: 'power', title, run, expect: { verdict: 'holds', distinct: 0, generated: 0, depth: 0 } })
  const stopped = rewrite(powered, ({ process, procedure, run }) => (process === 'power' ? run : stopping(run, procedure.name)))
  return { ...pair, run: stopped.run ?? [] }
}

/** What it answers, its caller, which does nothing more either, does not look at. */
function stopping(run: StepFunction, of: string): StepFunction {
  const answer = of === fscache_evict.name ? false : 0
  return (s, me) => ((s as State).power_lost ? ret(answer) : run(s, me))
}

const powered = new Map(Object.entries<Pair>(pairs).map(([name, pair]) => [name, untilPowerLoss(pair)]))

const inPairs = [...powered].map(([name, pair]) => holding(name, pair))

const protectedOrNot = Object.entries(protectionPairs).flatMap(([name, { title, without, violates, on, skip = [], counts }]) => {
  const [distinct, generated, depth] = counts
  const pair: Pair = { ...pairs[on], ...powered.get(on), title }
  const expect = { verdict: 'violated', property: violates, distinct, generated, depth } as const
  const properties = terminationOf(pair).filter((p) => p.name === violates)
  const broken = scenario(objectSwap, { ...configured(pair), name: `${name}+broken`, without: [without], skip, properties, expect })
  return [broken, holding(`${name}+fixed`, pair)]
})

const noMemory = (s: State) => {
  swappedOut(s, 1)
  withoutMemory(s)
}

const starved = starvingOfFolios(objectSwap, noMemory, {
  fault: { process: fault({ pte: 1, write: false }), property: FaultCompletes, counts: [7, 8, 7] },
  swapoff: { process: swapoff({}), property: SwapoffTerminates, counts: [7, 8, 7] },
  looks: 'walks',
})

export const scenarios: readonly Scenario[] = [...inPairs, ...protectedOrNot, ...starved]
