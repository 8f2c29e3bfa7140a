/** A search in a cluster of ClickHouse servers on this machine: `npm run test:cluster`. */
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { installedServer, Servers } from './testing/clickhouse.js'
import { figuresIn } from './testing/figures.js'
import { type Running, start, swapcheck } from './testing/swapcheck.js'

const file = installedServer()
if (file === undefined) process.stderr.write('clickhouse-server is not installed: the tests of searches in a cluster are skipped\n')

const reported = ['--reporter', 'json', '--max-memory', '1G']
const inMemory = (scenario: string): object => figuresIn(swapcheck('check', scenario, '--reporter', 'json', '--workers', '1').stdout)

const KILLS = 20
const FEWEST_MS = 300
const MOST_MS = 2500

const compared = [
  'die-hard-5-3',
  'transaction-commit-3',
  'two-phase-commit-5',
  'filter-lock-3',
  'filter-lock-3+broken',
  'readers-writers-3-second-writer+broken',
  'vswap/shmem-get-mapping+broken',
  'vswap/swap-device-null+rfc-v2',
]

describe.skipIf(file === undefined)('in a cluster', () => {
  let servers: Servers
  beforeAll(async () => {
    servers = await Servers.start(file ?? '', 3)
  }, 180_000)
  afterAll(() => servers?.end(), 180_000)

  test.each(compared)('%s ends as in memory', (scenario) => {
    const expected = inMemory(scenario)
    for (const shards of [1, 3]) {
      const { stdout, stderr } = swapcheck('check', scenario, ...reported, '--store', servers.store(shards))
      expect({ shards, stderr, figures: figuresIn(stdout) }).toEqual({ shards, stderr: '', figures: expected })
    }
  })

  test('several explorers all report what one reports alone', async () => {
    const expected = inMemory('two-phase-commit-6')
    const explorers = Array.from({ length: 3 }, () => explorer('two-phase-commit-6'))
    for (const { ended } of explorers) {
      const { stdout, stderr } = await ended()
      expect(stderr).toBe('')
      expect(figuresIn(stdout)).toEqual(expected)
    }
  })

  test('explorers and servers that are killed, at random moments: nothing is lost or doubled', async () => {
    await servers.clear()
    const seed = Date.now() % 2 ** 31
    const random = numbersFrom(seed)
    const expected = inMemory('two-phase-commit-7')
    for (let kills = 0; kills < KILLS; kills++) {
      const running = [explorer('two-phase-commit-7'), explorer('two-phase-commit-7')]
      await sleep(FEWEST_MS + random() * (MOST_MS - FEWEST_MS))
      running[0]?.kill()
      if (kills % 3 === 0) await servers.kill(kills % 2)
      await sleep(random() * MOST_MS)
      running[1]?.kill()
      await Promise.all(running.map(({ ended }) => ended()))
      if (kills % 3 === 0) await servers.restart(kills % 2)
    }
    const last = [explorer('two-phase-commit-7'), explorer('two-phase-commit-7')]
    for (const { ended } of last) {
      const { stdout, stderr } = await ended()
      expect({ seed, stderr, figures: figuresIn(stdout) }).toEqual({ seed, stderr: '', figures: expected })
    }
  })

  test('servers in another order are refused, and one that does not answer is named', async () => {
    const [one = '', two = '', three = ''] = servers.urls
    const search = ['check', 'die-hard-5-3', '--store']
    swapcheck(...search, servers.store(2))
    const turned = swapcheck(...search, `clickhouse:${two},${one}`)
    expect(turned.code).toBe(151)
    expect(turned.stderr).toMatch(
      /127\.0\.0\.1:\d+ is shard 2 of 2 in swapcheck_\w+, and this command has it as shard 1 of 2; give all explorers/,
    )
    await servers.kill(2)
    const silent = swapcheck(...search, `clickhouse:${one},${three}`)
    expect(silent.code).toBe(153)
    expect(silent.stderr).toContain(`${new URL(three).host}: connect ECONNREFUSED`)
    await servers.restart(2)
  })

  test('two-phase commit N=9, where SELECT DISTINCT was wrong', async () => {
    await servers.clear()
    const { stdout } = await explorer('two-phase-commit-9', servers.store(2)).ended()
    expect(figuresIn(stdout)).toMatchObject({ verdict: 'holds', distinct: 10_340_352, generated: 123_558_402 })
  })

  function explorer(scenario: string, store = servers.store()): Running {
    return start('check', scenario, ...reported, '--store', store)
  }
})

/** From 0 to 1: Lehmer's generator, with the multiplier of Park and Miller. */
function numbersFrom(seed: number): () => number {
  let state = (seed % (2 ** 31 - 2)) + 1
  return () => {
    state = (state * 48_271) % (2 ** 31 - 1)
    return state / (2 ** 31 - 1)
  }
}
