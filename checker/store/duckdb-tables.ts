/**
 * Which tables of a DuckDB file hold the states of a search: all of each, by depth; or of each a fingerprint, and all of those that are to be expanded.
 * A depth is closed by an anti-join of what was found with what is known.
 */
import type { DuckDBConnection } from '@duckdb/node-api'
import { ChunkWriter, type DuckDB } from './duckdb-chunks.js'
import { FINGERPRINT_WORDS, Fingerprint } from './fingerprint.js'

/** What a file keeps of a state of which more is not needed. */
export type Kept = 'states' | 'fingerprints'

/** What was found since the depth began is in a table of that name, which is gone when the process is. */
const FOUND = 'found'

export interface Tables {
  /** `w0, w1, …`: the words of a state. */
  readonly words: readonly string[]
  /** A statement that makes those that are kept. */
  readonly made: string
  /** Are states on their way that `keep` has taken? */
  readonly isKeeping: boolean
  /** A statement before the first state of a depth that `keep` takes, if one is needed. */
  readonly cleared: string | undefined
  /** A statement that makes the table of what is found. */
  readonly foundMade: string
  /** Takes a state of a depth, which is new. */
  keep(w: Int32Array, depth: number): void
  /** Takes a state that may be one of the next depth. */
  find(w: Int32Array): void
  /** What is on its way. */
  readonly writers: readonly ChunkWriter[]
  /** A query for the states of a depth, behind `FROM`; the last one alone, where not all of each state is kept. */
  at(depth: number): string
  /** Makes the next depth of what was found; answers its size. */
  close(connection: DuckDBConnection, depth: number, areDistinct: boolean): Promise<number>
}

export function tablesOf(kept: Kept, client: DuckDB, words: number): Tables {
  return kept === 'states' ? new StateTables(client, words) : new FingerprintTables(client, words)
}

const named = (letter: string, count: number): readonly string[] => Array.from({ length: count }, (_, i) => `${letter}${i}`)
export const typed = (columns: readonly string[]): string => columns.map((c) => `${c} INTEGER NOT NULL`).join()
const areEqual = (columns: readonly string[]): string => columns.map((c) => `f.${c} = k.${c}`).join(' AND ')
/** Of what was found, what is not known. */
const fresh = (columns: readonly string[], areDistinct: boolean, known: string, by: readonly string[]): string =>
  `SELECT ${areDistinct ? '' : 'DISTINCT '}${columns.map((c) => `f.${c}`).join()} FROM ${FOUND} f ANTI JOIN ${known} k ON ${areEqual(by)}`

class StateTables implements Tables {
  readonly words: readonly string[]
  readonly cleared = undefined
  readonly #states: ChunkWriter
  readonly #found: ChunkWriter

  constructor(client: DuckDB, words: number) {
    this.words = named('w', words)
    this.#states = new ChunkWriter(client, 'states', 1 + words)
    this.#found = new ChunkWriter(client, FOUND, words)
  }

  get made(): string {
    return `CREATE TABLE states (${typed(['depth', ...this.words])})`
  }

  get foundMade(): string {
    return `CREATE TEMP TABLE ${FOUND} (${typed(this.words)})`
  }

  get isKeeping(): boolean {
    return !this.#states.isEmpty
  }

  keep(w: Int32Array, depth: number): void {
    this.#states.add(w, depth)
  }

  find(w: Int32Array): void {
    this.#found.add(w)
  }

  get writers(): readonly ChunkWriter[] {
    return [this.#states, this.#found]
  }

  at(depth: number): string {
    return `states WHERE depth = ${depth}`
  }

  async close(connection: DuckDBConnection, depth: number, areDistinct: boolean): Promise<number> {
    const next = fresh(this.words, areDistinct, 'states', this.words)
    const { rowsChanged } = await connection.run(`INSERT INTO states SELECT ${depth + 1}, * FROM (${next})`)
    return rowsChanged
  }
}

/** Each with its words while it is to be expanded; as two states of one fingerprint in one depth are both expanded, none of them is missed. */
class FingerprintTables implements Tables {
  readonly words: readonly string[]
  readonly cleared: string
  readonly #bits = named('f', FINGERPRINT_WORDS)
  readonly #columns: readonly string[]
  readonly #fingerprint = new Fingerprint()
  readonly #row: Int32Array
  readonly #known: ChunkWriter
  readonly #frontier: ChunkWriter
  readonly #found: ChunkWriter

  constructor(client: DuckDB, words: number) {
    this.words = named('w', words)
    this.#columns = [...this.#bits, ...this.words]
    this.cleared = `DROP TABLE IF EXISTS frontier; CREATE TABLE frontier (${typed(this.words)})`
    this.#row = new Int32Array(this.#columns.length)
    this.#known = new ChunkWriter(client, 'known', FINGERPRINT_WORDS)
    this.#frontier = new ChunkWriter(client, 'frontier', words)
    this.#found = new ChunkWriter(client, FOUND, this.#columns.length)
  }

  get made(): string {
    return `CREATE TABLE known (${typed(this.#bits)}); ${this.cleared}`
  }

  get foundMade(): string {
    return `CREATE TEMP TABLE ${FOUND} (${typed(this.#columns)})`
  }

  get isKeeping(): boolean {
    return !this.#known.isEmpty
  }

  keep(w: Int32Array): void {
    this.#frontier.add(w)
    this.#fingerprint.of(w)
    this.#known.add(this.#fingerprint.words)
  }

  find(w: Int32Array): void {
    this.#found.add(this.#rowOf(w))
  }

  get writers(): readonly ChunkWriter[] {
    return [this.#known, this.#frontier, this.#found]
  }

  at(): string {
    return 'frontier'
  }

  async close(connection: DuckDBConnection, _depth: number, areDistinct: boolean): Promise<number> {
    await connection.run(`CREATE TEMP TABLE fresh AS ${fresh(this.#columns, areDistinct, 'known', this.#bits)}`)
    const { rowsChanged } = await connection.run(`INSERT INTO known SELECT ${this.#bits.join()} FROM fresh`)
    await connection.run(`${this.cleared}; INSERT INTO frontier SELECT ${this.words.join()} FROM fresh; DROP TABLE fresh`)
    return rowsChanged
  }

  #rowOf(w: Int32Array): Int32Array {
    this.#fingerprint.of(w)
    this.#row.set(this.#fingerprint.words)
    this.#row.set(w, FINGERPRINT_WORDS)
    return this.#row
  }
}
