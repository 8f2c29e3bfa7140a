/**
 * States in a DuckDB file: a column for each word, and one for the depth. A depth is closed by two statements in one transaction: those found
 * that are in no depth before (an anti-join) become the next one, and the progress of the search is noted. What was found and is not
 * closed is in a temporary table, and gone when the process is.
 *
 * The client is loaded when a database is wanted: the package need not be installed.
 */
import type { DuckDBConnection, DuckDBDataChunk, DuckDBInstance, DuckDBResult } from '@duckdb/node-api'
import { DatabaseFault, type Identity, type LevelDatabase, type Progress, type StateReader, type States } from './level-database.js'

type DuckDB = typeof import('@duckdb/node-api')

/** Of what is in the file; another one is not read. */
const FORMAT = '1'
/** A database that is not kept, and writes nothing. */
const MEMORY = ':memory:'
/** Rows of a chunk: DuckDB's own measure. */
const CHUNK = 2048

export interface DuckdbOptions {
  readonly file: string
  /** For people. */
  readonly name: string
  /** Threads that the database may use besides those of the search, which waits for it. */
  readonly threads: number
}

/**
 * Opens the database, and sees whether it is of this search; one that is empty is made to be.
 *
 * @throws DatabaseFault
 */
export async function openDuckdb({ file, name, threads }: DuckdbOptions, identity: Identity, maxBytes: number): Promise<LevelDatabase> {
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
      const database = new DuckdbDatabase(client, instance, connections, identity, name)
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

class DuckdbDatabase implements LevelDatabase {
  readonly name: string
  saved: Progress | undefined
  waiting = 0
  readonly #client: DuckDB
  readonly #instance: DuckDBInstance
  readonly #connection: DuckDBConnection
  /** Reads while the other one writes. */
  readonly #reading: DuckDBConnection
  readonly #identity: Identity
  /** `w0, w1, …`: the words of a state. */
  readonly #columns: readonly string[]
  readonly #states: ChunkWriter
  readonly #found: ChunkWriter
  readonly #rest: ChunkWriter
  #isInTransaction = false

  constructor(
    client: DuckDB,
    instance: DuckDBInstance,
    [writing, reading]: readonly [DuckDBConnection, DuckDBConnection],
    identity: Identity,
    name: string,
  ) {
    this.name = name
    this.#client = client
    this.#instance = instance
    this.#connection = writing
    this.#reading = reading
    this.#identity = identity
    this.#columns = Array.from({ length: identity.words }, (_, i) => `w${i}`)
    this.#states = new ChunkWriter(client, 'states', 1 + identity.words)
    this.#found = new ChunkWriter(client, 'found', identity.words)
    this.#rest = new ChunkWriter(client, 'rest', identity.words)
  }

  /** Makes the tables, or sees whether they are of the search that is wanted. */
  async begin(): Promise<void> {
    const [tables] = await this.#rows("SELECT count(*)::INTEGER FROM duckdb_tables() WHERE table_name = 'search'")
    if (tables?.[0] === 0) await this.#create()
    else await this.#compare()
    await this.#run(`DROP TABLE IF EXISTS rest; CREATE TABLE rest (${this.#typed})`)
    await this.#run(`CREATE TEMP TABLE found (${this.#typed})`)
    const [last] = await this.#rows('SELECT progress FROM progress')
    if (last !== undefined) this.saved = JSON.parse(String(last[0]))
  }

  keep(w: Int32Array, depth: number): void {
    this.#states.add(w, depth)
  }

  find(w: Int32Array): void {
    this.waiting++
    this.#found.add(w)
  }

  leave(w: Int32Array): void {
    this.#rest.add(w)
  }

  async drain(): Promise<void> {
    await this.#guarded(async () => {
      if (!this.#states.isEmpty) await this.#begin()
      for (const writer of [this.#states, this.#found, this.#rest]) await writer.drain(this.#connection)
    })
  }

  rest(): StateReader {
    return this.#read('rest')
  }

  statesAt(depth: number): StateReader {
    return this.#read(`states WHERE depth = ${depth}`)
  }

  async close(depth: number, areDistinct: boolean): Promise<number> {
    return await this.#guarded(async () => {
      await this.#begin()
      const isSame = this.#columns.map((c) => `f.${c} = s.${c}`).join(' AND ')
      const names = this.#columns.map((c) => `f.${c}`).join()
      const fresh = `SELECT ${areDistinct ? '' : 'DISTINCT'} ${depth + 1}, ${names} FROM found f ANTI JOIN states s ON ${isSame}`
      const { rowsChanged } = await this.#connection.run(`INSERT INTO states ${fresh}`)
      await this.#run(`DROP TABLE found; CREATE TEMP TABLE found (${this.#typed})`)
      this.waiting = 0
      return rowsChanged
    })
  }

  async save(progress: Progress): Promise<void> {
    await this.#guarded(async () => {
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
    this.#instance.closeSync()
  }

  get #typed(): string {
    return this.#columns.map((c) => `${c} INTEGER NOT NULL`).join()
  }

  async #create(): Promise<void> {
    await this.#run('BEGIN')
    await this.#run(`CREATE TABLE states (depth INTEGER NOT NULL, ${this.#typed}); CREATE TABLE progress (progress VARCHAR)`)
    await this.#run('CREATE TABLE search (name VARCHAR, value VARCHAR)')
    for (const [name, value] of this.#described) await this.#connection.run('INSERT INTO search VALUES ($1, $2)', [name, value])
    await this.#run('COMMIT')
  }

  get #described(): readonly (readonly [string, string])[] {
    const { parts, words } = this.#identity
    return [['format', FORMAT], ...Object.entries(parts), ['words', String(words)]]
  }

  /** @throws DatabaseFault where it is of another search */
  async #compare(): Promise<void> {
    const found = new Map((await this.#rows('SELECT name, value FROM search')).map(([name, value]) => [String(name), String(value)]))
    for (const [name, value] of this.#described) {
      const was = found.get(name)
      if (was === value) continue
      const what = `its ${name} is '${was ?? ''}', and that of this search is '${value}'`
      throw new DatabaseFault('refused', `${this.name} is of another search: ${what}; it was left as it is: name another file`)
    }
  }

  async #begin(): Promise<void> {
    if (this.#isInTransaction) return
    await this.#run('BEGIN')
    this.#isInTransaction = true
  }

  #read(from: string): StateReader {
    const query = `SELECT ${this.#columns.join()} FROM ${from}`
    let result: DuckDBResult | undefined
    let isOver = false
    const next = async (): Promise<States | undefined> => {
      if (isOver) return undefined
      result ??= await this.#reading.stream(query)
      const chunk = await result.fetchChunk()
      isOver = chunk === null || chunk.rowCount === 0
      return chunk === null || isOver ? undefined : this.#statesOf(chunk)
    }
    return { next: () => this.#guarded(next) }
  }

  #statesOf(chunk: DuckDBDataChunk): States {
    const columns = this.#columns.map((_, i) => itemsOf(this.#client, chunk, i))
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

/** The integers of a column: not copied, and never a value of JavaScript's each. */
function itemsOf(client: DuckDB, chunk: DuckDBDataChunk, column: number): Int32Array {
  const vector = chunk.getColumnVector(column)
  if (!(vector instanceof client.DuckDBIntegerVector)) throw new Error(`column ${column} is of ${vector.type}`)
  return (vector as unknown as { readonly items: Int32Array }).items
}

/** Rows of integers on their way into a table. */
class ChunkWriter {
  readonly #client: DuckDB
  readonly #table: string
  readonly #width: number
  readonly #full: DuckDBDataChunk[] = []
  readonly #columns: readonly Int32Array[]
  #count = 0

  constructor(client: DuckDB, table: string, width: number) {
    this.#client = client
    this.#table = table
    this.#width = width
    this.#columns = Array.from({ length: width }, () => new Int32Array(CHUNK))
  }

  get isEmpty(): boolean {
    return this.#count === 0 && this.#full.length === 0
  }

  /** Adds a row: `first`, if it is given, and the words. */
  add(w: Int32Array, first?: number): void {
    const columns = this.#columns
    const at = this.#count++
    let column = 0
    if (first !== undefined) (columns[column++] as Int32Array)[at] = first
    for (let i = 0; i < w.length; i++) (columns[column++] as Int32Array)[at] = w[i] as number
    if (this.#count === CHUNK) this.#finish()
  }

  async drain(connection: DuckDBConnection): Promise<void> {
    if (this.#count > 0) this.#finish()
    if (this.#full.length === 0) return
    const appender = await connection.createAppender(this.#table)
    for (const chunk of this.#full.splice(0)) appender.appendDataChunk(chunk)
    appender.closeSync()
  }

  /** Makes a chunk of the rows. */
  #finish(): void {
    const { DuckDBDataChunk, INTEGER } = this.#client
    const chunk = DuckDBDataChunk.create(Array(this.#width).fill(INTEGER), this.#count)
    for (const [i, column] of this.#columns.entries()) {
      itemsOf(this.#client, chunk, i).set(column.subarray(0, this.#count))
      chunk.getColumnVector(i).flush()
    }
    this.#full.push(chunk)
    this.#count = 0
  }
}
