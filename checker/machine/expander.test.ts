import { describe, expect, test } from 'vitest'
import { scenarios } from '../../specs/index.js'
import { MemoryStore } from '../store/memory.js'
import { compileExpand } from './expander.js'
import type { Scenario } from './scenario.js'
import { type Sink, System } from './system.js'

/** What an expansion delivers, in order: each successor's words, and each failure's message. */
function delivered(system: System, expand: (sink: Sink) => void): unknown[] {
  const found: unknown[] = []
  expand({
    successor: (step, actor) => found.push([step, actor, system.choices.picks, ...system.w]),
    failure: (error, step, actor) => found.push([step, actor, system.choices.picks, (error as Error).message]),
  })
  return [...found, ['then', ...system.w]]
}

/** Every reachable state, expanded both ways. */
function compare(scenario: Scenario): number {
  const system = new System(scenario)
  const fast = compileExpand(system)
  const store = new MemoryStore(system.words)
  system.initial(() => store.insert(system.w, -1))
  for (let id = 0; id < store.size; id++) {
    store.read(id, system.current)
    const slowly = delivered(system, (sink) => system.expand(sink))
    store.read(id, system.current)
    system.activate()
    expect(delivered(system, fast)).toEqual(slowly)
    system.expand({ successor: () => store.insert(system.w, id), failure() {} })
  }
  return store.size
}

describe('the generated expansion delivers what System.expand delivers', () => {
  test.each(scenarios.filter((s) => s.expect.distinct < 300))('on every state of $id', (scenario) => {
    expect(compare(scenario)).toBeGreaterThan(0)
  })
})
