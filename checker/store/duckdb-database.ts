/**
 * States in a DuckDB file (duckdb-tables.ts). A depth is closed by statements in one transaction: those found that are in no depth before (an anti-join)
 * become the next one, and the progress of the search is noted. What was found and is not closed is in a temporary table, and gone when the
 * process is.
 *
 * The client is loaded when a database is wanted: the package need not be installed.
 */
import type { DuckDBConnection, DuckDBDataChunk, DuckDBInstance, DuckDBResult } from '@duckdb/node-api'
import { ChunkWriter, type DuckDB, itemsOf } from './duckdb-chunks.js'
import { type Kept, type Tables, tablesOf, typed } from './duckdb-tables.js'
import { DatabaseFault, type Identity, type LevelDatabase, type Progress, type StateReader, type States } from './level-database.js'

/** Of what is in the file; another one is not read. */
const FORMAT = '1'
/** How a file says what it keeps of states, as people ask for it; one of before there was a choice says nothing. */
const STORE = 'store'
const stores = { states: 'duckdb', fingerprints: 'duckdb-compact' } as const
/** A database that is not kept, and writes nothing. */
const MEMORY = ':memory:'

export interface DuckdbOptions {
  readonly file: string
  /** For people. */
  readonly name: string
  /** Threads that the database may use besides those of the search, which waits for it. */
  readonly threads: number
  /** What it keeps of states that need not be expanded any more; all of each, unless it is given. */
  readonly kept?: Kept
}

/**
 * Opens the database, and sees whether it is of this search; one that is empty is made to be.
 *
 * @throws DatabaseFault
 */
export async function openDuckdb(
  { file, name, threads, kept = 'states' }: DuckdbOptions,
  identity: Identity,
  maxBytes: number,
): Promise<LevelDatabase> {
  const client = await load()
  const options = {
    memory_limit: `${Math.ceil(maxBytes / 2 ** 20)}MiB`,
    threads: String(threads),
    preserve_insertion_order: 'false',
    ...(file === MEMORY && { temp_directory: '' }),
  }
  return await guarded(name, async () => {
    const instance = await client.DuckDBInstance.create(file, options)
    try {
      const connections = [await instance.connect(), await instance.connect()] as const
      const database = new DuckdbDatabase({ client, instance, connections, identity, kept, name })
      await database.begin()
      return database
    } catch (error) {
      instance.closeSync()
      throw error
    }
  })
}

/** Makes an empty database for this search, and leaves it. */
export async function createDuckdb(options: DuckdbOptions, identity: Identity, maxBytes: number): Promise<void> {
  const database = await openDuckdb(options, identity, maxBytes)
  await database.end()
}

async function load(): Promise<DuckDB> {
  try {
    return await import('@duckdb/node-api')
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n', 1)[0] : String(error)
    throw new DatabaseFault('refused', `the package @duckdb/node-api cannot be loaded (${why}); npm install @duckdb/node-api`)
  }
}

/** What the client throws, as a fault of this database. */
async function guarded<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof DatabaseFault ? error : faultOf(name, error)
  }
}

function faultOf(name: string, error: unknown): DatabaseFault {
  const said = (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? ''
  if (/not a valid DuckDB database|Could not read|checksum|corrupt|Serialization Error|INTERNAL/i.test(said))
    return new DatabaseFault('failed', `${name} is no DuckDB database, or is damaged (${said}); it was left as it is: name another file`)
  if (/lock/i.test(said)) return new DatabaseFault('refused', `${name} is in use by another process (${said})`)
  if (/No space left|ENOSPC|disk is full|Could not write/i.test(said))
    return new DatabaseFault('failed', `${name}: no space is left (${said}); free some, and go on with --resume`)
  if (/Out of Memory/i.test(said))
    return new DatabaseFault('failed', `${name}: out of memory (${said}); go on with --resume and a larger --max-memory`)
  return new DatabaseFault('failed', `${name}: ${said}`)
}

interface Parts {
  readonly client: DuckDB
  readonly instance: DuckDBInstance
  /** One that writes; and one that reads meanwhile. */
  readonly connections: readonly [DuckDBConnection, DuckDBConnection]
  readonly identity: Identity
  readonly kept: Kept
  readonly name: string
}

class DuckdbDatabase implements LevelDatabase {
  readonly name: string
  saved: Progress | undefined
  waiting = 0
  readonly #parts: Parts
  readonly #connection: DuckDBConnection
  readonly #reading: DuckDBConnection
  readonly #tables: Tables
  readonly #rest: ChunkWriter
  #isInTransaction = false

  constructor(parts: Parts) {
    const { client, connections, identity, kept, name } = parts
    this.name = name
    this.#parts = parts
    this.#connection = connections[0]
    this.#reading = connections[1]
    this.#tables = tablesOf(kept, client, identity.words)
    this.#rest = new ChunkWriter(client, 'rest', identity.words)
  }

  /** Makes the tables, or sees whether they are of the search that is wanted. */
  async begin(): Promise<void> {
    const [tables] = await this.#rows("SELECT count(*)::INTEGER FROM duckdb_tables() WHERE table_name = 'search'")
    if (tables?.[0] === 0) await this.#create()
    else await this.#compare()
    await this.#run(`DROP TABLE IF EXISTS rest; CREATE TABLE rest (${typed(this.#tables.words)})`)
    await this.#run(this.#tables.foundMade)
    const [last] = await this.#rows('SELECT progress FROM progress')
    if (last !== undefined) this.saved = JSON.parse(String(last[0]))
  }

  keep(w: Int32Array, depth: number): void {
    this.#tables.keep(w, depth)
  }

  find(w: Int32Array): void {
    this.waiting++
    this.#tables.find(w)
  }

  leave(w: Int32Array): void {
    this.#rest.add(w)
  }

  async drain(): Promise<void> {
    if (this.#writers.some(({ isGroup }) => isGroup)) await this.#guarded(() => this.#write('drainGroups'))
  }

  rest(): StateReader {
    return this.#read('rest')
  }

  statesAt(depth: number): StateReader {
    return this.#read(this.#tables.at(depth))
  }

  async close(depth: number, areDistinct: boolean): Promise<number> {
    return await this.#guarded(async () => {
      await this.#write()
      await this.#begin()
      const size = await this.#tables.close(this.#connection, depth, areDistinct)
      await this.#run(`DROP TABLE found; ${this.#tables.foundMade}`)
      this.waiting = 0
      return size
    })
  }

  async save(progress: Progress): Promise<void> {
    await this.#guarded(async () => {
      await this.#write()
      await this.#begin()
      await this.#run('DELETE FROM progress; DELETE FROM rest')
      await this.#connection.run('INSERT INTO progress VALUES ($1)', [JSON.stringify(progress)])
      await this.#run('COMMIT')
    })
    this.#isInTransaction = false
  }

  async size(): Promise<number> {
    return await this.#guarded(async () => {
      await this.#run(this.#isInTransaction ? 'ROLLBACK; CHECKPOINT' : 'CHECKPOINT')
      this.#isInTransaction = false
      const [size] = await this.#rows(
        'SELECT (total_blocks * block_size)::DOUBLE FROM pragma_database_size() WHERE database_name = current_database()',
      )
      return Number(size?.[0] ?? 0)
    })
  }

  async end(): Promise<void> {
    this.#reading.closeSync()
    this.#connection.closeSync()
    this.#parts.instance.closeSync()
  }

  async #create(): Promise<void> {
    await this.#run('BEGIN')
    await this.#run(`${this.#tables.made}; CREATE TABLE progress (progress VARCHAR)`)
    await this.#run('CREATE TABLE search (name VARCHAR, value VARCHAR)')
    for (const [name, value] of this.#described) await this.#connection.run('INSERT INTO search VALUES ($1, $2)', [name, value])
    await this.#run('COMMIT')
  }

  get #described(): readonly (readonly [string, string])[] {
    const { parts, words } = this.#parts.identity
    return [['format', FORMAT], [STORE, stores[this.#parts.kept]], ...Object.entries(parts), ['words', String(words)]]
  }

  /** @throws DatabaseFault where it is of another search */
  async #compare(): Promise<void> {
    const found = new Map((await this.#rows('SELECT name, value FROM search')).map(([name, value]) => [String(name), String(value)]))
    for (const [name, value] of this.#described) {
      const was = found.get(name) ?? (name === STORE ? stores.states : undefined)
      if (was === value) continue
      const what = `its ${name} is '${was ?? ''}', and that of this search is '${value}'`
      throw new DatabaseFault('refused', `${this.name} is of another search: ${what}; it was left as it is: name another file`)
    }
  }

  get #writers(): readonly ChunkWriter[] {
    return [...this.#tables.writers, this.#rest]
  }

  /** Writes what was taken: all of it, or whole groups of rows. */
  async #write(how: 'drain' | 'drainGroups' = 'drain'): Promise<void> {
    const { cleared, isKeeping } = this.#tables
    if (isKeeping && (await this.#begin()) && cleared !== undefined) await this.#run(cleared)
    for (const writer of this.#writers) await writer[how](this.#connection)
  }

  /** Answers whether a transaction begins here. */
  async #begin(): Promise<boolean> {
    if (this.#isInTransaction) return false
    await this.#run('BEGIN')
    this.#isInTransaction = true
    return true
  }

  #read(from: string): StateReader {
    const query = `SELECT ${this.#tables.words.join()} FROM ${from}`
    let result: DuckDBResult | undefined
    let isOver = false
    const next = async (): Promise<States | undefined> => {
      if (isOver) return undefined
      result ??= await this.#stream(query)
      const chunk = await result.fetchChunk()
      isOver = chunk === null || chunk.rowCount === 0
      return chunk === null || isOver ? undefined : this.#statesOf(chunk)
    }
    return { next: () => this.#guarded(next) }
  }

  async #stream(query: string): Promise<DuckDBResult> {
    await this.#write()
    return await this.#reading.stream(query)
  }

  #statesOf(chunk: DuckDBDataChunk): States {
    const columns = this.#tables.words.map((_, i) => itemsOf(this.#parts.client, chunk, i))
    return {
      count: chunk.rowCount,
      read(index, into, and) {
        for (let i = 0; i < columns.length; i++) {
          const word = (columns[i] as Int32Array)[index] as number
          into[i] = word
          and[i] = word
        }
      },
    }
  }

  async #run(statements: string): Promise<void> {
    await this.#connection.run(statements)
  }

  async #rows(query: string): Promise<readonly (readonly unknown[])[]> {
    return await (await this.#connection.run(query)).getRows()
  }

  async #guarded<T>(work: () => Promise<T>): Promise<T> {
    return await guarded(this.name, work)
  }
}
