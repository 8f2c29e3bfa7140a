import { describe, expect, test } from 'vitest'
import { scenarios } from '../../specs/index.js'
import type { Scenario } from '../machine/scenario.js'
import { openDuckdb } from '../store/duckdb-database.js'
import type { Kept } from '../store/duckdb-tables.js'
import { omissionAmong } from '../store/fingerprint.js'
import type { LevelDatabase, OpenDatabase } from '../store/level-database.js'
import { ShardsInMemory } from '../testing/shards-in-memory.js'
import { type ClusterOption, type DatabaseOption, shares } from './database.js'
import { explore, exploreInTurns } from './explore.js'
import type { ExploreOptions, Report } from './report.js'

function scenarioOf(id: string): Scenario {
  const found = scenarios.find((s) => s.id === id)
  if (found === undefined) throw new Error(`there is no ${id}`)
  return found
}

/** A database that is not kept. */
function databaseOf(kept: Kept): OpenDatabase {
  return (identity, maxBytes) => openDuckdb({ file: ':memory:', name: 'a database', threads: 1, kept }, identity, maxBytes)
}
const database = { version: 'test', open: databaseOf('states') }
const compact = { version: 'test', open: databaseOf('fingerprints'), openWhole: databaseOf('states') }
function clusterOf(servers: number): ClusterOption {
  return { version: 'test', open: ({ words }) => new ShardsInMemory(servers, words).open() }
}
/** Less than the first table takes: the memory is emptied after every block. */
const TINY = 48 * 1024

const shown = ({ distinct, generated, depth, depths, frontierMax, coverage, asked, verdict }: Report) => ({
  ...{ distinct, generated, depth, depths, frontierMax, coverage, asked },
  verdict: JSON.stringify(verdict),
})

const compared = [
  'classics/die-hard-5-3',
  'classics/transaction-commit-3',
  'classics/two-phase-commit-5',
  'classics/filter-lock-3+broken',
  'classics/readers-writers-3-second-writer+broken',
  'vswap/shmem-get-mapping+broken',
]

const outside: readonly [string, () => ExploreOptions][] = [
  ['a database', () => ({ store: 'duckdb', database })],
  ['a database when the memory is full', () => ({ database })],
  ['a database of fingerprints', () => ({ store: 'duckdb-compact', database: compact })],
  ['a cluster', () => ({ store: 'clickhouse', cluster: clusterOf(3) })],
]

describe.each(outside)('in %s', (_, store) => {
  test.each(compared)('a search ends as in memory, also where hardly any fits there: %s', async (id) => {
    const scenario = scenarioOf(id)
    const inMemory = shown(explore(scenario))
    expect(shown(await exploreInTurns(scenario, { ...store(), maxBytes: TINY }))).toEqual(inMemory)
    expect(shown(await exploreInTurns(scenario, store()))).toEqual(inMemory)
  })

  test('so does one over representatives', async () => {
    for (const id of ['classics/two-phase-commit-5', 'classics/two-phase-commit-3+broken']) {
      const reduction = 'symmetry'
      const reduced = shown(explore(scenarioOf(id), { reduction }))
      expect(shown(await exploreInTurns(scenarioOf(id), { ...store(), maxBytes: TINY, reduction }))).toEqual(reduced)
    }
  })

  test('one that is stopped by a bound reports the same whole depths', async () => {
    const scenario = scenarioOf('classics/two-phase-commit-5')
    for (const maxStates of [1, 500, 8831]) {
      const inMemory = shown(explore(scenario, { maxStates }))
      expect(shown(await exploreInTurns(scenario, { ...store(), maxStates, maxBytes: TINY }))).toEqual(inMemory)
    }
  })
})

test('a database of fingerprints says what may have been missed, also where something was found', async () => {
  for (const id of ['classics/two-phase-commit-5', 'classics/filter-lock-3+broken']) {
    const { distinct, omission, store } = await exploreInTurns(scenarioOf(id), {
      store: 'duckdb-compact',
      database: compact,
      maxBytes: TINY,
    })
    expect({ store, omission }).toEqual({ store: 'duckdb-compact', omission: omissionAmong(distinct) })
  }
})

test('only the states that memory does not take are elsewhere', async () => {
  const scenario = scenarioOf('classics/two-phase-commit-5')
  expect((await exploreInTurns(scenario, { database })).outside).toBeUndefined()
  expect((await exploreInTurns(scenario, { database, maxBytes: TINY })).outside).toMatchObject({ name: 'a database' })
})

/** Fails when it is asked to save a depth for the nth time. */
function failing(nth: number): DatabaseOption {
  let saves = 0
  return {
    version: 'test',
    async open(identity, maxBytes): Promise<LevelDatabase> {
      const opened = await database.open(identity, maxBytes)
      const save = opened.save.bind(opened)
      opened.save = async (progress) => {
        if (++saves === nth) throw new Error('the disk has gone')
        await save(progress)
      }
      return opened
    },
  }
}

test.each([1, 9])('a database that fails at depth %i ends the search, and is closed', async (nth) => {
  const search = exploreInTurns(scenarioOf('classics/two-phase-commit-5'), { store: 'duckdb', maxBytes: TINY, database: failing(nth) })
  await expect(search).rejects.toThrow('the disk has gone')
})

test('what a database cannot do is refused before the search', () => {
  const temporal = scenarios.find(
    (s) => s.properties?.some((p) => p.kind === 'temporal') || s.spec.properties.some((p) => p.kind === 'temporal'),
  )
  expect(() => explore(temporal as Scenario, { store: 'duckdb', database })).toThrow(/temporal properties/)
  const scenario = scenarioOf('classics/die-hard-5-3')
  expect(() => explore(scenario, { store: 'duckdb', database, reduction: 'partial-order' })).toThrow(/several searches/)
  expect(() => explore(scenario, { store: 'duckdb' })).toThrow('is given no database')
  expect(() => explore(scenario, { store: 'duckdb', database })).toThrow('use exploreInTurns')
})

test('a budget is for the states in memory, the database and the process', () => {
  const gigabyte = 2 ** 30
  const { memory, database: outside } = shares(gigabyte)
  expect(memory + outside).toBeLessThanOrEqual(gigabyte - 192 * 2 ** 20)
  expect(shares(2 ** 20).memory).toBeGreaterThan(2 ** 18)
  expect(shares(undefined).memory).toBe(Number.POSITIVE_INFINITY)
})
