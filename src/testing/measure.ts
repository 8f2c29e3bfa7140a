/** What a scenario of one process shows of its cost: the longest way through it, the variables that its steps touch, and the locks that it holds. */
import {
  type Decoded,
  type DecodedRecord,
  type Field,
  type Fields,
  type ReachableGraph,
  type RecordField,
  reachable,
  rewrite,
  type Scenario,
} from '../../checker/index.js'

const MOST_STATES = 20_000

export interface Measured {
  readonly graph: ReachableGraph
  /** The variables that each step of the process has read or written, by `procedure.step`. */
  readonly touched: ReadonlyMap<string, ReadonlySet<string>>
}

export function measured(scenario: Scenario): Measured {
  const touched = new Map<string, Set<string>>()
  const watched = rewrite(scenario, ({ procedure, label, run }) => {
    const name = `${procedure.name}.${label}`
    const variables = touched.get(name) ?? new Set<string>()
    touched.set(name, variables)
    return (s, me) => run(noting(s, variables), me)
  })
  const graph = reachable(watched, MOST_STATES)
  if (graph === undefined) throw new Error(`${scenario.id}: more than ${MOST_STATES} states`)
  return { graph, touched }
}

/** A state that notes which of its variables somebody asks for. */
function noting(state: object, variables: Set<string>): object {
  return new Proxy(state, {
    get(target, key) {
      if (typeof key === 'string') variables.add(key)
      return Reflect.get(target, key, target)
    },
    set(target, key, value) {
      if (typeof key === 'string') variables.add(key)
      return Reflect.set(target, key, value, target)
    },
  })
}

/** The steps of the way from an initial state that weighs most, by `procedure.step`. Where there is a circle there is none. */
export function heaviest({ graph }: Measured, weight: (step: string) => number): readonly string[] {
  const known = new Map<number, { readonly weight: number; readonly steps: readonly string[] }>()
  const open = new Set<number>()
  const from = (state: number): { readonly weight: number; readonly steps: readonly string[] } => {
    const before = known.get(state)
    if (before !== undefined) return before
    if (open.has(state)) throw new Error('a way goes in a circle')
    open.add(state)
    let best: { weight: number; steps: readonly string[] } = { weight: 0, steps: [] }
    for (const { step, to } of graph.steps[state] ?? []) {
      if (to === state) continue
      const rest = from(to)
      const total = rest.weight + weight(step.step)
      if (total > best.weight || best.steps.length === 0) best = { weight: total, steps: [step.step, ...rest.steps] }
    }
    open.delete(state)
    known.set(state, best)
    return best
  }
  const ways = graph.initial.map(from)
  return ways.reduce((a, b) => (b.weight > a.weight ? b : a)).steps
}

/** The largest sets of locks that a process holds at once, each as the paths of its locks: `pte[].ptl`. */
export function locksTogether(scenario: Scenario, { graph }: Measured): readonly (readonly string[])[] {
  const sets = graph.states.map(({ variables }) => [...new Set(heldIn(scenario.spec.state, variables, ''))].sort())
  const most = Math.max(...sets.map((set) => set.length))
  const largest = new Map(sets.filter((set) => set.length === most && most > 0).map((set) => [set.join(), set]))
  return [...largest.values()].sort((a, b) => (a.join() < b.join() ? -1 : 1))
}

/** Ghosts that point to threads and are no locks. */
const noLocks = new Set(['pin[]', 'device.rcu_waits_for', 'device.waiting'])

function heldIn(field: Field, value: Decoded, path: string): string[] {
  if (noLocks.has(path)) return []
  if (field.kind === 'ref') return field.domain.name === 'thread' && value !== 0 && value !== null ? [named(path)] : []
  if (field.kind === 'set') return field.domain.name === 'thread' && (value as { size: number }).size > 0 ? [named(path)] : []
  if (field.kind === 'record') {
    const record = value as DecodedRecord
    return Object.entries((field as RecordField<Fields>).fields).flatMap(([name, of]) =>
      heldIn(of, record[name] as Decoded, path === '' ? name : `${path}.${name}`),
    )
  }
  if (field.kind !== 'array') return []
  return [...(value as Iterable<[number, Decoded]>)].flatMap(([, element]) => heldIn(field.of as Field, element, `${path}[]`))
}

const named = (path: string): string => path.replace(/\.(owner|writer|readers)$/, '').replace(/\.locked_by$/, '.PG_locked')

/** Is there such a field in the state: `desc[].swap_refs`? */
export function hasField(state: RecordField, path: string): boolean {
  let field: Field | undefined = state
  for (const part of path.split('.')) {
    const [, name = '', ...indices] = /^(\w+)((?:\[\])*)$/.exec(part) ?? []
    field = field?.kind === 'record' ? (field as RecordField<Fields>).fields[name] : undefined
    for (let i = 0; i < (indices[0] ?? '').length / 2; i++) field = field?.kind === 'array' ? (field.of as Field) : undefined
  }
  return field !== undefined
}
