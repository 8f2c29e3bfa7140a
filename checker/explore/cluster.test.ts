/** Several explorers of one search, which come, go, and die. */
import { describe, expect, test } from 'vitest'
import { scenarios } from '../../specs/index.js'
import type { Scenario } from '../machine/scenario.js'
import type { Identity } from '../store/level-database.js'
import { ShardsInMemory } from '../testing/shards-in-memory.js'
import { explore, exploreInTurns } from './explore.js'
import { findingOf, textOf } from './finding-text.js'
import type { Finding } from './findings.js'
import type { Report } from './report.js'

const shown = ({ distinct, generated, depth, depths, frontierMax, coverage, asked, verdict }: Report) => ({
  ...{ distinct, generated, depth, depths, frontierMax, coverage, asked },
  verdict: JSON.stringify(verdict),
})

function scenarioOf(id: string): Scenario {
  const found = scenarios.find((s) => s.id === id)
  if (found === undefined) throw new Error(`there is no ${id}`)
  return found
}

/** Two servers, and how an explorer goes to them that lives for so many calls. */
function cluster(scenario: Scenario): (calls?: number) => Promise<object> {
  let servers: ShardsInMemory | undefined
  return async (calls) => {
    const open = ({ words }: Identity) => {
      servers ??= new ShardsInMemory(2, words)
      return servers.open(calls)
    }
    return shown(await exploreInTurns(scenario, { store: 'clickhouse', cluster: { version: 'test', open } }))
  }
}

const searched = ['classics/transaction-commit-3', 'classics/two-phase-commit-3', 'classics/filter-lock-3+broken']

describe.each(searched)('%s', (id) => {
  const scenario = scenarioOf(id)
  const expected = shown(explore(scenario))

  test('explorers who search together all report what one reports alone, and so does who comes when they are done', async () => {
    const explorer = cluster(scenario)
    expect(await Promise.all([explorer(), explorer(), explorer()])).toEqual([expected, expected, expected])
    expect(await explorer()).toEqual(expected)
  })

  test('whenever explorers die, the one that is left loses and doubles nothing, and neither does one that comes later', async () => {
    for (let calls = 5; calls < 300; calls = Math.ceil(calls * 1.4)) {
      const explorer = cluster(scenario)
      void explorer(calls)
      void explorer(calls + 7)
      expect({ calls, ...(await explorer()) }).toEqual({ calls, ...expected })
      expect({ calls, ...(await explorer()) }).toEqual({ calls, ...expected })
    }
  })

  test('when all have died, the next one goes on', async () => {
    for (let calls = 5; calls < 300; calls = Math.ceil(calls * 2)) {
      const explorer = cluster(scenario)
      void explorer(calls)
      await new Promise((resolve) => setTimeout(resolve, 20))
      expect({ calls, ...(await explorer()) }).toEqual({ calls, ...expected })
    }
  })
})

test('what was found is the same when it comes back from a text', () => {
  const words = Int32Array.of(3, -1)
  const edge = { parent: 7, step: 1, actor: 0, picks: [0, 2] }
  const found: Finding = { kind: 'step', edge, breach: { property: 'P', sentence: 'it is so', by: 'step', message: undefined }, words }
  expect(findingOf(textOf(found))).toEqual(found)
})
