/**
 * Safra's detection of termination on a ring with a token, where messages take time (EWD998.tla by Markus Kuppe and Stephan Merz, in the TLA+
 * examples; EWD 998, "Shmuel Safra's version of termination detection", Dijkstra, 1987). That it implements AsyncTerminationDetection.tla,
 * fairness included, is RefinesAsync, as published: `THEOREM Spec => TD!Spec`.
 *
 * Node 0 of the original is element 1 here. The state constraint of the original bounds counters and pending messages by 3, and the token's count
 * by 9, which it never reaches; here a send beyond the bound leaves the state as it is, as in async-termination-detection.ts.
 *
 * Published, with that constraint and 3 nodes, are a diameter of 60, 1.3m distinct and 10.1m generated states. That is where the token starts at
 * node 0, as it did in 2021; today it starts anywhere, which adds states and makes the way to the farthest one shorter.
 */
import {
  array,
  bool,
  choose,
  domain,
  type Id,
  int,
  language,
  nth,
  oneOf,
  ordinal,
  type RecordView,
  record,
  scenario,
  schema,
  weak,
} from '../../checker/index.js'
import { asyncTerminationDetection } from './async-termination-detection.js'

const Node = domain('node', 3)
type Node = Id<'node'>

const state = schema({
  active: array(Node, bool),
  color: array(Node, oneOf('white', 'black')),
  /** Messages sent less messages received. */
  counter: array(Node, int(-9, 3)),
  /** Messages on their way to the node. */
  pending: array(Node, int(0, 3)),
  token: record({ pos: Node, q: int(-18, 9), color: oneOf('white', 'black') }),
  /** The bound; constant in a scenario. */
  most: int(1, 3),
})
type State = RecordView<typeof state.fields>

const { action, guard, invariant, leadsTo, refines, spec } = language(state, {
  protections: ['blacken the receiver', 'probe again where messages are missing'],
})

const isFirst = (i: Node) => ordinal(i) === 1
const sum = (s: State, ids: readonly Node[]) => ids.reduce((all, i) => all + s.counter[i], 0)
const messages = (s: State) => s.pending.ids.reduce((all, i) => all + s.pending[i], 0)

// System: the passing of the token, by the algorithm.

/** Why a probe is started: the last one was not conclusive. Each reason is a disjunct of the guard, by which TLC takes the step once. */
function reasons({ token, color, counter }: State): number {
  const areMissing = counter[token.pos] + token.q > 0 && guard('probe again where messages are missing')
  return [token.color === 'black', color[token.pos] === 'black', areMissing].filter((reason) => reason).length
}

const InitiateProbe = action('InitiateProbe', {
  guard: (s) => isFirst(s.token.pos) && reasons(s) > 0,
  effect(s) {
    choose(reasons(s))
    s.color[s.token.pos] = 'white'
    Object.assign(s.token, { pos: s.color.ids.at(-1) ?? s.token.pos, q: 0, color: 'white' })
  },
})

const PassToken = action('PassToken', {
  params: { i: Node },
  guard: (s, { i }) => !s.active[i] && s.token.pos === i && !isFirst(i),
  effect(s, { i }) {
    s.token.pos = nth(s.color.ids, i, -1) || i
    s.token.q += s.counter[i]
    if (s.color[i] === 'black') s.token.color = 'black'
    s.color[i] = 'white'
  },
})

// Environment: the computation whose termination is to be detected.

const SendMsg = action('SendMsg', {
  params: { i: Node, j: Node },
  guard: (s, { i, j }) => s.active[i] && i !== j,
  effect(s, { i, j }) {
    if (s.counter[i] >= s.most || s.pending[j] >= s.most) return
    s.counter[i]++
    s.pending[j]++
  },
})

const RecvMsg = action('RecvMsg', {
  params: { i: Node },
  guard: (s, { i }) => s.pending[i] > 0,
  effect(s, { i }) {
    s.pending[i]--
    s.counter[i]--
    if (guard('blacken the receiver')) s.color[i] = 'black'
    s.active[i] = true
  },
})

const Deactivate = action('Deactivate', {
  params: { i: Node },
  guard: (s, { i }) => s.active[i],
  effect(s, { i }) {
    s.active[i] = false
  },
})

function terminated(s: State): boolean {
  return messages(s) === 0 && s.active.ids.every((i) => !s.active[i])
}

function terminationDetected({ token, counter, color, active }: State): boolean {
  const first = token.pos
  const isConclusive = token.color === 'white' && token.q + counter[first] === 0
  return isFirst(first) && isConclusive && color[first] === 'white' && !active[first]
}

const TerminationDetection = invariant(
  'TerminationDetection',
  'When node 0 has a white token whose count comes to 0, every node is inactive and no message is on its way.',
  (s) => !terminationDetected(s) || terminated(s),
)

const Inv = invariant(
  'Inv',
  'Messages on their way are those that the counters say; and the nodes that the token has passed are inactive and counted in it, or messages will be missing, or a node that it has yet to pass is black, or it is black itself.',
  (s) => {
    const { ids } = s.active
    const passed = ids.filter((i) => ordinal(i) > ordinal(s.token.pos))
    const others = ids.filter((i) => ordinal(i) <= ordinal(s.token.pos))
    const p1 = passed.every((i) => !s.active[i]) && s.token.q === sum(s, passed)
    const p2 = sum(s, others) + s.token.q > 0
    const p3 = others.some((i) => s.color[i] === 'black')
    return messages(s) === sum(s, ids) && (p1 || p2 || p3 || s.token.color === 'black')
  },
)

const Liveness = leadsTo('Liveness', 'Termination is detected once it is true.', terminated, terminationDetected)

const RefinesAsync = refines(
  'RefinesAsync',
  'The ring detects termination as it is to be detected, and does detect it.',
  asyncTerminationDetection,
  (s, abstract) => {
    for (const i of s.active.ids) {
      abstract.active[i] = s.active[i]
      abstract.pending[i] = s.pending[i]
    }
    abstract.terminationDetected = terminationDetected(s)
  },
)

export const ewd998 = spec({
  name: 'classics',
  title: "Safra's termination detection on a ring of N nodes",
  init(s) {
    for (const i of s.active.ids) {
      s.active[i] = choose([false, true])
      s.color[i] = choose(['white', 'black'])
    }
    s.token.color = 'black'
  },
  actions: [InitiateProbe, PassToken, SendMsg, RecvMsg, Deactivate],
  properties: [TerminationDetection, Inv, Liveness, RefinesAsync],
  fairness: [weak.any('InitiateProbe', 'PassToken')],
  final: () => true,
})

const anywhere = (most: number) => (s: State) => {
  s.most = most
  s.token.pos = choose(Node)
}
const atFirst = (most: number) => (s: State) => {
  s.most = most
  s.token.pos = s.active.ids[0] ?? s.token.pos
}

export const scenarios = [
  scenario(ewd998, {
    name: 'ewd998-3-one-message',
    title: 'Termination detection among 3 nodes, at most one message pending at each',
    init: anywhere(1),
    expect: { verdict: 'holds', distinct: 19_474, generated: 125_367, depth: 25 },
  }),
  scenario(ewd998, {
    name: 'ewd998-3',
    title: 'Termination detection among 3 nodes, at most 3 messages pending at each',
    set: 'nightly',
    init: anywhere(3),
    expect: { verdict: 'holds', distinct: 1_520_618, generated: 11_238_019, depth: 59 },
  }),
  scenario(ewd998, {
    name: 'ewd998-3-token-at-0',
    title: 'The same, with the token at node 0',
    set: 'nightly',
    init: atFirst(3),
    expect: { verdict: 'holds', distinct: 1_384_582, generated: 10_150_343, depth: 60 },
  }),
  scenario(ewd998, {
    name: 'ewd998-3+broken',
    title: 'A node stays white that was woken behind the token',
    init: anywhere(1),
    without: ['blacken the receiver'],
    expect: { verdict: 'violated', property: 'Inv', distinct: 9_768, generated: 57_282, depth: 7 },
  }),
  scenario(ewd998, {
    name: 'ewd998-3-detects-too-soon+broken',
    title: 'The same: termination is detected while a node is active',
    init: anywhere(1),
    without: ['blacken the receiver'],
    skip: ['Inv', 'RefinesAsync'],
    expect: { verdict: 'violated', property: 'TerminationDetection', distinct: 11_753, generated: 70_109, depth: 9 },
  }),
  scenario(ewd998, {
    name: 'ewd998-3-as-async+broken',
    title: 'The same, seen as termination detection',
    init: anywhere(1),
    without: ['blacken the receiver'],
    skip: ['Inv', 'TerminationDetection'],
    expect: { verdict: 'violated', property: 'RefinesAsync', distinct: 11_753, generated: 70_109, depth: 9 },
  }),
  scenario(ewd998, {
    name: 'ewd998-3-never-again+broken',
    title: 'A probe that finds messages missing is the last',
    init: anywhere(1),
    without: ['probe again where messages are missing'],
    expect: { verdict: 'violated', property: 'Liveness', distinct: 19_474, generated: 119_801, depth: 25 },
  }),
  scenario(ewd998, {
    name: 'ewd998-3-never-again-as-async+broken',
    title: 'The same, seen as termination detection: what is fair there is not done here',
    init: anywhere(1),
    without: ['probe again where messages are missing'],
    skip: ['Liveness'],
    expect: { verdict: 'violated', property: 'RefinesAsync', distinct: 19_474, generated: 119_801, depth: 25 },
  }),
  scenario(ewd998, {
    name: 'ewd998-3-unfair',
    title: 'The token may stay where it is for ever',
    init: anywhere(1),
    skip: ['Liveness'],
    fairness: [],
    expect: { verdict: 'violated', property: 'RefinesAsync', distinct: 19_474, generated: 125_367, depth: 25 },
  }),
]
