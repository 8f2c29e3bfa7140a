/**
 * A ClickHouse server, as far as a cluster asks one. The client is loaded when one is wanted: the package need not be installed.
 */
import { Readable } from 'node:stream'
import type { ClickHouseClient, ClickHouseSettings } from '@clickhouse/client'
import { DatabaseFault } from './level-database.js'

/** Closing a depth is one statement, and may take that long. */
const PATIENCE_MS = 24 * 3600 * 1000
/** What waits for the end of a statement hears of its failure, and of all of its rows or none. */
const WHOLE = { wait_end_of_query: 1 } as const
/** Codes of ClickHouse: a table is not there, or is going; it, or a database, is there already. */
const MISSING = [60, 218]
const THERE = [57, 82]

/** A server has refused what it was asked, or cannot be asked. */
export class ServerFault extends DatabaseFault {
  /** Was it asked for a table that it has not? */
  readonly isMissing: boolean
  /** Was it told to make what it has? */
  readonly isThere: boolean

  constructor(server: string, error: unknown) {
    super('failed', `${server}: ${messageOf(error)}; what was saved is kept: give the same command to go on`)
    this.isMissing = MISSING.includes(codeOf(error))
    this.isThere = THERE.includes(codeOf(error))
  }
}

export class ClickhouseServer {
  /** For people: without a password. */
  readonly name: string
  readonly #client: ClickHouseClient

  private constructor(client: ClickHouseClient, name: string) {
    this.#client = client
    this.name = name
  }

  /** @throws DatabaseFault where the client is not installed, or the URL is none */
  static async at(url: string): Promise<ClickhouseServer> {
    const { createClient, ClickHouseLogLevel } = await load()
    try {
      const client = createClient({ url, request_timeout: PATIENCE_MS, log: { level: ClickHouseLogLevel.OFF }, max_open_connections: 8 })
      return new ClickhouseServer(client, new URL(url).host)
    } catch (error) {
      throw new DatabaseFault(
        'refused',
        `'${url}' is no URL of a ClickHouse server (${messageOf(error)}); expected such as http://host:8123`,
      )
    }
  }

  async run(query: string, settings: ClickHouseSettings = {}): Promise<void> {
    await this.#guarded(() => this.#client.command({ query, clickhouse_settings: { ...WHOLE, ...settings } }))
  }

  /** Makes what is not there; also where others are just making it, which `IF NOT EXISTS` does not see in some versions. */
  async create(what: string): Promise<void> {
    try {
      await this.run(`CREATE ${what.replace(/^(DATABASE|TABLE)/, '$1 IF NOT EXISTS')}`)
    } catch (error) {
      if (!(error instanceof ServerFault && error.isThere)) throw error
    }
  }

  async rows(query: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    return await this.#guarded(async () => {
      const answer = await this.#client.query({ query, format: 'JSONEachRow', clickhouse_settings: WHOLE })
      return await answer.json()
    })
  }

  /** Rows of integers of 32 bits, one after the other; all of them, or it throws: the server has them before it answers. */
  async words(query: string): Promise<Int32Array> {
    return await this.#guarded(async () => {
      const { stream } = await this.#client.exec({ query: `${query} FORMAT RowBinary`, clickhouse_settings: WHOLE })
      const chunks: Uint8Array[] = []
      for await (const chunk of stream) chunks.push(chunk)
      return wordsIn(chunks)
    })
  }

  async insertWords(table: string, words: Int32Array): Promise<void> {
    await this.#guarded(async () => {
      const bytes = new Uint8Array(words.buffer, words.byteOffset, words.byteLength)
      const { stream } = await this.#client.exec({
        query: `INSERT INTO ${table} FORMAT RowBinary`,
        values: Readable.from([bytes], { objectMode: false }),
      })
      for await (const _ of stream);
    })
  }

  async insert(table: string, values: readonly Readonly<Record<string, unknown>>[]): Promise<void> {
    await this.#guarded(() => this.#client.insert({ table, values, format: 'JSONEachRow' }))
  }

  async end(): Promise<void> {
    await this.#client.close()
  }

  async #guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw new ServerFault(this.name, error)
    }
  }
}

async function load(): Promise<typeof import('@clickhouse/client')> {
  try {
    return await import('@clickhouse/client')
  } catch (error) {
    throw new DatabaseFault(
      'refused',
      `the package @clickhouse/client cannot be loaded (${messageOf(error)}); npm install @clickhouse/client`,
    )
  }
}

function wordsIn(chunks: readonly Uint8Array[]): Int32Array {
  const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return new Int32Array(bytes.buffer)
}

function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return (message.split('\n', 1)[0] ?? '').slice(0, 300)
}

/** Servers of some versions give it within their message only. */
function codeOf(error: unknown): number {
  const { code = '', message = '' } = error as { readonly code?: unknown; readonly message?: string }
  return Number(/^\d+$/.test(String(code)) ? code : /^Code: (\d+)/.exec(message)?.[1])
}
