/** A scenario made concrete: how large each domain is, and where everything lies in the state. */
import { SpecFault } from '../fault.js'
import type { Domain } from '../schema/domain.js'
import type { Field, RecordField } from '../schema/field.js'
import { layout, type Place, pack, type RecordNode, type SizeOf } from '../schema/layout.js'
import { layoutProcess, type ProcessLayout } from './frames.js'
import type { Procedure } from './procedure.js'
import { type Process, Thread } from './process.js'
import type { Scenario } from './scenario.js'
import type { Spec } from './spec.js'

export interface Configuration {
  readonly sizeOf: SizeOf
  /** How many 32-bit words a state takes. */
  readonly words: number
  /** The spec's own variables. */
  readonly state: RecordNode
  readonly processes: readonly PlacedProcess[]
}

export interface PlacedProcess {
  readonly process: Process
  /** `CPU0 fault`. */
  readonly name: string
  readonly layout: ProcessLayout
  readonly place: Place
}

/** @throws SpecFault where the spec or the scenario makes no sense; the message names the place */
export function configure(scenario: Scenario): Configuration {
  const { spec, run = [] } = scenario
  const sizeOf = sizes(scenario)
  checkNames('protection', scenario.without ?? [], spec.protections)
  checkNames(
    'property',
    scenario.skip ?? [],
    spec.properties.map((p) => p.name),
  )
  const variables = layout(spec.state as RecordField<Record<string, Field>>, sizeOf, '')
  const layouts = new Map<Procedure, ProcessLayout>()
  for (const { procedure } of run) {
    if (!layouts.has(procedure)) layouts.set(procedure, layoutProcess(procedure, sizeOf))
  }
  return place(variables as RecordNode, run, layouts, sizeOf)
}

/** Packs the spec's variables and the processes together, so that small ones share words. */
function place(state: RecordNode, run: readonly Process[], layouts: ReadonlyMap<Procedure, ProcessLayout>, sizeOf: SizeOf): Configuration {
  const processes = run.map((process) => {
    const processLayout = layouts.get(process.procedure)
    if (processLayout === undefined) throw new Error(`no layout for ${process.name}`)
    return { process, layout: processLayout }
  })
  const extents = [...state.members.map((m) => m.node.extent), ...processes.map((p) => p.layout.extent)]
  const { places, extent } = pack(extents)
  const placeOf = (i: number): Place => places[i] ?? { word: 0, shift: 0 }
  const members = state.members.map((m, i) => ({ ...m, place: placeOf(i) }))
  const words = 'words' in extent ? extent.words : 1
  return {
    sizeOf,
    words,
    state: { kind: 'record', members, extent: { words } },
    processes: processes.map((p, i) => ({ ...p, name: `CPU${i} ${p.process.name}`, place: placeOf(members.length + i) })),
  }
}

function sizes(scenario: Scenario): SizeOf {
  const { bounds = {}, run = [], spec } = scenario
  const threads = Math.max(1, run.length)
  const known = new Map([[Thread.name as string, Thread as Domain]])
  const add = (domain: Domain): void => {
    const other = known.get(domain.name) ?? domain
    if (other !== domain) throw new SpecFault('schema', `two domains are called '${domain.name}'; each needs a name of its own`)
    known.set(domain.name, domain)
  }
  domainsOfSpec(spec).forEach(add)
  const procedures = new Set<Procedure>()
  for (const p of run) collect(p.procedure, procedures)
  for (const p of procedures) for (const f of Object.values({ ...p.args, ...p.locals })) domainsOf(f).forEach(add)
  checkNames(
    'domain',
    Object.keys(bounds),
    [...known.keys()].filter((name) => name !== Thread.name),
  )
  for (const domain of known.values()) checkSize(domain, bounds[domain.name] ?? domain.size)
  return (domain) => (domain === Thread ? threads : (bounds[domain.name] ?? domain.size))
}

/** Those of its state and of the parameters of its actions; some may be there twice. */
export function domainsOfSpec({ state, actions }: Pick<Spec, 'state' | 'actions'>): Domain[] {
  const fields = actions.flatMap((action): Field[] => Object.values(action.params))
  return [state as Field, ...fields].flatMap(domainsOf)
}

function collect(procedure: Procedure, into: Set<Procedure>): void {
  if (into.has(procedure)) return
  into.add(procedure)
  for (const callee of procedure.calls) collect(callee, into)
}

function domainsOf(field: Field): Domain[] {
  switch (field.kind) {
    case 'domain':
      return [field]
    case 'ref':
    case 'set':
      return [field.domain]
    case 'array':
      return [field.domain, ...domainsOf(field.of as Field)]
    case 'record':
      return Object.values(field.fields as Record<string, Field>).flatMap(domainsOf)
    default:
      return []
  }
}

/** Of a domain that is empty where no scenario says otherwise, an empty one is no mistake: it takes no room in a state. */
function checkSize({ name, size: declared }: Domain, size: number): void {
  if (Number.isInteger(size) && size >= Math.min(declared, 1) && size <= 65535) return
  throw new SpecFault(
    'schema',
    `domain '${name}' has size ${size}; expected a whole number from 1 to 65535 (a domain is empty only where it is declared so)`,
  )
}

function checkNames(what: string, names: readonly string[], known: readonly string[]): void {
  for (const name of names) {
    if (!known.includes(name)) throw new SpecFault('schema', `unknown ${what} '${name}'; this spec has ${known.join(', ') || 'none'}`)
  }
}
