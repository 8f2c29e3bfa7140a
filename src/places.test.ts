/** The same searches in memory, on disk and in a cluster of three servers on this machine, to the byte: `npm run test:places`. */
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exploreInTurns, type Report, type Scenario, whyNotInDatabase } from '../checker/index.js'
import { withoutTemporal } from '../checker/testing/without-temporal.js'
import { scenarios } from '../specs/index.js'
import { clusterAt } from './cluster.js'
import { databaseOf } from './disk.js'
import { installedServer, Servers } from './testing/clickhouse.js'
import { figuresIn } from './testing/figures.js'
import { swapcheck } from './testing/swapcheck.js'

const file = installedServer()
if (file === undefined)
  process.stderr.write('clickhouse-server is not installed: searches in memory and on disk are not compared with it\n')

/** More states than an hour is for. */
const HUGE = 3e7
const swap = ['vswap/direct-swapin+fixed', 'vswap/direct-swapin+broken']
const compared = scenarios.filter(({ id, expect: { distinct } }) => (id.startsWith('classics/') && distinct < HUGE) || swap.includes(id))
const isForAll = (scenario: Scenario): boolean => whyNotInDatabase({ store: 'duckdb' }, scenario) === undefined
const budget = ['--max-memory', '1G']

describe.skipIf(file === undefined)('in memory, on disk in 1 GB, and on three shards', () => {
  const folder = mkdtempSync(join(tmpdir(), 'swapcheck-places-'))
  const [database, itf] = [join(folder, 'states.db'), join(folder, 'counterexample.itf.json')]
  /** How searches have ended. */
  const ends: string[] = []
  let servers: Servers
  beforeAll(async () => {
    servers = await Servers.start(file ?? '', 3)
  }, 180_000)
  afterAll(async () => {
    process.stdout.write(ends.join(''))
    await servers?.end()
    rmSync(folder, { recursive: true, force: true })
  }, 180_000)

  test.each(compared.filter(isForAll).map(({ id }) => id))('%s: the command ends alike', async (id) => {
    const inMemory = ending(id)
    expect(ending(id, '--store', `duckdb:${database}`, ...budget)).toEqual(inMemory)
    expect(ending(id, '--store', servers.store(), ...budget)).toEqual(inMemory)
    await clear()
    ends.push(lineOf(id, inMemory))
  })

  /** What is checked of temporal properties is checked in memory alone: these are searched without. */
  const temporal = withoutTemporal(compared.filter((scenario) => !isForAll(scenario)))
  test.each(temporal.map((scenario) => [scenario.id, scenario] as const))('%s, but for its temporal properties', async (id, scenario) => {
    const inMemory = shown(await exploreInTurns(scenario))
    const onDisk = databaseOf({ kind: 'duckdb', file: database, text: '' }, 1, () => {})
    expect(shown(await exploreInTurns(scenario, { store: 'duckdb', database: onDisk, maxBytes: 2 ** 30 }))).toEqual(inMemory)
    expect(shown(await exploreInTurns(scenario, { store: 'clickhouse', cluster: clusterAt(servers.urls), maxBytes: 2 ** 30 }))).toEqual(
      inMemory,
    )
    await clear()
    ends.push(lineOf(id, inMemory))
  })

  /** How the command ends, and the file of its counterexample. */
  function ending(id: string, ...where: string[]): Ending {
    rmSync(itf, { force: true })
    const { stdout } = swapcheck('check', id, '--reporter', 'json', '--itf', itf, ...where)
    return { figures: figuresIn(stdout), counterexample: existsSync(itf) ? readFileSync(itf, 'utf8') : '' }
  }

  async function clear(): Promise<void> {
    rmSync(database, { force: true })
    await servers.clear()
  }
})

interface Ending {
  readonly figures: object
  /** Its bytes, if there is one. */
  readonly counterexample: string
}

function shown({ distinct, generated, depth, depths, frontierMax, coverage, verdict }: Report): Ending {
  const trace = 'trace' in verdict && verdict.trace !== undefined ? JSON.stringify(verdict) : ''
  return { figures: { verdict: verdict.kind, distinct, generated, depth, depths, frontierMax, coverage }, counterexample: trace }
}

function lineOf(id: string, { figures, counterexample }: Ending): string {
  const { verdict, distinct, generated, depth } = figures as Readonly<Record<string, string | number>>
  const digest = createHash('sha256').update(counterexample).digest('hex').slice(0, 16)
  const shortest = counterexample === '' ? '' : `, counterexample ${digest} (${counterexample.length} bytes)`
  return `${id}: ${verdict}, ${distinct} distinct, ${generated} generated, depth ${depth}${shortest}\n`
}
