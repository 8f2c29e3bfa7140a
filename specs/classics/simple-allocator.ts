/**
 * An allocator of resources to clients (SimpleAllocator.tla by Stephan Merz, in the TLA+ examples, folder allocator): a client asks for a
 * set of resources, is given them in parts, and returns what it holds, whether or not it has been given all.
 *
 * The original keeps a set of resources for each client; here each resource has a set of clients, which is the same relation. The properties
 * of all clients are said of each.
 */
import {
  array,
  choose,
  domain,
  type Id,
  language,
  type RecordView,
  type StepFairness,
  scenario,
  schema,
  set,
  strong,
  weak,
} from '../../checker/index.js'

const Client = domain('client', 3, { symmetric: true })
const Resource = domain('resource', 2, { symmetric: true })

const state = schema({
  /** The clients that have asked for the resource and not been given it. */
  unsat: array(Resource, set(Client)),
  /** The clients that hold the resource. */
  alloc: array(Resource, set(Client)),
})
type State = RecordView<typeof state.fields>
type Client = Id<'client'>
type Resource = Id<'resource'>

const { action, alwaysEventually, guard, invariant, leadsTo, spec } = language(state, { protections: ['allocate only what is available'] })

/** Any set of these resources but the empty one: as many successors as there are such sets. */
function chooseSome(resources: readonly Resource[]): readonly Resource[] {
  const members = 1 + choose(2 ** resources.length - 1)
  return resources.filter((_, i) => (members >> i) & 1)
}

/** What the client may be given now: asked for and held by nobody. */
function grantable({ unsat, alloc }: State, c: Client): readonly Resource[] {
  return unsat.ids.filter((r) => unsat[r].has(c) && (alloc[r].size === 0 || !guard('allocate only what is available')))
}

function held({ alloc }: State, c: Client): readonly Resource[] {
  return alloc.ids.filter((r) => alloc[r].has(c))
}

const Request = action('Request', {
  params: { c: Client },
  guard: (s, { c }) => s.unsat.ids.every((r) => !s.unsat[r].has(c) && !s.alloc[r].has(c)),
  effect(s, { c }) {
    for (const r of chooseSome(s.unsat.ids)) s.unsat[r].add(c)
  },
})

const Allocate = action('Allocate', {
  params: { c: Client },
  guard: (s, { c }) => grantable(s, c).length > 0,
  effect(s, { c }) {
    for (const r of chooseSome(grantable(s, c))) {
      s.unsat[r].delete(c)
      s.alloc[r].add(c)
    }
  },
})

const Return = action('Return', {
  params: { c: Client },
  guard: (s, { c }) => held(s, c).length > 0,
  effect(s, { c }) {
    for (const r of chooseSome(held(s, c))) s.alloc[r].delete(c)
  },
})

const ResourceMutex = invariant('ResourceMutex', 'No resource is held by two clients.', ({ alloc }) =>
  alloc.ids.every((r) => alloc[r].size <= 1),
)

const wants = ({ unsat }: State, c: Client): boolean => unsat.ids.some((r) => unsat[r].has(c))
const holds = (s: State, c: Client): boolean => held(s, c).length > 0

const ClientsWillReturn = leadsTo(
  'ClientsWillReturn',
  'A client that wants nothing more gives back all that it holds.',
  (s, c) => !wants(s, c),
  (s, c) => !holds(s, c),
  { each: Client },
)

const ClientsWillObtain = leadsTo('ClientsWillObtain', 'A client that wants something is given something.', wants, holds, { each: Client })

const InfOftenSatisfied = alwaysEventually('InfOftenSatisfied', 'A client again and again has all that it wants.', (s, c) => !wants(s, c), {
  each: Client,
})

const liveness = [ClientsWillReturn, ClientsWillObtain, InfOftenSatisfied]

export const simpleAllocator = spec({
  name: 'classics',
  title: 'Clients ask an allocator for resources',
  actions: [Request, Allocate, Return],
  properties: [ResourceMutex, ...liveness],
  fairness: [weak.each('c', 'Return'), strong.each('c', 'Allocate')],
})

const weakly = [weak.each('c', 'Return'), weak.each('c', 'Allocate')]

const unfair = (what: string, title: string, property: string, fairness: readonly StepFairness[]) =>
  scenario(simpleAllocator, {
    name: `simple-allocator-3-2-${what}`,
    title,
    fairness,
    skip: liveness.flatMap(({ name }) => (name === property ? [] : [name])),
    expect: { verdict: 'violated', property, distinct: 400, generated: 1_633, depth: 6 },
  })

export const scenarios = [
  scenario(simpleAllocator, {
    name: 'simple-allocator-3-2',
    title: '3 clients and 2 resources',
    expect: { verdict: 'holds', distinct: 400, generated: 1_633, depth: 6 },
  }),
  scenario(simpleAllocator, {
    name: 'simple-allocator-3-2+broken',
    title: 'A resource is given to a client while another holds it',
    without: ['allocate only what is available'],
    expect: { verdict: 'violated', property: 'ResourceMutex', distinct: 379, generated: 1_084, depth: 5 },
  }),
  unfair('clients-keep', 'A client need not return anything', ClientsWillReturn.name, []),
  unfair('clients-wait', 'The allocator need not favour a client that it can serve now and then', ClientsWillObtain.name, weakly),
  unfair('clients-starve', 'The same, of all that a client wants', InfOftenSatisfied.name, weakly),
]
