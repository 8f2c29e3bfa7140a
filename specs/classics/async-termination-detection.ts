/**
 * What termination detection with asynchronous messages must achieve (AsyncTerminationDetection.tla by Stephan Merz and Markus Kuppe, in
 * the TLA+ examples, folder ewd998).
 *
 * The original bounds the messages pending at a node by a state constraint: TLC generates, and does not count among the distinct, the
 * states one message beyond it. Here a send beyond the bound leaves the state as it is, which generates one state too.
 */
import { array, bool, choose, domain, int, language, type RecordView, scenario, schema, weak } from '../../checker/index.js'

const Node = domain('node', 4, { symmetric: true })
const MOST_PENDING = 3

const state = schema({
  active: array(Node, bool),
  /** Messages on their way to the node. */
  pending: array(Node, int(0, MOST_PENDING)),
  terminationDetected: bool,
})
type State = RecordView<typeof state.fields>

const { action, guard, invariant, leadsTo, spec, step } = language(state, {
  protections: ['count what is pending', 'send only when active'],
})

function terminated({ active, pending }: State): boolean {
  return active.ids.every((n) => !active[n] && pending[n] === 0)
}

const Terminate = action('Terminate', {
  params: { i: Node },
  guard: (s, { i }) => s.active[i],
  effect(s, { i }) {
    s.active[i] = false
    if (!s.terminationDetected && terminated(s)) s.terminationDetected = choose([false, true])
  },
})

const SendMsg = action('SendMsg', {
  params: { i: Node, j: Node },
  guard: (s, { i }) => s.active[i] || !guard('send only when active'),
  effect(s, { j }) {
    if (s.pending[j] < MOST_PENDING) s.pending[j]++
  },
})

const RcvMsg = action('RcvMsg', {
  params: { i: Node },
  guard: (s, { i }) => s.pending[i] > 0,
  effect(s, { i }) {
    s.active[i] = true
    s.pending[i]--
  },
})

const DetectTermination = action('DetectTermination', {
  guard: (s) => (guard('count what is pending') ? terminated(s) : s.active.ids.every((n) => !s.active[n])),
  effect(s) {
    s.terminationDetected = true
  },
})

const Safe = invariant(
  'Safe',
  'When termination has been detected, every node is inactive and no message is pending.',
  (s) => !s.terminationDetected || terminated(s),
)

const Quiescence = step(
  'Quiescence',
  'A computation that has terminated stays so.',
  (before, after) => !terminated(before) || terminated(after),
)

const Live = leadsTo('Live', 'Termination is detected once it is true.', terminated, (s) => s.terminationDetected)

export const asyncTerminationDetection = spec({
  name: 'classics',
  title: 'Termination detection among N nodes that send messages',
  init(s) {
    for (const n of s.active.ids) s.active[n] = choose([false, true])
    if (terminated(s)) s.terminationDetected = choose([false, true])
  },
  actions: [Terminate, SendMsg, RcvMsg, DetectTermination],
  properties: [Safe, Quiescence, Live],
  fairness: [weak.steps('DetectTermination')],
})

export const scenarios = [
  scenario(asyncTerminationDetection, {
    name: 'async-termination-detection-4',
    title: `Termination detection among 4 nodes, at most ${MOST_PENDING} messages pending at each`,
    expect: { verdict: 'holds', distinct: 4_097, generated: 53_271, depth: 14 },
  }),
  scenario(asyncTerminationDetection, {
    name: 'async-termination-detection-4-overlooked-message+broken',
    title: 'Termination is detected while a message is pending',
    without: ['count what is pending'],
    expect: { verdict: 'violated', property: 'Safe', distinct: 545, generated: 2_731, depth: 4 },
  }),
  scenario(asyncTerminationDetection, {
    name: 'async-termination-detection-4-inactive-sender+broken',
    title: 'A node that is not active sends a message',
    without: ['send only when active'],
    skip: ['Safe'],
    expect: { verdict: 'violated', property: 'Quiescence', distinct: 85, generated: 327, depth: 2 },
  }),
  scenario(asyncTerminationDetection, {
    name: 'async-termination-detection-4-unfair',
    title: 'Nobody is bound to look',
    fairness: [],
    expect: { verdict: 'violated', property: 'Live', distinct: 4_097, generated: 53_271, depth: 14 },
  }),
]
