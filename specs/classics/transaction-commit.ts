/**
 * Transaction commit (Lamport's TCommit.tla, in the TLA+ examples; "Consensus on Transaction Commit", Gray and Lamport, 2006): what a
 * commit protocol must achieve, without any protocol. Two-phase commit implements it.
 *
 * Nothing is left out. A resource manager sees the state of all the others, as this is a specification and not an algorithm.
 */
import { array, domain, language, oneOf, type RecordView, scenario, schema } from '../../checker/index.js'

const RM = domain('rm', 3, { symmetric: true })

const state = schema({ rmState: array(RM, oneOf('working', 'prepared', 'committed', 'aborted')) })
type State = RecordView<typeof state.fields>

const { action, guard, invariant, spec } = language(state, { protections: ['commit only when all are prepared'] })

/** Is every resource manager prepared, or has committed already? */
function canCommit({ rmState }: State): boolean {
  return rmState.ids.every((rm) => rmState[rm] === 'prepared' || rmState[rm] === 'committed')
}

function notCommitted({ rmState }: State): boolean {
  return rmState.ids.every((rm) => rmState[rm] !== 'committed')
}

const Prepare = action('Prepare', {
  params: { rm: RM },
  guard: (s, { rm }) => s.rmState[rm] === 'working',
  effect(s, { rm }) {
    s.rmState[rm] = 'prepared'
  },
})

const DecideCommit = action('DecideCommit', {
  params: { rm: RM },
  guard: (s, { rm }) => s.rmState[rm] === 'prepared' && (!guard('commit only when all are prepared') || canCommit(s)),
  effect(s, { rm }) {
    s.rmState[rm] = 'committed'
  },
})

const DecideAbort = action('DecideAbort', {
  params: { rm: RM },
  guard: (s, { rm }) => (s.rmState[rm] === 'working' || s.rmState[rm] === 'prepared') && notCommitted(s),
  effect(s, { rm }) {
    s.rmState[rm] = 'aborted'
  },
})

const TCConsistent = invariant('TCConsistent', 'No resource manager has aborted while another has committed.', ({ rmState }) => {
  const is = (outcome: 'aborted' | 'committed') => rmState.ids.some((rm) => rmState[rm] === outcome)
  return !(is('aborted') && is('committed'))
})

export const transactionCommit = spec({
  name: 'classics',
  title: 'N resource managers agree to commit or to abort',
  actions: [Prepare, DecideCommit, DecideAbort],
  properties: [TCConsistent],
  final: ({ rmState }) => rmState.ids.every((rm) => rmState[rm] === 'committed' || rmState[rm] === 'aborted'),
})

export const scenarios = [
  scenario(transactionCommit, {
    name: 'transaction-commit-3',
    title: 'Transaction commit with 3 resource managers',
    expect: { verdict: 'holds', distinct: 34, generated: 94, depth: 7 },
  }),
  scenario(transactionCommit, {
    name: 'transaction-commit-3+broken',
    title: 'A resource manager commits as soon as it is prepared itself',
    without: ['commit only when all are prepared'],
    expect: { verdict: 'violated', property: 'TCConsistent', distinct: 42, generated: 91, depth: 4 },
  }),
]
