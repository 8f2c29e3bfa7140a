/** Rows of integers, in and out of DuckDB by chunks of columns: as typed arrays, without a value of JavaScript for each. */
import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api'

export type DuckDB = typeof import('@duckdb/node-api')

/** Rows of a chunk: DuckDB's own measure. */
const CHUNK = 2048
/** Chunks of a group of rows of DuckDB's, that a table takes over as it is: others are copied again, or make small groups. */
const GROUP = 60

/** The integers of a column, not copied. */
export function itemsOf(client: DuckDB, chunk: DuckDBDataChunk, column: number): Int32Array {
  const vector = chunk.getColumnVector(column)
  if (!(vector instanceof client.DuckDBIntegerVector)) throw new Error(`column ${column} is of ${vector.type}`)
  return (vector as unknown as { readonly items: Int32Array }).items
}

/** Rows of integers on their way into a table. */
export class ChunkWriter {
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

  /** Does a whole group of rows wait? */
  get isGroup(): boolean {
    return this.#full.length >= GROUP
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

  /** Writes the whole groups that wait. */
  async drainGroups(connection: DuckDBConnection): Promise<void> {
    while (this.isGroup) await this.#write(connection, GROUP)
  }

  /** Writes all that wait. */
  async drain(connection: DuckDBConnection): Promise<void> {
    await this.drainGroups(connection)
    if (this.#count > 0) this.#finish()
    if (this.#full.length > 0) await this.#write(connection, this.#full.length)
  }

  async #write(connection: DuckDBConnection, chunks: number): Promise<void> {
    const appender = await connection.createAppender(this.#table)
    for (const chunk of this.#full.splice(0, chunks)) appender.appendDataChunk(chunk)
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
