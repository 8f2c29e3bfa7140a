/** Every pair of processes, and each protection with and without. */
import { type Scenario, scenario } from '../../checker/index.js'
import { ofProcesses } from '../kernel/of-processes.js'
import { starvingOfFolios } from '../kernel/starving.js'
import { type Pair, pairs } from './pairs.js'
import { FaultCompletes, SwapoffTerminates } from './properties.js'
import { protectionPairs } from './protection-pairs.js'
import type { State } from './state.js'
import { fault, swapDesc, swapoff, swappedOut, withoutMemory } from './swap-desc.js'
import { oneSection } from './unreachable.js'

/** What must end, by process. */
const terminating = { fault: FaultCompletes, swapoff: SwapoffTerminates }

function holding(name: string, pair: Pair): Scenario {
  const { title, run, init, bounds = {}, counts } = pair
  const [distinct, generated, depth] = counts
  const unreachable = { ...pair.unreachable, 'a critical section is one step': ofProcesses<readonly string[]>(run, oneSection).flat() }
  const expect = { verdict: 'holds', distinct, generated, depth } as const
  return scenario(swapDesc, { name, title, run, init, bounds, properties: ofProcesses(run, terminating), unreachable, expect })
}

const protectedOrNot = Object.entries(protectionPairs).flatMap(([name, { title, without, violates, on, skip = [], counts }]) => {
  const pair: Pair = { ...pairs[on], title }
  const { run, init, bounds = {} } = pair
  const [distinct, generated, depth] = counts
  const expect = { verdict: 'violated', property: violates, distinct, generated, depth } as const
  return [
    scenario(swapDesc, { name: `${name}+broken`, title, run, init, bounds, without: [without], skip, expect }),
    holding(`${name}+fixed`, pair),
  ]
})

const noMemory = (s: State) => {
  swappedOut(s, 1)
  withoutMemory(s)
}

const starved = starvingOfFolios(swapDesc, noMemory, {
  fault: { process: fault({ pte: 1, write: false }), property: FaultCompletes, counts: [7, 8, 7] },
  swapoff: { process: swapoff({}), property: SwapoffTerminates, counts: [10, 11, 10] },
  looks: 'scans',
})

export const scenarios: readonly Scenario[] = [
  ...Object.entries<Pair>(pairs).map(([name, pair]) => holding(name, pair)),
  ...protectedOrNot,
  ...starved,
]
