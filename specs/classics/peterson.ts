/**
 * Peterson's algorithm: mutual exclusion of two processes by reads and writes alone (Peterson.tla by Jarod Differdange, in the TLA+
 * examples, folder locks_auxiliary_vars; after the course "Parallel Programming" of the University of Liège).
 *
 * The invariant Inv of the original is here as its three conjuncts. Its refinement of an abstract lock is the step property RefinesLock:
 * the lock variable of Lock.tla is 0 exactly while a process is in the critical section. Left out: the proofs. Added, as the original has no
 * liveness: that who asks for the critical section gets it, if both processes go on. TLC
 * generates a successor once for each way out of the wait at a3, and we once: the two are never open together.
 */
import { array, blocked, bool, language, oneOf, process, scenario, schema, Thread, weak } from '../../checker/index.js'

const state = schema({
  /** Does the process want the critical section, or is it in it? */
  c: array(Thread, bool),
  turn: Thread,
  /** Ghost: where the process is, for the properties. At a0 or a1: outside; a2: doorway; a3: waiting; cs or a4: critical. */
  at: array(Thread, oneOf('outside', 'doorway', 'waiting', 'critical')),
})
const { guard, invariant, leadsTo, procedure, spec, step } = language(state, { protections: ['raise the flag', 'give way', 'wait'] })

const peterson = procedure(
  'peterson',
  { args: { other: Thread } },
  {
    a0: () => 'a1',
    a1(s, me) {
      if (guard('raise the flag')) s.c[me.self] = true
      s.at[me.self] = 'doorway'
      return 'a2'
    },
    a2(s, me) {
      if (guard('give way')) s.turn = me.other
      s.at[me.self] = 'waiting'
      return 'a3'
    },
    a3(s, me) {
      if (s.c[me.other] && s.turn !== me.self && guard('wait')) return blocked
      s.at[me.self] = 'critical'
      return 'cs'
    },
    cs: () => 'a4',
    a4(s, me) {
      s.c[me.self] = false
      s.at[me.self] = 'outside'
      return 'a0'
    },
  },
)

const FlagTellsPlace = invariant('FlagTellsPlace', "A process's flag is up exactly while it is not outside.", ({ c, at }) =>
  c.ids.every((p) => c[p] === (at[p] !== 'outside')),
)

const EntryIsEarned = invariant(
  'EntryIsEarned',
  'While a process is in the critical section, it is its turn or the other has not yet given way.',
  ({ at, turn }) => {
    const hasNotGivenWay = at.ids.filter((q) => at[q] === 'outside' || at[q] === 'doorway')
    return at.ids.every((p) => at[p] !== 'critical' || turn === p || hasNotGivenWay.length > 0)
  },
)

const MutualExclusion = invariant(
  'MutualExclusion',
  'At most one process is in the critical section.',
  ({ at }) => at.ids.filter((p) => at[p] === 'critical').length <= 1,
)

const RefinesLock = step(
  'RefinesLock',
  'A process enters the critical section only when none is in it, and none is in it when one has left.',
  (before, after) => {
    const isFree = ({ at }: typeof before) => at.ids.every((p) => at[p] !== 'critical')
    return before.at.ids.every((p) => {
      const was = before.at[p] === 'critical'
      const is = after.at[p] === 'critical'
      return was === is || isFree(is ? before : after)
    })
  },
)

const NobodyStarves = leadsTo(
  'NobodyStarves',
  'A process that asks for the critical section gets it.',
  ({ at }, p) => at[p] === 'doorway' || at[p] === 'waiting',
  ({ at }, p) => at[p] === 'critical',
  { each: Thread },
)

export const petersonSpec = spec({
  name: 'classics',
  title: "Peterson's algorithm for two processes",
  init(s) {
    const [first] = s.c.ids
    if (first !== undefined) s.turn = first
  },
  properties: [FlagTellsPlace, EntryIsEarned, MutualExclusion, RefinesLock, NobodyStarves],
  fairness: [weak.processes()],
})

const proc = process('proc', peterson, { symmetric: true })
const run = [proc({ other: 2 }), proc({ other: 1 })]

export const scenarios = [
  scenario(petersonSpec, {
    name: 'peterson-2',
    title: "Peterson's algorithm, both processes for ever",
    run,
    expect: { verdict: 'holds', distinct: 42, generated: 77, depth: 11 },
  }),
  scenario(petersonSpec, {
    name: 'peterson-2-no-flag+broken',
    title: 'A process asks for the critical section without raising its flag',
    run,
    without: ['raise the flag'],
    expect: { verdict: 'violated', property: 'FlagTellsPlace', distinct: 6, generated: 7, depth: 3 },
  }),
  scenario(petersonSpec, {
    name: 'peterson-2-no-turn+broken',
    title: 'The first process has the turn for ever',
    run,
    without: ['give way'],
    expect: { verdict: 'violated', property: 'EntryIsEarned', distinct: 30, generated: 51, depth: 8 },
  }),
  scenario(petersonSpec, {
    name: 'peterson-2-no-wait+broken',
    title: 'A process enters without waiting',
    run,
    without: ['wait'],
    skip: ['EntryIsEarned', 'RefinesLock'],
    expect: { verdict: 'violated', property: 'MutualExclusion', distinct: 45, generated: 73, depth: 9 },
  }),
  scenario(petersonSpec, {
    name: 'peterson-2-no-wait-as-lock+broken',
    title: 'Entering without waiting, seen as a lock that is taken twice',
    run,
    without: ['wait'],
    skip: ['EntryIsEarned', 'MutualExclusion'],
    expect: { verdict: 'violated', property: 'RefinesLock', distinct: 45, generated: 73, depth: 9 },
  }),
  scenario(petersonSpec, {
    name: 'peterson-2-unfair',
    title: 'A process may stop anywhere',
    run,
    fairness: [],
    expect: { verdict: 'violated', property: 'NobodyStarves', distinct: 42, generated: 77, depth: 11 },
  }),
]
