/** A cluster of ClickHouse servers, which know nothing of each other; each has a database of the name of the search. */
import { ClickhouseServer } from './clickhouse-server.js'
import { CLAIM_SECONDS, ClickhouseBoard, ClickhouseShard, STATES_OF_TASK } from './clickhouse-shard.js'
import { Cluster } from './cluster.js'
import { DatabaseFault, type Identity } from './level-database.js'

/** Of what is in the databases, which is part of their name. */
const FORMAT = 2

export interface ClickhouseOptions {
  /** Of each server, in the same order for all explorers. */
  readonly urls: readonly string[]
  /** Unlike that of any other; letters, digits and underscores. */
  readonly explorer: string
}

/**
 * Opens the cluster, and makes what is not there.
 *
 * @throws DatabaseFault
 */
export async function openClickhouse({ urls, explorer }: ClickhouseOptions, identity: Identity): Promise<Cluster> {
  const servers: ClickhouseServer[] = []
  try {
    for (const url of urls) servers.push(await ClickhouseServer.at(url))
    const name = databaseOf(identity, urls.length)
    for (const [i, server] of servers.entries()) await begin(server, name, i, urls.length)
    const shards = servers.map((server) => new ClickhouseShard(server, name, identity.words))
    for (const shard of shards) await shard.begin()
    const [first] = servers
    if (first === undefined) throw new Error('a cluster has a server')
    const board = new ClickhouseBoard(first, name)
    await board.begin()
    const parts = { shards, board, words: identity.words, explorer, statesOfTask: STATES_OF_TASK, claimMs: 1000 * CLAIM_SECONDS }
    const cluster = new Cluster({ name: `${name} on ${servers.map((server) => server.name).join(', ')}`, ...parts })
    await cluster.begin()
    return cluster
  } catch (error) {
    await Promise.all(servers.map((server) => server.end()))
    throw error
  }
}

/** Searches that differ in anything have another database. */
function databaseOf({ parts }: Identity, servers: number): string {
  return ['swapcheck', FORMAT, ...Object.values(parts), `on ${servers}`].join('_').replace(/\W+/g, '_')
}

/** Makes the database, and sees whether the server has the same place in it as before. */
async function begin(server: ClickhouseServer, database: string, index: number, count: number): Promise<void> {
  const place = `shard ${index + 1} of ${count}`
  const read = async () => (await server.rows(`SELECT DISTINCT place FROM ${database}.search`)).map((row) => String(row.place))
  await server.create(`DATABASE ${database}`)
  await server.create(`TABLE ${database}.search (place String) ENGINE = MergeTree ORDER BY place`)
  if ((await read()).length === 0) await server.insert(`${database}.search`, [{ place }])
  const other = (await read()).find((was) => was !== place)
  if (other === undefined) return
  const what = `${server.name} is ${other} in ${database}, and this command has it as ${place}`
  throw new DatabaseFault('refused', `${what}; give all explorers the same URLs in the same order, or drop the database`)
}
