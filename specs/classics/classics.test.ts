import { describe, expect, it } from 'vitest'
import { explore, type Scenario } from '../../checker/index.js'
import { scenarios as all } from '../index.js'

const scenarios = all.filter((s) => s.spec.name === 'classics')

/** Distinct, generated, depth: from the manifests of the TLA+ examples, and for the filter lock from runs of TLC and Spin. */
const published: Readonly<Record<string, readonly [number, number, number]>> = {
  'classics/two-phase-commit-3': [288, 1_146, 11],
  'classics/two-phase-commit-5': [8_832, 58_146, 17],
  'classics/two-phase-commit-6': [50_816, 402_306, 20],
  'classics/two-phase-commit-7': [296_448, 2_744_706, 23],
  'classics/two-phase-commit-8': [1_745_408, 18_507_778, 26],
  'classics/peterson-2': [42, 77, 11],
  'classics/transaction-commit-3': [34, 94, 7],
  // The depth is published as 10, which is not the depth of the state graph: see ewd840.ts.
  'classics/ewd840-3': [302, 2_001, 9],
  'classics/ewd840-4': [1_566, 15_986, 12],
  'classics/async-termination-detection-4': [4_097, 53_271, 14],
  'classics/simple-allocator-3-2': [400, 1_633, 6],
  'classics/dining-philosophers-5': [67, 336, 29],
  'classics/readers-writers-3': [21_527, 59_674, 13],
  'classics/filter-lock-6': [8_786_754, 35_331_481, 76],
}

function find(id: string): Scenario {
  const found = scenarios.find((s) => s.id === id)
  if (found === undefined) throw new Error(`no scenario ${id}`)
  return found
}

describe('the classics', () => {
  it.each(Object.entries(published))('%s is expected to give the published counts', (id, [distinct, generated, depth]) => {
    expect(find(id).expect).toEqual({ verdict: 'holds', distinct, generated, depth })
  })

  it('EWD998 is expected to give the published counts, of which two digits are published', () => {
    const { distinct, generated, depth } = find('classics/ewd998-3-token-at-0').expect
    expect([Math.floor(distinct / 1e5), Math.floor(generated / 1e5), depth]).toEqual([13, 101, 60])
  })

  it('finds the shortest way to 4 gallons', () => {
    const { verdict } = explore(find('classics/die-hard-5-3'))
    const trace = verdict.kind === 'violated' ? verdict.trace : undefined
    expect(trace?.states.length).toBe(7)
    expect(trace?.states.at(-1)?.variables.get('big')).toBe(4)
  })
})
