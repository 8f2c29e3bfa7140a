/** Every pair of processes for each of the three designs, and each protection with and without. */
import { type Scenario, scenario } from '../../checker/index.js'
import { ofProcesses } from '../kernel/of-processes.js'
import { starvingOfFolios } from '../kernel/starving.js'
import { dualTree, fault, start, swapoff, swappedOut, withoutMemory } from './dual-tree.js'
import { type Pair, pairs } from './pairs.js'
import { FaultCompletes, SwapoffTerminates } from './properties.js'
import { protectionPairs } from './protection-pairs.js'
import type { State } from './state.js'
import { oneLock } from './unreachable.js'

type Design = State['counts_in']

const designs: Readonly<Record<Design, string>> = { swapper_space: 'one-tree', swap_counts: 'two-trees', page: 'count-in-page' }

/** What must end, by process. */
const terminating = { fault: FaultCompletes, swapoff: SwapoffTerminates }

/** What a scenario of one design says with and without a protection. */
function configured({ title, run, init, bounds = {} }: Pair, counts_in: Design) {
  return {
    title,
    run,
    bounds,
    init(s: State) {
      start(s, counts_in)
      init(s)
    },
  }
}

function holding(name: string, pair: Pair, counts_in: Design, parts = configured(pair, counts_in)): Scenario {
  const isSecond = counts_in === 'swap_counts'
  const [distinct, generated, depth] = isSecond ? pair.second : pair.counts
  const steps = ofProcesses<readonly string[]>(pair.run, oneLock).flat()
  const second = isSecond ? (pair.unlocked ?? {}) : { 'there is no second tree': steps }
  const unreachable = { ...pair.unreachable, ...second }
  const properties = ofProcesses(pair.run, terminating)
  return scenario(dualTree, { ...parts, name, properties, unreachable, expect: { verdict: 'holds', distinct, generated, depth } })
}

const inEachDesign = (Object.keys(designs) as Design[]).flatMap((counts_in) =>
  Object.entries<Pair>(pairs).map(([name, pair]) => holding(`${name}-${designs[counts_in]}`, pair, counts_in)),
)

const protectedOrNot = Object.entries(protectionPairs).flatMap(([name, { title, without, violates, on, counts_in, skip = [], counts }]) => {
  const [distinct, generated, depth] = counts
  const pair: Pair = { ...pairs[on], title }
  const parts = configured(pair, counts_in)
  const expect = { verdict: 'violated', property: violates, distinct, generated, depth } as const
  const broken = scenario(dualTree, { ...parts, name: `${name}+broken`, without: [without], skip, expect })
  return [broken, holding(`${name}+fixed`, pair, counts_in, parts)]
})

const noMemory = (s: State) => {
  start(s, 'swapper_space')
  swappedOut(s, 1)
  withoutMemory(s)
}

const starved = starvingOfFolios(dualTree, noMemory, {
  fault: { process: fault({ pte: 1, write: false }), property: FaultCompletes, counts: [5, 6, 5] },
  swapoff: { process: swapoff({}), property: SwapoffTerminates, counts: [7, 8, 7] },
  looks: 'scans',
})

export const scenarios: readonly Scenario[] = [...inEachDesign, ...protectedOrNot, ...starved]
