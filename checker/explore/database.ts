/** The database beside a search's memory, as a search is asked for it: whose it is, and who of the two takes how much memory. */
import { temporalOf } from '../liveness/instance.js'
import type { Procedure } from '../machine/procedure.js'
import type { Scenario } from '../machine/scenario.js'
import type { System } from '../machine/system.js'
import type { Cluster } from '../store/cluster.js'
import type { Identity, OpenDatabase } from '../store/level-database.js'
import type { OpenCluster } from './cluster-place.js'
import type { DatabaseUse } from './database-place.js'
import type { ExploreOptions, StoreKind } from './report.js'

export interface DatabaseOption {
  readonly open: OpenDatabase
  /** Where `open` gives one of fingerprints: one that keeps all of each state, for the search for the way to what was found. */
  readonly openWhole?: OpenDatabase
  /** Of swapcheck: another one may search otherwise. */
  readonly version: string
}

export interface ClusterOption {
  /** @throws DatabaseFault */
  readonly open: (identity: Identity) => Promise<Cluster>
  /** Of swapcheck: explorers of another one do not join. */
  readonly version: string
}

/** What else is in the process takes so much of a budget, but no more than a share. */
const ELSE = 192 * 2 ** 20
const SHARE_OF_ELSE = 1 / 4
/** Of the rest, a share is for the database: it wants this much at least, and can do with that. */
const SHARE_OF_DATABASE = 1 / 4
const LEAST = 64 * 2 ** 20
const DEFAULT = 2 ** 30

/** Bytes for the states in memory, and for the database; the two and the process itself keep to a budget of 512 MB or more. */
export function shares(maxBytes: number | undefined): { readonly memory: number; readonly database: number } {
  if (maxBytes === undefined) return { memory: Number.POSITIVE_INFINITY, database: DEFAULT }
  const rest = maxBytes - Math.min(ELSE, maxBytes * SHARE_OF_ELSE)
  const database = Math.max(LEAST, rest * SHARE_OF_DATABASE)
  return { memory: Math.max(rest - database, rest / 2), database }
}

/** Are its states in a database on disk from the beginning? */
export function isOnDisk(store: StoreKind | undefined): boolean {
  return store === 'duckdb' || store === 'duckdb-compact'
}

/** The database that the options ask for; undefined where there is none, or none that could serve this search. */
export function databaseUse({ store, database, maxBytes, reduction }: ExploreOptions, system: System): DatabaseUse | undefined {
  const isLate = store === undefined || store === 'memory'
  if (database === undefined || (isLate && (temporalOf(system.scenario).length > 0 || reduction === 'partial-order'))) return undefined
  const identity = identityOf(system, database.version, reduction)
  return { open: () => database.open(identity, shares(maxBytes).database), isLate, isCompact: store === 'duckdb-compact' }
}

/** The cluster that the options ask for, if they do. */
export function clusterUse({ store, cluster, reduction }: ExploreOptions, system: System): OpenCluster | undefined {
  if (store !== 'clickhouse' || cluster === undefined) return undefined
  const identity = identityOf(system, cluster.version, reduction)
  return () => cluster.open(identity)
}

/** Why a scenario cannot be searched in a database, in a sentence; undefined where it can. */
export function whyNotInDatabase({ store, reduction }: ExploreOptions, scenario: Scenario): string | undefined {
  if (!isOnDisk(store) && store !== 'clickhouse') return undefined
  const also = `the store '${store}' does not do that`
  if (temporalOf(scenario).length > 0) return `${scenario.id} has temporal properties, whose cycles are looked for in memory; ${also}`
  return reduction === 'partial-order' ? `partial-order reduction takes several searches, each in memory; ${also}` : undefined
}

/** @throws RangeError where a database is asked for what it cannot do */
export function refuseInDatabase(options: ExploreOptions, scenario: Scenario): void {
  const why = whyNotInDatabase(options, scenario)
  if (why !== undefined) throw new RangeError(why)
  if (isOnDisk(options.store) && options.database === undefined) throw new RangeError(`the store '${options.store}' is given no database`)
  if (options.store === 'clickhouse' && options.cluster === undefined) throw new RangeError("the store 'clickhouse' is given no cluster")
}

/** What a search must have in common with another to go on with its states. */
function identityOf({ scenario, words, steps }: System, version: string, reduction: string | undefined): Identity {
  const { spec, run = [], without = [], bounds = {} } = scenario
  const described = {
    steps: steps.map(({ name }) => name),
    bounds,
    without,
    processes: run.map(({ name, args }) => [name, args]),
    sources: [
      ...spec.actions.flatMap(({ guard, effect }) => [guard, effect]),
      ...run.flatMap(({ procedure }) => [...withCalled(procedure)].flatMap(({ steps }) => [...steps.values()])),
      ...[...spec.properties, ...(scenario.properties ?? [])].flatMap((p) => Object.values(p).filter((v) => typeof v === 'function')),
      scenario.init,
      spec.final,
    ].map(String),
  }
  const parts = { version, scenario: scenario.id, reduction: reduction ?? 'none', source: digest(JSON.stringify(described)) }
  return { parts, words }
}

/** A procedure, and all that it calls. */
function withCalled(procedure: Procedure, all = new Set<Procedure>()): Set<Procedure> {
  if (all.has(procedure)) return all
  all.add(procedure)
  for (const called of procedure.calls) withCalled(called, all)
  return all
}

/** Of a text: 16 hexadecimal digits, by FNV-1a in two halves. */
function digest(text: string): string {
  let [a, b] = [0x811c9dc5, 0x01000193]
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    a = Math.imul(a ^ code, 0x01000193)
    b = Math.imul(b ^ code ^ (a >>> 13), 0x01000193)
  }
  return [a, b].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('')
}
