/**
 * A shard of a cluster in a database of a ClickHouse server. A depth is a table, which gets its name when it is whole: that fails where there is one of
 * that name, so that of several explorers who make it the first counts, and none ever sees a part of it. All the rest is only added to.
 *
 * Duplicates are removed by GROUP BY: with SELECT DISTINCT some came through on 18.16, which removes them in each of its streams.
 */
import { type ClickhouseServer, ServerFault } from './clickhouse-server.js'
import type { Board, Done, Shard, Taken, Task } from './shard.js'

/** So many states of a depth, next to each other by their words, are a task: they have successors in common. */
export const STATES_OF_TASK = 1 << 16
/** All of the depths are read anyway: else the set of what was found is sorted for each of them, to leave out what its index can. */
const SCANNED = { use_index_for_in_with_subqueries: 0 } as const
/** Longer states are one column of bytes: only for keys of up to 32 bytes is a set of several columns exact. */
const MOST_WORDS_IN_COLUMNS = 8

/** The columns of a state, as words one after the other are read: two for each where that goes. */
function columnsOf(words: number): readonly (readonly [name: string, type: string])[] {
  if (words > MOST_WORDS_IN_COLUMNS) return [['s', `FixedString(${4 * words})`]]
  const pairs = Array.from({ length: words >> 1 }, (_, i) => [`s${i}`, 'UInt64'] as const)
  return words % 2 === 0 ? pairs : [...pairs, [`s${words >> 1}`, 'UInt32']]
}

export class ClickhouseShard implements Shard {
  readonly name: string
  readonly #server: ClickhouseServer
  readonly #database: string
  readonly #words: number
  /** Of a state: `s0, s1`. */
  readonly #columns: string
  readonly #typed: string
  readonly #sizes = new Map<number, number>()
  #dropped: Promise<void> = Promise.resolve()

  constructor(server: ClickhouseServer, database: string, words: number) {
    this.name = server.name
    this.#server = server
    this.#database = database
    this.#words = words
    const columns = columnsOf(words)
    this.#columns = columns.map(([name]) => name).join(', ')
    this.#typed = columns.map(([name, type]) => `${name} ${type}`).join(', ')
  }

  /** Drops what those who were killed have left of depths that are whole. */
  async begin(): Promise<void> {
    const rows = await this.#server.rows(`SELECT name FROM system.tables WHERE database = '${this.#database}'`)
    const tables = rows.map(({ name }) => /^(level|found|attempt)_(\d+)/.exec(String(name)) ?? [])
    const last = Math.max(-1, ...tables.filter(([, kind]) => kind === 'level').map(([, , of]) => Number(of)))
    if (last === -1) await this.#createFound(0)
    const isOver = ([, kind, of]: readonly string[]): boolean => kind !== undefined && kind !== 'level' && Number(of) <= last
    await Promise.all(rows.filter((_, i) => isOver(tables[i] ?? [])).map(({ name }) => this.#drop(`${this.#database}.${name}`)))
  }

  async sizeOf(depth: number): Promise<number | undefined> {
    const known = this.#sizes.get(depth)
    if (known !== undefined || depth < 0) return known
    const size = await this.#unlessMissing(async () => {
      const [row] = await this.#server.rows(`SELECT count() AS size FROM ${this.#level(depth)}`)
      return Number(row?.size)
    })
    if (size !== undefined) this.#sizes.set(depth, size)
    return size
  }

  async add(depth: number, states: Int32Array): Promise<void> {
    await this.#unlessMissing(() => this.#server.insertWords(this.#found(depth + 1), states))
  }

  async close(depth: number, explorer: string): Promise<void> {
    const next = depth + 1
    const attempt = `${this.#database}.attempt_${next}_${explorer}`
    try {
      await this.#make(next, attempt)
    } catch (error) {
      if ((await this.sizeOf(next)) === undefined) throw error
      await this.#drop(attempt)
    }
    // Whoever is still at it learns that the depth is whole; and what is not dropped here is by who comes later.
    this.#dropped = this.#drop(this.#found(next)).catch(() => {})
  }

  async read(depth: number, part: number): Promise<Int32Array> {
    const words = await this.#server.words(
      `SELECT ${this.#columns} FROM ${this.#level(depth)} WHERE part = ${part} ORDER BY ${this.#columns}`,
    )
    if (words.length % this.#words !== 0) throw new Error(`${this.name} gave ${words.length} words, for states of ${this.#words}`)
    return words
  }

  async size(): Promise<number> {
    const [row] = await this.#server.rows(
      `SELECT sum(bytes_on_disk) AS bytes FROM system.parts WHERE active AND database = '${this.#database}'`,
    )
    return Number(row?.bytes)
  }

  async end(): Promise<void> {
    await this.#dropped
    await this.#server.end()
  }

  /** Computes a depth, the successors in no depth before it, in a table that nobody else knows; and then names it. */
  async #make(depth: number, attempt: string): Promise<void> {
    const [server, columns, found] = [this.#server, this.#columns, this.#found(depth)]
    await this.#createFound(depth + 1)
    const known = `SELECT ${columns} FROM merge('${this.#database}', '^level_[0-9]+$') WHERE (${columns}) IN (SELECT ${columns} FROM ${found})`
    const old = depth === 0 ? '' : `WHERE (${columns}) NOT IN (${known})`
    const fresh = `SELECT ${columns} FROM ${found} ${old} GROUP BY ${columns} ORDER BY ${columns}`
    const part = `toUInt32(intDiv(rowNumberInAllBlocks(), ${STATES_OF_TASK}))`
    const made = `SELECT ${part} AS part, ${columns} FROM (${fresh})`
    await server.run(`CREATE TABLE ${attempt} ENGINE = MergeTree ORDER BY (part, ${columns}) AS ${made}`, SCANNED)
    await server.run(`RENAME TABLE ${attempt} TO ${this.#level(depth)}`)
  }

  async #drop(table: string): Promise<void> {
    await this.#unlessMissing(() => this.#server.run(`DROP TABLE IF EXISTS ${table}`))
  }

  async #createFound(depth: number): Promise<void> {
    await this.#server.create(`TABLE ${this.#found(depth)} (${this.#typed}) ENGINE = MergeTree ORDER BY tuple()`)
  }

  /** Of the successors that may be of a depth. */
  #found(depth: number): string {
    return `${this.#database}.found_${depth}`
  }

  #level(depth: number): string {
    return `${this.#database}.level_${depth}`
  }

  async #unlessMissing<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work()
    } catch (error) {
      if (error instanceof ServerFault && error.isMissing) return undefined
      throw error
    }
  }
}

/** Claims hold for so many seconds, by the clock of the server. */
export const CLAIM_SECONDS = 5

export class ClickhouseBoard implements Board {
  readonly #server: ClickhouseServer
  readonly #database: string

  constructor(server: ClickhouseServer, database: string) {
    this.#server = server
    this.#database = database
  }

  /** Claims are not kept: they say who is there. */
  async begin(): Promise<void> {
    const task = 'depth Int32, shard Int32, part Int32'
    await this.#server.create(`TABLE ${this.#database}.claims (${task}, explorer String, claimed DateTime) ENGINE = Memory`)
    await this.#server.create(`TABLE ${this.#database}.done (${task}, work String) ENGINE = MergeTree ORDER BY (depth, shard, part)`)
  }

  async claim(tasks: readonly Task[], explorer: string): Promise<void> {
    const list = tasks.map(({ depth, shard, part }) => `(toInt32(${depth}), toInt32(${shard}), toInt32(${part}))`).join()
    await this.#server.run(
      `INSERT INTO ${this.#database}.claims SELECT t.1, t.2, t.3, '${explorer}', now() FROM (SELECT arrayJoin([${list}]) AS t)`,
    )
  }

  async note(tasks: readonly (Task & Done)[]): Promise<void> {
    const rows = tasks.map(({ depth, shard, part, ...done }) => ({ depth, shard, part, work: JSON.stringify(done) }))
    await this.#server.insert(`${this.#database}.done`, rows)
  }

  async taken(depth: number, explorer: string): Promise<Taken> {
    const [claims, done] = [`${this.#database}.claims`, `${this.#database}.done`]
    const still = `explorer != '${explorer}' AND claimed > now() - ${CLAIM_SECONDS}`
    const rows = await this.#server.rows(
      `SELECT shard, part, '' AS by FROM ${done} WHERE depth = ${depth}
       UNION ALL SELECT shard, part, explorer AS by FROM ${claims} WHERE depth = ${depth} AND ${still}`,
    )
    const all = rows.map(({ shard, part, by }) => ({ depth, shard: Number(shard), part: Number(part), explorer: String(by) }))
    return { noted: all.filter((task) => task.explorer === ''), claimed: all.filter((task) => task.explorer !== '') }
  }

  async done(depth: number): Promise<readonly (Task & Done)[]> {
    const rows = await this.#server.rows(`SELECT shard, part, work FROM ${this.#database}.done WHERE depth = ${depth} ORDER BY shard, part`)
    return rows.map(({ shard, part, work }) => ({ depth, shard: Number(shard), part: Number(part), ...JSON.parse(String(work)) }))
  }
}
