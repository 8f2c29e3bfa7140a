/**
 * Readers and writers, served fairly from one queue (ReadersWriters.tla by Isaac DeFrain, in the TLA+ examples; the non-properties are
 * those of its MC.tla).
 *
 * The original's invariant Safety is here as its two conjuncts. Its queue has no bound; each actor waits in it at most once to read and
 * once to write, so two places for each actor are enough. Left out: liveness and fairness.
 */
import { array, domain, type Id, language, oneOf, type RecordView, record, ref, scenario, schema, set } from '../../checker/index.js'

const Actor = domain('actor', 3, { symmetric: true })
const Place = domain('place', 6)

const state = schema({
  readers: set(Actor),
  writers: set(Actor),
  /** The queue, its head first; places without an actor are empty. */
  waiting: array(Place, record({ actor: ref(Actor), to: oneOf('read', 'write') })),
})
type State = RecordView<typeof state.fields>
interface Request {
  readonly actor: Id<'actor'>
  readonly to: 'read' | 'write'
}

const { action, guard, invariant, mustFail, spec } = language(state, {
  protections: ['wait for the writer', 'a writer waits for the readers'],
})

function queue({ waiting }: State): Request[] {
  return waiting.ids.flatMap((p) => {
    const { actor, to } = waiting[p]
    return actor === 0 ? [] : [{ actor, to }]
  })
}

function setQueue({ waiting }: State, requests: readonly Request[]): void {
  for (const [i, p] of waiting.ids.entries()) {
    waiting[p].actor = requests[i]?.actor ?? 0
    waiting[p].to = requests[i]?.to ?? 'read'
  }
}

/** The actors that wait to read, or to write, in the order of the queue. */
function waitingTo(s: State, to: Request['to']): Request['actor'][] {
  return queue(s).flatMap((request) => (request.to === to ? [request.actor] : []))
}

const TryRead = action('TryRead', {
  params: { actor: Actor },
  guard: (s, { actor }) => !waitingTo(s, 'read').includes(actor),
  effect: (s, { actor }) => setQueue(s, [...queue(s), { actor, to: 'read' }]),
})

const TryWrite = action('TryWrite', {
  params: { actor: Actor },
  guard: (s, { actor }) => !waitingTo(s, 'write').includes(actor),
  effect: (s, { actor }) => setQueue(s, [...queue(s), { actor, to: 'write' }]),
})

const Read = action('Read', {
  guard: (s) => mayServe(s, 'read'),
  effect(s) {
    const [head, ...rest] = queue(s)
    if (head !== undefined) s.readers.add(head.actor)
    setQueue(s, rest)
  },
})

const Write = action('Write', {
  guard: (s) => mayServe(s, 'write') && (s.readers.size === 0 || !guard('a writer waits for the readers')),
  effect(s) {
    const [head, ...rest] = queue(s)
    if (head !== undefined) s.writers.add(head.actor)
    setQueue(s, rest)
  },
})

/** Does the head of the queue want this, and is nobody writing? */
function mayServe(s: State, to: Request['to']): boolean {
  return queue(s)[0]?.to === to && (s.writers.size === 0 || !guard('wait for the writer'))
}

const Stop = action('Stop', {
  params: { actor: Actor },
  guard: (s, { actor }) => s.readers.has(actor) || s.writers.has(actor),
  effect(s, { actor }) {
    if (s.readers.has(actor)) s.readers.delete(actor)
    else s.writers.delete(actor)
  },
})

const NoReadDuringWrite = invariant(
  'NoReadDuringWrite',
  'Nobody reads while somebody writes.',
  (s) => s.readers.size === 0 || s.writers.size === 0,
)

const OneWriter = invariant('OneWriter', 'At most one actor writes.', (s) => s.writers.size <= 1)

const NotAllRead = mustFail('NotAllRead', 'Not all actors read at the same time.', (s) => s.readers.size < 3)

const NotAllWaitToWrite = mustFail(
  'NotAllWaitToWrite',
  'Not all actors wait to write at the same time.',
  (s) => waitingTo(s, 'write').length < 3,
)

const WaitersAgree = mustFail(
  'WaitersAgree',
  'While one waits to read, nobody waits to write, and the other way round.',
  (s) => waitingTo(s, 'read').length === 0 || waitingTo(s, 'write').length === 0,
)

export const readersWriters = spec({
  name: 'classics',
  title: 'Readers and writers, served from one queue',
  actions: [TryRead, TryWrite, Read, Write, Stop],
  properties: [NoReadDuringWrite, OneWriter, NotAllRead, NotAllWaitToWrite, WaitersAgree],
})

const broken = (what: string, title: string, without: string, property: string, distinct: number, generated: number, depth: number) =>
  scenario(readersWriters, {
    name: `readers-writers-3-${what}+broken`,
    title,
    without: [without],
    skip: [NoReadDuringWrite.name, OneWriter.name].filter((name) => name !== property),
    expect: { verdict: 'violated', property, distinct, generated, depth },
  })

export const scenarios = [
  scenario(readersWriters, {
    name: 'readers-writers-3',
    title: 'Three actors, each reading and writing',
    expect: { verdict: 'holds', distinct: 21_527, generated: 59_674, depth: 13 },
  }),
  broken('hasty-writer', 'A writer does not wait for the readers', 'a writer waits for the readers', 'NoReadDuringWrite', 751, 949, 5),
  broken('second-writer', 'A writer does not wait for the writer before it', 'wait for the writer', 'OneWriter', 754, 958, 5),
]
