/**
 * Two-phase commit (Lamport's TwoPhase.tla, "Consensus on Transaction Commit", Gray and Lamport, 2006).
 *
 * As there, messages are never removed and may be received more than once, and two kinds are left out: the manager's Prepare (a resource
 * manager may prepare of its own accord) and a resource manager's Abort (it may fall silent). That it implements TCommit.tla is
 * RefinesTCommit, of the scenarios for 3 and 5. Safety only.
 */
import { array, bool, domain, language, oneOf, scenario, schema, set } from '../../checker/index.js'
import { transactionCommit } from './transaction-commit.js'

const RM = domain('rm', 3, { symmetric: true })

const state = schema({
  rmState: array(RM, oneOf('working', 'prepared', 'committed', 'aborted')),
  tmState: oneOf('init', 'committed', 'aborted'),
  /** The resource managers that the transaction manager knows to be prepared. */
  tmPrepared: set(RM),
  /** Messages in flight: Prepared by sender, and the two decisions. */
  msgsPrepared: set(RM),
  msgsCommit: bool,
  msgsAbort: bool,
})
const { action, guard, invariant, refines, spec } = language(state, { protections: ['commit only when all are prepared'] })

const TMRcvPrepared = action('TMRcvPrepared', {
  params: { rm: RM },
  guard: (s, { rm }) => s.tmState === 'init' && s.msgsPrepared.has(rm),
  effect: (s, { rm }) => s.tmPrepared.add(rm),
})

const TMCommit = action('TMCommit', {
  guard: (s) => s.tmState === 'init' && (s.tmPrepared.size === s.rmState.ids.length || !guard('commit only when all are prepared')),
  effect(s) {
    s.tmState = 'committed'
    s.msgsCommit = true
  },
})

const TMAbort = action('TMAbort', {
  guard: (s) => s.tmState === 'init',
  effect(s) {
    s.tmState = 'aborted'
    s.msgsAbort = true
  },
})

const RMPrepare = action('RMPrepare', {
  params: { rm: RM },
  guard: (s, { rm }) => s.rmState[rm] === 'working',
  effect(s, { rm }) {
    s.rmState[rm] = 'prepared'
    s.msgsPrepared.add(rm)
  },
})

const RMChooseToAbort = action('RMChooseToAbort', {
  params: { rm: RM },
  guard: (s, { rm }) => s.rmState[rm] === 'working',
  effect(s, { rm }) {
    s.rmState[rm] = 'aborted'
  },
})

const RMRcvCommitMsg = action('RMRcvCommitMsg', {
  params: { rm: RM },
  guard: (s) => s.msgsCommit,
  effect(s, { rm }) {
    s.rmState[rm] = 'committed'
  },
})

const RMRcvAbortMsg = action('RMRcvAbortMsg', {
  params: { rm: RM },
  guard: (s) => s.msgsAbort,
  effect(s, { rm }) {
    s.rmState[rm] = 'aborted'
  },
})

const TCConsistent = invariant('TCConsistent', 'No resource manager has aborted while another has committed.', (s) => {
  let committed = false
  let aborted = false
  for (const rm of s.rmState.ids) {
    committed ||= s.rmState[rm] === 'committed'
    aborted ||= s.rmState[rm] === 'aborted'
  }
  return !(committed && aborted)
})

const RefinesTCommit = refines(
  'RefinesTCommit',
  'The resource managers do what transaction commit allows.',
  transactionCommit,
  (s, abstract) => {
    for (const rm of s.rmState.ids) abstract.rmState[rm] = s.rmState[rm]
  },
)

export const twoPhaseCommit = spec({
  name: 'classics',
  title: 'Two-phase commit over a transaction manager and N resource managers',
  actions: [TMRcvPrepared, TMCommit, TMAbort, RMPrepare, RMChooseToAbort, RMRcvCommitMsg, RMRcvAbortMsg],
  properties: [TCConsistent],
  final: () => true,
})

const sized = (n: number, distinct: number, generated: number, depth: number) =>
  scenario(twoPhaseCommit, {
    name: `two-phase-commit-${n}`,
    title: `Two-phase commit with ${n} resource managers`,
    set: n >= 12 ? 'huge' : n >= 8 ? 'nightly' : 'default',
    bounds: { rm: n },
    properties: n <= 5 ? [RefinesTCommit] : [],
    expect: { verdict: 'holds', distinct, generated, depth },
  })

export const scenarios = [
  sized(3, 288, 1_146, 11),
  sized(5, 8_832, 58_146, 17),
  sized(6, 50_816, 402_306, 20),
  sized(7, 296_448, 2_744_706, 23),
  sized(8, 1_745_408, 18_507_778, 26),
  sized(9, 10_340_352, 123_558_402, 29),
  /** Expected from the orbits: 4,744 representatives, each with the size of its orbit and its successors. */
  sized(11, 366_993_408, 5_371_377_666, 35),
  /** Expected from closed forms that give all of the above: 6^n + 4^n + 2^n, and (4/3)n6^n + n4^n + 4^n + n2^n + 2. */
  sized(12, 2_193_563_648, 35_046_670_338, 38),
  scenario(twoPhaseCommit, {
    name: 'two-phase-commit-3+broken',
    title: 'The transaction manager commits without having heard from all',
    bounds: { rm: 3 },
    without: ['commit only when all are prepared'],
    expect: { verdict: 'violated', property: 'TCConsistent', distinct: 110, generated: 252, depth: 4 },
  }),
  scenario(twoPhaseCommit, {
    name: 'two-phase-commit-3-as-transaction-commit+broken',
    title: 'The same, seen as transaction commit',
    bounds: { rm: 3 },
    without: ['commit only when all are prepared'],
    skip: ['TCConsistent'],
    properties: [RefinesTCommit],
    expect: { verdict: 'violated', property: 'RefinesTCommit', distinct: 39, generated: 66, depth: 3 },
  }),
]
