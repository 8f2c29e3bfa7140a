/** Two increments of a counter: a module of specs as a user would write one. */
import { assert, blocked, bool, int, language, process, ret, scenario, schema, weak } from '../../../dist/checker/index.js'

const state = schema({ counter: int(0, 2), done: int(0, 2), locked: bool })
const { action, eventually, guard, invariant, procedure, quiescent, reachable, spec } = language(state, {
  protections: ['lock', 'unlock', 'check'],
})

const increment = procedure(
  'increment',
  { locals: { old: int(0, 2) } },
  {
    lock(s) {
      if (guard('lock') && s.locked) return blocked
      s.locked = guard('lock')
      return 'load'
    },
    load(s, me) {
      me.old = s.counter
      return 'store'
    },
    store(s, me) {
      if (!guard('check')) assert(s.counter === me.old, 'WARN_ON(counter != old)')
      s.counter = me.old + 1
      s.done += 1
      return 'unlock'
    },
    unlock(s) {
      s.locked = guard('lock') && !guard('unlock')
      return ret()
    },
  },
)
const incrementer = process('incrementer', increment)

const race = spec({
  name: 'race',
  title: 'Two increments of a counter',
  properties: [quiescent('NoLostUpdate', 'Every increment counts.', (s) => s.counter === s.done)],
})

const two = (name, expect, more = {}) =>
  scenario(race, { name, title: 'Two increments', run: [incrementer({}), incrementer({})], expect, ...more })

const ticker = spec({
  name: 'ticker',
  title: 'A counter that goes round',
  actions: [
    action('tick', {
      guard: () => true,
      effect(s) {
        s.counter = (s.counter + 1) % 3
      },
    }),
  ],
  properties: [
    reachable('Locked', 'It is locked at some time.', (s) => s.locked),
    invariant('Small', 'It is small.', (s) => s.counter < 3),
  ],
})

const spareWords = language(schema({ level: int(0, 3) }), { protections: ['braces', 'belt'] })

/** Two protections of which either would do for a level of 2, and one alone keeps it from 3. */
const spare = spareWords.spec({
  name: 'spare',
  title: 'A level that is kept down twice',
  actions: [
    spareWords.action('rise', {
      guard: (s) => !(s.level === 1 && spareWords.guard('braces') && spareWords.guard('belt')),
      effect(s) {
        s.level = s.level === 1 && !spareWords.guard('belt') ? 1 : s.level + 1
      },
    }),
  ],
  properties: [spareWords.invariant('Kept', 'It stays below 2.', (s) => s.level < 2)],
  final: () => true,
})

export const scenarios = [
  two('increments', { verdict: 'holds', distinct: 16, generated: 17, depth: 9 }),
  two('increments+broken', { verdict: 'violated', property: 'NoLostUpdate', distinct: 36, generated: 55, depth: 9 }, { without: ['lock'] }),
  two('miscounted', { verdict: 'holds', distinct: 20, generated: 17, depth: 9 }),
  two('other-property', { verdict: 'violated', property: 'Other', distinct: 36, generated: 55, depth: 9 }, { without: ['lock'] }),
  two('deadlock', { verdict: 'holds', distinct: 0, generated: 0, depth: 0 }, { without: ['unlock'] }),
  two('assertion', { verdict: 'holds', distinct: 0, generated: 0, depth: 0 }, { without: ['lock', 'check'] }),
  scenario(spare, { name: 'kept', title: 'From 0', expect: { verdict: 'holds', distinct: 2, generated: 2, depth: 2 } }),
  scenario(ticker, {
    name: 'never-locked',
    title: 'It ticks for ever',
    skip: ['Locked'],
    properties: [eventually('LockedAtLast', 'It is locked at last.', (s) => s.locked, { fairness: [weak.steps('tick')] })],
    expect: { verdict: 'holds', distinct: 3, generated: 4, depth: 3 },
  }),
  scenario(ticker, { name: 'vacuous', title: 'Never locked', expect: { verdict: 'holds', distinct: 3, generated: 4, depth: 3 } }),
]
