/** Every pair of processes, and each protection with and without. */
import { type Process, type Scenario, scenario, type Temporal } from '../../checker/index.js'
import { type Pair, pairs } from './pairs.js'
import { FaultCompletes, SwapoffTerminates } from './properties.js'
import { protectionPairs } from './protection-pairs.js'
import type { State } from './state.js'
import { fault, swapDesc, swapoff, swappedOut, withoutMemory } from './swap-desc.js'
import { oneSection } from './unreachable.js'

/** What must end, by process. */
const terminating = { fault: FaultCompletes, swapoff: SwapoffTerminates }

/** What of a record by process is of the processes of this scenario. */
function of<T>({ run }: Pair, byProcess: Readonly<Record<string, T>>): readonly T[] {
  return Object.entries(byProcess).flatMap(([process, value]) => (run.some((p) => p.name === process) ? [value] : []))
}

function holding(name: string, pair: Pair): Scenario {
  const { title, run, init, bounds = {}, counts } = pair
  const [distinct, generated, depth] = counts
  const unreachable = { ...pair.unreachable, 'a critical section is one step': of<readonly string[]>(pair, oneSection).flat() }
  const expect = { verdict: 'holds', distinct, generated, depth } as const
  return scenario(swapDesc, { name, title, run, init, bounds, properties: of(pair, terminating), unreachable, expect })
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

/** A process that needs memory and gets none, again and again. */
function starving(
  name: string,
  title: string,
  process: Process,
  property: Temporal<State>,
  counts: readonly [number, number, number],
): Scenario {
  const [distinct, generated, depth] = counts
  return scenario(swapDesc, {
    name,
    title,
    run: [process],
    bounds: { folio: 1 },
    init(s) {
      swappedOut(s, 1)
      withoutMemory(s)
    },
    properties: [property],
    expect: { verdict: 'violated', property: property.name, distinct, generated, depth },
  })
}

const starved = [
  starving(
    'fault-without-memory',
    'A fault is taken again and again for want of a folio',
    fault({ pte: 1, write: false }),
    FaultCompletes,
    [7, 8, 7],
  ),
  starving('swapoff-without-memory', 'swapoff scans again and again for want of a folio', swapoff({}), SwapoffTerminates, [10, 11, 10]),
]

export const scenarios: readonly Scenario[] = [
  ...Object.entries<Pair>(pairs).map(([name, pair]) => holding(name, pair)),
  ...protectedOrNot,
  ...starved,
]
