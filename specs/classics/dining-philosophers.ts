/**
 * The dining philosophers after Chandy and Misra (DiningPhilosophers.tla by Jeff Hemphill, in the TLA+ examples): a fork is dirty once it
 * has been eaten with, and who holds a dirty fork cleans it and hands it to the neighbour.
 *
 * As there, philosopher 1 holds forks 1 and 2 at first, and every other philosopher but 2 the fork to the left. `sated` is the original's
 * `hungry`, negated; that nobody starves is said here of eating, as `hungry` is a variable of the process.
 */
import { array, bool, language, process, record, scenario, schema, set, Thread, weak } from '../../checker/index.js'

const state = schema({
  /** The fork to the left of each philosopher. */
  forks: array(Thread, record({ holder: Thread, clean: bool })),
  /** Ghost: the philosophers who are at Eat, for the property. */
  eating: set(Thread),
})
const { alwaysEventually, guard, invariant, procedure, spec } = language(state, { protections: ['eat with both forks, clean'] })

const philosopher = procedure(
  'philosopher',
  { args: { left: Thread, right: Thread }, locals: { sated: bool } },
  {
    Loop(s, me) {
      const leftFork = s.forks[me.self]
      const rightFork = s.forks[me.right]
      const canEat = [leftFork, rightFork].every((f) => f.holder === me.self && f.clean)
      if (leftFork.holder === me.self && !leftFork.clean) {
        leftFork.holder = me.left
        leftFork.clean = true
      } else if (rightFork.holder === me.self && !rightFork.clean) {
        rightFork.holder = me.right
        rightFork.clean = true
      }
      if (me.sated) return 'Think'
      if (!canEat && guard('eat with both forks, clean')) return 'Loop'
      s.eating.add(me.self)
      return 'Eat'
    },
    Think(_, me) {
      me.sated = false
      return 'Loop'
    },
    Eat(s, me) {
      me.sated = true
      s.forks[me.self].clean = false
      s.forks[me.right].clean = false
      s.eating.delete(me.self)
      return 'Loop'
    },
  },
)

const ExclusiveAccess = invariant(
  'ExclusiveAccess',
  'Two philosophers who share a fork do not eat at the same time.',
  ({ forks, eating }) => {
    let left = forks.ids.at(-1)
    for (const p of forks.ids) {
      if (left !== undefined && left !== p && eating.has(left) && eating.has(p)) return false
      left = p
    }
    return true
  },
)

const NobodyStarves = alwaysEventually('NobodyStarves', 'A philosopher eats again and again.', ({ eating }, p) => eating.has(p), {
  each: Thread,
})

export const diningPhilosophers = spec({
  name: 'classics',
  title: 'Dining philosophers who hand each other their forks',
  init({ forks }) {
    for (const p of forks.ids) forks[p].holder = p
    const [first, second] = forks.ids
    if (first !== undefined && second !== undefined) forks[second].holder = first
  },
  properties: [ExclusiveAccess, NobodyStarves],
  fairness: [weak.processes()],
})

const Philosopher = process('philosopher', philosopher)

/** Philosophers 1 to n, anticlockwise: 1 sits to the right of n. */
const table = (n: number) => Array.from({ length: n }, (_, i) => Philosopher({ left: i === 0 ? n : i, right: i === n - 1 ? 1 : i + 2 }))

export const scenarios = [
  scenario(diningPhilosophers, {
    name: 'dining-philosophers-5',
    title: 'Five philosophers and five forks',
    run: table(5),
    expect: { verdict: 'holds', distinct: 67, generated: 336, depth: 29 },
  }),
  scenario(diningPhilosophers, {
    name: 'dining-philosophers-5+broken',
    title: 'Philosophers eat with whatever forks there are',
    run: table(5),
    without: ['eat with both forks, clean'],
    expect: { verdict: 'violated', property: 'ExclusiveAccess', distinct: 21, generated: 31, depth: 3 },
  }),
  scenario(diningPhilosophers, {
    name: 'dining-philosophers-5-unfair',
    title: 'A philosopher may starve where the others are not bound to go on',
    run: table(5),
    fairness: [],
    expect: { verdict: 'violated', property: 'NobodyStarves', distinct: 67, generated: 336, depth: 29 },
  }),
]
