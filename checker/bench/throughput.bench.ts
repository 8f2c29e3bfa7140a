/**
 * The speed of the search, one worker, memory store: one iteration is one whole run, so generated states per second are `hz` times the
 * number in the name. The machine decides the figures: compare with those of the commit before, taken in the same minute.
 */
import { bench, describe } from 'vitest'
import { scenarios } from '../../specs/index.js'
import { explore } from '../index.js'

const measured = ['classics/two-phase-commit-7', 'classics/filter-lock-4', 'vswap/direct-swapin+fixed']
const oneByOne = { iterations: 5, time: 0, warmupIterations: 1, warmupTime: 0 }

describe('one worker', () => {
  for (const scenario of scenarios.filter((s) => measured.includes(s.id))) {
    bench(`${scenario.id}: ${scenario.expect.generated} generated`, () => void explore(scenario), oneByOne)
  }
})
