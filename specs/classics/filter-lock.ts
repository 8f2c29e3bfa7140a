/**
 * The filter lock: Peterson's algorithm for N processes (Peterson, "Myths about the mutual exclusion problem", 1981; by this name in
 * Herlihy and Shavit, "The Art of Multiprocessor Programming", section 2.4, whose code the comments quote).
 *
 * A process climbs N - 1 levels; each holds back one of those who reach it, its victim. The wait is one step, which looks at all levels
 * and the victim at once; every other access to shared memory is a step of its own. As Java's arrays start at 0, the first process is the
 * first victim everywhere. Left out: liveness (no process starves).
 */
import {
  array,
  blocked,
  call,
  domain,
  type Id,
  language,
  ordinal,
  process,
  type RecordView,
  type Ref,
  ref,
  ret,
  scenario,
  schema,
  Thread,
} from '../../checker/index.js'

/** Levels 1 to N - 1. */
const Level = domain('level', 2)

const state = schema({
  /** The highest level that the process has set out for; NULL outside. */
  level: array(Thread, ref(Level)),
  victim: array(Level, Thread),
  /** Ghost: the highest level that the process has passed, for the properties. Whoever has passed the last is in the critical section. */
  passed: array(Thread, ref(Level)),
})
type State = RecordView<typeof state.fields>

const { guard, invariant, procedure, spec } = language(state, { protections: ['wait'] })

/** The level above; the first above NULL, and NULL above the last. */
const above = (levels: readonly Id<'level'>[], level: Ref<'level'>): Ref<'level'> => levels[ordinal(level)] ?? 0

/** Is another process at this level, or above? */
function hasCompany({ level }: State, self: Id<'thread'>, i: Ref<'level'>): boolean {
  for (const k of level.ids) if (k !== self && ordinal(level[k]) >= ordinal(i)) return true
  return false
}

const lock = procedure(
  'lock',
  { locals: { i: ref(Level) } },
  {
    /** for (int i = 1; i < n; i++) { level[me] = i; */
    set_level(s, me) {
      me.i = above(s.victim.ids, me.i)
      s.level[me.self] = me.i
      return 'set_victim'
    },
    /** victim[i] = me; */
    set_victim(s, me) {
      if (me.i !== 0) s.victim[me.i] = me.self
      return 'wait'
    },
    /** while ((∃ k != me) (level[k] >= i && victim[i] == me)) {}; } */
    wait(s, { i, self }) {
      const isVictim = i !== 0 && s.victim[i] === self
      if (isVictim && hasCompany(s, self, i) && guard('wait')) return blocked
      s.passed[self] = i
      return above(s.victim.ids, i) === 0 ? ret() : 'set_level'
    },
  },
)

const loop = procedure(
  'loop',
  { calls: [lock] },
  {
    outside: () => call(lock, {}, 'critical'),
    /** In the critical section until it takes this step. unlock(): level[me] = 0; */
    critical(s, me) {
      s.level[me.self] = 0
      s.passed[me.self] = 0
      return 'outside'
    },
  },
)

/** How many processes have passed this level. */
function through({ passed }: State, level: number): number {
  let count = 0
  for (const p of passed.ids) if (ordinal(passed[p]) >= level) count++
  return count
}

const MutualExclusion = invariant(
  'MutualExclusion',
  'At most one process is in the critical section.',
  (s) => through(s, s.victim.ids.length) <= 1,
)

const EveryLevelFilters = invariant('EveryLevelFilters', 'Of N processes, at most N - i have passed level i.', (s) => {
  const n = s.passed.ids.length
  for (let i = 1; i < n; i++) if (through(s, i) > n - i) return false
  return true
})

export const filterLock = spec({
  name: 'classics',
  title: 'The filter lock for N processes',
  init(s) {
    const [first] = s.level.ids
    for (const i of s.victim.ids) if (first !== undefined) s.victim[i] = first
  },
  properties: [MutualExclusion, EveryLevelFilters],
})

const thread = process('thread', loop, { symmetric: true })
const contenders = (n: number) => ({ bounds: { level: n - 1 }, run: Array.from({ length: n }, () => thread({})) })

const sized = (n: number, distinct: number, generated: number, depth: number) =>
  scenario(filterLock, {
    name: `filter-lock-${n}`,
    title: `The filter lock, ${n} processes for ever`,
    set: n >= 6 ? 'nightly' : 'default',
    ...contenders(n),
    expect: { verdict: 'holds', distinct, generated, depth },
  })

const broken = (n: number, property: string, distinct: number, generated: number, depth: number) =>
  scenario(filterLock, {
    name: `filter-lock-${n}+broken`,
    title: `The filter lock without the wait, ${n} processes`,
    ...contenders(n),
    without: ['wait'],
    skip: [MutualExclusion.name, EveryLevelFilters.name].filter((name) => name !== property),
    expect: { verdict: 'violated', property, distinct, generated, depth },
  })

export const scenarios = [
  sized(2, 34, 63, 10),
  sized(3, 705, 1_726, 22),
  sized(4, 14_844, 44_121, 37),
  sized(6, 8_786_754, 35_331_481, 76),
  broken(2, 'MutualExclusion', 39, 67, 9),
  broken(3, 'EveryLevelFilters', 658, 1_507, 13),
]
