/** Any number of workers gives the same. */
import { pathToFileURL } from 'node:url'
import type { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import type { ExploreOptions, Figures, Profile, Report, Scenario } from '../checker/index.js'
import { built, specs, swapcheck } from './testing/swapcheck.js'

/** What depends on the machine, or on how many workers there are. */
const OWN = { seconds: 0, statesPerSecond: 0, bytesPerState: 0, workers: 0 }

/** The report of a run, whole, as JSON. */
function reportWith(workers: number, ...words: string[]): string {
  const { stdout, stderr } = swapcheck('check', '--reporter', 'json', '--workers', String(workers), ...words)
  const report = JSON.parse(stdout)
  expect({ stderr, workers: report.workers }).toEqual({ stderr: '', workers })
  return JSON.stringify({ ...report, ...OWN })
}

const trace = expect.objectContaining({ states: expect.any(Array) })

test.each<[string, string[], object]>([
  ['a search that is complete', ['two-phase-commit-8'], { verdict: 'holds', asExpected: true }],
  ['a violation', ['--spec', specs('crowd'), 'broken'], { verdict: 'violated', asExpected: true, trace }],
  ['a violation in states of many words', ['vswap/direct-swapin+broken'], { verdict: 'violated', asExpected: true, trace }],
  ['a deadlock', ['--spec', specs('crowd'), 'stuck'], { verdict: 'deadlock', asExpected: true, trace }],
  ['a bound of states', ['two-phase-commit-8', '--max-states', '1000000'], { verdict: 'incomplete', bound: 'states', distinct: 782_756 }],
])('the report of %s is the same with 1, 2 and 3 workers', (_, words, shown) => {
  const alone = reportWith(1, ...words)
  expect(JSON.parse(alone)).toMatchObject(shown)
  expect(reportWith(2, ...words)).toBe(alone)
  expect(reportWith(3, ...words)).toBe(alone)
})

const { explore, Reserve } = (await import(built('checker/index.js'))) as typeof import('../checker/index.js')
const { moduleOfThreads, sourceOf } = (await import(built('src/scenario-source.js'))) as typeof import('./scenario-source.js')

async function scenarioOf(module: string, name: string): Promise<Scenario> {
  const { scenarios } = (await import(pathToFileURL(specs(module)).href)) as { scenarios: Scenario[] }
  return scenarios.find((s) => s.name === name) as Scenario
}

/** As the command does it, in this process. */
async function explored(module: string, name: string, options: ExploreOptions, count = 2): Promise<Report> {
  const scenario = await scenarioOf(module, name)
  return explore(scenario, { workers: { count, source: sourceOf(scenario, specs(module)) }, ...options })
}

test('threads do join in searches of that size, unless something else has the other core', async () => {
  const workers: number[] = []
  while (workers.length < 5 && !workers.includes(2)) {
    const report = await explored('crowd', 'broken', {})
    expect(report).toMatchObject({ distinct: 439_963 })
    workers.push(report.workers)
  }
  expect(workers).toContain(2)
})

test('a search takes the threads in reserve, and the next one those that it is filled with then', async () => {
  const reserve = new Reserve(moduleOfThreads(specs('crowd'), []), 1)
  const workers = { count: 2, source: sourceOf(await scenarioOf('crowd', 'broken'), specs('crowd')), reserve }
  for (let search = 1; search <= 2; search++) {
    expect(await explored('crowd', 'broken', { workers })).toMatchObject({ distinct: 439_963 })
    expect(reserve.take()).toBe(undefined)
    reserve.fill()
  }
  const waiting = reserve.take() ?? []
  expect(waiting).toHaveLength(1)
  for (const thread of waiting) await (thread as { readonly worker: Worker }).worker.terminate()
})

test('threads in reserve that could not load their module end the search that calls for them', async () => {
  const scenario = await scenarioOf('crowd', 'broken')
  const reserve = new Reserve('data:text/javascript,throw new Error("nothing here")', 1)
  const search = () => explore(scenario, { workers: { count: 2, source: sourceOf(scenario, specs('crowd')), reserve } })
  expect(search).toThrow(/a worker failed: Error: nothing here/)
})

test('a profile is the sum over the workers', async () => {
  const { distinct, generated, workers, profile } = await explored('crowd', 'broken', { profile: true })
  const alone = (await explored('crowd', 'broken', { profile: true }, 1)).profile
  const plain = (p: Profile | undefined) => ({ ...p, steps: p?.steps.map((s) => ({ ...s, new: 0, share: 0 })) })
  const sum = (which: 'generated' | 'new') => profile?.steps.reduce((n, s) => n + s[which], 0)
  expect(workers).toBe(2)
  expect({ generated: sum('generated'), new: sum('new') }).toEqual({ generated: generated - 1, new: distinct - 1 })
  expect(plain(profile)).toEqual(plain(alone))
})

/** What the store may take beyond its budget: two workers add the six successors, of two words, of the 128 states of a block each. */
const OF_THE_BLOCKS = 2 * 128 * 6 * 8

test('a budget of memory is kept', async () => {
  const maxBytes = 16 * 2 ** 20
  const { verdict, workers, bytes, depths, distinct } = await explored('huge', 'odometer', { maxBytes })
  expect({ verdict, workers }).toEqual({ verdict: { kind: 'incomplete', bound: 'memory', limit: maxBytes }, workers: 2 })
  expect(bytes).toBeGreaterThan(maxBytes / 2)
  expect(bytes).toBeLessThanOrEqual(maxBytes + OF_THE_BLOCKS)
  expect(depths.slice(0, 4)).toEqual([1, 6, 21, 56])
  expect(distinct).toBeGreaterThan(100_000)
})

test('what is told on the way is the sum over the workers', async () => {
  const told: Figures[] = []
  const { depths } = await explored('huge', 'odometer', { maxSeconds: 3.5, onProgress: (figures) => told.push(figures) })
  const last = told.at(-1) as Figures
  expect(last.workers).toBe(2)
  const upTo = (depth: number) => depths.slice(0, depth).reduce((sum, states) => sum + states, 0)
  const atHand = upTo(last.depth) === last.distinct ? last.depth : last.depth - 1
  const expanded = (last.generated - 1) / 6
  expect(expanded).toBeGreaterThanOrEqual(upTo(atHand - 1))
  expect(expanded).toBeLessThanOrEqual(upTo(atHand))
  expect(last.distinct).toBeGreaterThanOrEqual(upTo(atHand))
})
