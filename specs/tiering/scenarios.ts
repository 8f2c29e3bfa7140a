/** Processes that meet, in each design, and each protection with and without. */
import { type Scenario, scenario, type Temporal } from '../../checker/index.js'
import { ofProcesses } from '../kernel/of-processes.js'
import type { Counts, Design, Pair } from './pair.js'
import { pairs } from './pairs.js'
import { ChangeTerminates, FaultCompletes, LazyMigrationEnds, MoveTerminates } from './properties.js'
import { protectionPairs } from './protection-pairs.js'
import type { State } from './state.js'
import { fault, kmigrated, swap_tiers, swap_tiers_now, swappedOut, tiering, tiers, withoutMemory } from './tiering.js'
import { otherDesign } from './unreachable.js'

/** What must end, by process. */
const terminating = {
  fault: [FaultCompletes],
  demote: [MoveTerminates],
  promote: [MoveTerminates],
  swap_tiers_now: [ChangeTerminates],
  kmigrated: [MoveTerminates, LazyMigrationEnds],
}

function temporal({ run }: Pair) {
  return [...new Set(ofProcesses<readonly Temporal<State>[]>(run, terminating).flat())]
}

const inDesign = (design: Design, init: Pair['init']) => (s: State) => {
  init(s)
  s.transfer = design === 'lock' ? 'lock' : 'swap_cache'
}

/** What a scenario and its twin have in common. */
function setting(pair: Pair, design: Design) {
  const { title, run, bounds = {} } = pair
  return { title, run, init: inDesign(design, pair.init), bounds, properties: temporal(pair) }
}

function holding(name: string, pair: Pair, design: Design, set = setting(pair, design)): Scenario {
  const [distinct, generated, depth] = pair.counts[design] ?? [0, 0, 0]
  const unreachable = { ...pair.unreachable, ...pair.unreachableIn?.[design], ...otherDesign(design, pair.run) }
  return scenario(tiering, { name, ...set, unreachable, expect: { verdict: 'holds', distinct, generated, depth } })
}

const inEachDesign = Object.entries<Pair>(pairs).flatMap(([name, pair]) =>
  (Object.keys(pair.counts) as Design[]).map((design) => holding(design === 'alone' ? name : `${name}-${design}`, pair, design)),
)

/** What a scenario shows that does not hold: a property, or `deadlock`. */
function wrong(property: string, [distinct, generated, depth]: Counts): Scenario['expect'] {
  const counted = { distinct, generated, depth }
  return property === 'deadlock' ? { verdict: 'deadlock', ...counted } : { verdict: 'violated', property, ...counted }
}

const protectedOrNot = Object.entries(protectionPairs).flatMap(([name, protection]) => {
  const { title, without, violates, on, design, skip = [], counts } = protection
  const pair: Pair = { ...pairs[on], title }
  const set = setting(pair, design)
  return [
    scenario(tiering, { name: `${name}+broken`, ...set, without: [without], skip, expect: wrong(violates, counts) }),
    holding(`${name}+fixed`, pair, design, set),
  ]
})

/** What the text gives no answer to: a thread that goes round for ever, or stops too soon. */
const unanswered = [
  endless('fault-without-memory', 'A fault is taken again and again for want of a folio', FaultCompletes, {
    run: [fault({ pte: 1, write: false })],
    bounds: { folio: 1 },
    init(s) {
      tiers(s, 1)
      swappedOut(s, 1, 0)
      withoutMemory(s)
    },
    counts: [5, 6, 5],
  }),
  endless('now-without-memory', 'A change scans again and again for want of a folio', ChangeTerminates, {
    run: [swap_tiers_now({ memcg: 1, tier: 1 })],
    bounds: { folio: 1 },
    init(s) {
      tiers(s, 1)
      swappedOut(s, 1, 0)
      withoutMemory(s)
      s.migration = 'now'
    },
    counts: [5, 6, 5],
  }),
  endless('lazy-without-memory', 'kmigrated goes round for want of a folio to move a page through', MoveTerminates, {
    run: [swap_tiers({ memcg: 1, tier: 1 }), kmigrated({ from: 1, to: 2 })],
    bounds: { folio: 1 },
    init(s) {
      tiers(s, 1)
      swappedOut(s, 1, 0)
      withoutMemory(s)
      Object.assign(s, { migration: 'lazy', transfer: 'swap_cache' })
    },
    counts: [6, 7, 6],
  }),
  endless('lazy-without-room', 'What a change has left behind stays where it is for want of a slot, and kmigrated waits', 'deadlock', {
    run: [swap_tiers({ memcg: 1, tier: 1 }), kmigrated({ from: 1, to: 2 })],
    bounds: { slot: 1 },
    init(s) {
      tiers(s, 1)
      swappedOut(s, 1, 0)
      Object.assign(s, { migration: 'lazy', transfer: 'lock' })
    },
    counts: [3, 3, 3],
  }),
]

function endless(
  name: string,
  title: string,
  answer: ReturnType<typeof temporal>[number] | 'deadlock',
  { counts, ...rest }: Pick<Pair, 'run' | 'init' | 'bounds'> & { readonly counts: Counts },
): Scenario {
  const properties = answer === 'deadlock' ? [] : [answer]
  return scenario(tiering, { name, title, ...rest, properties, expect: wrong(answer === 'deadlock' ? answer : answer.name, counts) })
}

export const scenarios: readonly Scenario[] = [...inEachDesign, ...protectedOrNot, ...unanswered]
