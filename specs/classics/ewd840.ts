/**
 * Dijkstra's detection of termination on a ring with a token (EWD840.tla by Stephan Merz, in the TLA+ examples; EWD 840, "Derivation of a
 * termination detection algorithm for distributed computations", Dijkstra, Feijen and van Gasteren, 1983).
 *
 * Node 0 of the original is element 1 here. That it implements SyncTerminationDetection.tla is the step property RefinesSync. FalseLiveness,
 * which the original offers as one that fails, assumes `\A i : []<> ~active[i]`: here that is fairness. Left out: the check that Inv is
 * inductive, and SpecWFNext.
 *
 * Counts are published for N = 3 (302 / 2,001 / 10) and N = 4 (1,566 / 15,986 / 12). The depth 10 is not that of the state graph, which is
 * 9: with N = 3 there are 192, 32, 20, 26, 16, 7, 5, 3 and 1 states at depths 1 to 9, 302 in all. The depth that TLC prints is not
 * deterministic (tlaplus issue 883; the examples' own checks leave it out): with several workers its search is not strictly breadth first.
 */
import {
  array,
  bool,
  choose,
  domain,
  type Id,
  language,
  nth,
  oneOf,
  ordinal,
  type RecordView,
  scenario,
  schema,
  weak,
} from '../../checker/index.js'

const Node = domain('node', 3)

const state = schema({
  active: array(Node, bool),
  color: array(Node, oneOf('white', 'black')),
  /** Where the token is, and its colour. */
  tpos: Node,
  tcolor: oneOf('white', 'black'),
})
type State = RecordView<typeof state.fields>
type Node = Id<'node'>

const { action, again, alwaysEventually, guard, invariant, leadsTo, mustFail, spec, step } = language(state, {
  protections: ['blacken the sender'],
})

const isFirst = (i: Node) => ordinal(i) === 1
const isBlack = (s: State, i: Node) => s.color[i] === 'black'

/**
 * Yields a step's successor once for each true disjunct of its guard, of which one at least is true: TLC takes `A \/ B` in an action as two
 * ways to take it, and generates the same successor twice where both are true. Adds to `generated`, and to nothing else.
 */
function oncePerDisjunct(...disjuncts: readonly boolean[]): void {
  choose(disjuncts.filter((d) => d).length)
}

// System: the passing of the token, by the algorithm.

const InitiateProbe = action('InitiateProbe', {
  guard: (s) => isFirst(s.tpos) && (s.tcolor === 'black' || isBlack(s, s.tpos)),
  effect(s) {
    oncePerDisjunct(s.tcolor === 'black', isBlack(s, s.tpos))
    s.color[s.tpos] = 'white'
    s.tcolor = 'white'
    s.tpos = s.color.ids.at(-1) ?? s.tpos
  },
})

const PassToken = action('PassToken', {
  params: { i: Node },
  guard: (s, { i }) => s.tpos === i && !isFirst(i) && (!s.active[i] || isBlack(s, i) || s.tcolor === 'black'),
  effect(s, { i }) {
    oncePerDisjunct(!s.active[i], isBlack(s, i), s.tcolor === 'black')
    if (isBlack(s, i)) s.tcolor = 'black'
    s.color[i] = 'white'
    s.tpos = nth(s.color.ids, i, -1) || i
  },
})

// Environment: the computation whose termination is to be detected.

const SendMsg = action('SendMsg', {
  params: { i: Node, j: Node },
  guard: (s, { i, j }) => s.active[i] && i !== j,
  effect(s, { i, j }) {
    s.active[j] = true
    if (ordinal(j) > ordinal(i) && guard('blacken the sender')) s.color[i] = 'black'
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
  return s.active.ids.every((i) => !s.active[i])
}

function terminationDetected(s: State): boolean {
  return isFirst(s.tpos) && s.tcolor === 'white' && !isBlack(s, s.tpos) && !s.active[s.tpos]
}

const TerminationDetection = invariant(
  'TerminationDetection',
  'When a white token is at an inactive, white node 0, every node is inactive.',
  (s) => !terminationDetected(s) || terminated(s),
)

const Inv = invariant(
  'Inv',
  'The nodes that the token has passed are inactive, or one that it has yet to pass is black, or it is black itself.',
  (s) => {
    const { ids } = s.active
    const p0 = ids.every((i) => ordinal(i) <= ordinal(s.tpos) || !s.active[i])
    const p1 = ids.some((i) => ordinal(i) <= ordinal(s.tpos) && isBlack(s, i))
    return p0 || p1 || s.tcolor === 'black'
  },
)

const RefinesSync = step(
  'RefinesSync',
  'A node is woken only by an active one, one node changes at a time, and termination is detected only once it is true, and for good.',
  (before, after) => {
    const changed = before.active.ids.filter((i) => before.active[i] !== after.active[i])
    const was = terminationDetected(before)
    const is = terminationDetected(after)
    if (changed.length === 0) return is === was || (is && terminated(before))
    const woken = changed.some((i) => after.active[i])
    if (woken) return changed.length === 1 && !terminated(before) && is === was
    return changed.length === 1 && (is === was || is === terminated(after))
  },
)

const TokenAlwaysBlack = mustFail('TokenAlwaysBlack', 'The token is black.', (s) => s.tcolor === 'black')

const NeverChangeColor = step('NeverChangeColor', 'No node changes its colour.', (before, after) =>
  before.color.ids.every((i) => before.color[i] === after.color[i]),
)

const Liveness = leadsTo('Liveness', 'Termination is detected once it is true.', terminated, terminationDetected)

/** Every node is inactive again and again, and the token moves on. */
const nodesRest = ['1', '2', '3'].map((i) =>
  again(`node ${i} is inactive`, (s) => s.active.ids.every((id) => String(ordinal(id)) !== i || !s.active[id])),
)
const FalseLiveness = alwaysEventually(
  'FalseLiveness',
  'If every node is inactive again and again, termination is detected.',
  terminationDetected,
  { fairness: [weak.any('InitiateProbe', 'PassToken'), ...nodesRest] },
)

export const ewd840 = spec({
  name: 'classics',
  title: "Dijkstra's termination detection on a ring of N nodes",
  init(s) {
    for (const i of s.active.ids) {
      s.active[i] = choose([false, true])
      s.color[i] = choose(['white', 'black'])
    }
    s.tpos = choose(Node)
    s.tcolor = 'black'
  },
  actions: [InitiateProbe, PassToken, SendMsg, Deactivate],
  properties: [TerminationDetection, Inv, RefinesSync, TokenAlwaysBlack, Liveness],
  fairness: [weak.any('InitiateProbe', 'PassToken')],
  final: terminationDetected,
})

const sized = (n: number, distinct: number, generated: number, depth: number) =>
  scenario(ewd840, {
    name: `ewd840-${n}`,
    title: `Termination detection on a ring of ${n} nodes`,
    bounds: { node: n },
    expect: { verdict: 'holds', distinct, generated, depth },
  })

const broken = (what: string, property: string, skip: string[], distinct: number, generated: number, depth: number) =>
  scenario(ewd840, {
    name: `ewd840-3${what}+broken`,
    title: 'A node that wakes one behind the token stays white',
    without: ['blacken the sender'],
    skip,
    expect: { verdict: 'violated', property, distinct, generated, depth },
  })

export const scenarios = [
  sized(3, 302, 2_001, 9),
  sized(4, 1_566, 15_986, 12),
  broken('', 'Inv', [], 240, 1_616, 4),
  broken('-detects-too-soon', 'TerminationDetection', ['Inv', 'RefinesSync'], 247, 1_687, 6),
  broken('-as-sync', 'RefinesSync', ['Inv', 'TerminationDetection'], 247, 1_687, 6),
  scenario(ewd840, {
    name: 'ewd840-3-never-change-color',
    title: 'A non-property of the original, to see that it fails: no node changes its colour',
    properties: [NeverChangeColor],
    expect: { verdict: 'violated', property: 'NeverChangeColor', distinct: 224, generated: 1_408, depth: 2 },
  }),
  scenario(ewd840, {
    name: 'ewd840-3-false-liveness',
    title: 'A non-property of the original: nodes that rest again and again need not all rest at once',
    properties: [FalseLiveness],
    expect: { verdict: 'violated', property: 'FalseLiveness', distinct: 302, generated: 2_001, depth: 9 },
  }),
  scenario(ewd840, {
    name: 'ewd840-3-unfair',
    title: 'The token may stay where it is for ever',
    fairness: [],
    expect: { verdict: 'violated', property: 'Liveness', distinct: 302, generated: 2_001, depth: 9 },
  }),
]
