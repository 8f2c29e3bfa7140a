import { describe, expect, test } from 'vitest'
import { explore, type Violated } from '../../checker/index.js'
import { scenarios } from '../../specs/index.js'
import { judge } from '../judgement.js'
import { pageRun } from './page-run.js'
import { pageTrace } from './page-trace.js'

const scenario = scenarios.find(({ id }) => id === 'vswap/swap-device-null+rfc-v2') ?? scenarios[0]
if (scenario === undefined) throw new Error('there are no scenarios')
const report = explore(scenario)
const { trace } = report.verdict as Violated
const page = pageTrace(scenario, trace)
const valueAt = (path: string, state: number) => page.states[state]?.values[page.variables.findIndex((v) => v.path === path)]

describe('a trace on a page', () => {
  test('has every state, with a value for each variable', () => {
    expect(page.states).toHaveLength(trace.states.length)
    expect(new Set(page.states.map(({ values }) => values.length))).toEqual(new Set([page.variables.length]))
    expect([valueAt('desc[1].swap_refs', 0), valueAt('desc[1].swap_refs', page.states.length - 1)]).toEqual(['2', '0'])
    expect([valueAt('vswap_rmap[1]', 0), valueAt('vswap_rmap[1]', page.states.length - 1)]).toEqual(['1', 'NULL'])
  })

  test('says where each process is, and what its locals are', () => {
    const [fault, zap] = page.states.at(-1)?.processes ?? []
    expect(fault?.at).toBe('do_swap_page.synchronous_io')
    expect(fault?.frames.map((f) => f.procedure)).toContain('do_swap_page')
    expect(Object.fromEntries(fault?.frames.find((f) => f.procedure === 'do_swap_page')?.locals ?? []).si).toBe('NULL')
    expect(zap?.at).not.toBe('')
  })

  test('draws the objects in columns, from what nothing refers to', () => {
    const columns = page.drawing.columns.map((objects) => objects.map(({ name }) => name))
    expect(columns[0]).toContain('pte[1]')
    expect(columns.findIndex((c) => c.includes('entry[1]'))).toBeLessThan(columns.findIndex((c) => c.includes('desc[1]')))
    expect(columns.flat()).not.toContain('thread[1]')
    const slot = page.drawing.arrows.find(({ from, label }) => from === 'desc[1]' && label === 'slot')
    expect(page.variables[slot?.variable ?? -1]?.path).toBe('desc[1].slot')
  })
})

test('a run on a page has the coverage of every step, by process and procedure', () => {
  const { coverage, ending, isAsExpected } = pageRun({ report, judgement: judge(report) }, 'again')
  const steps = coverage.flatMap(({ process, procedures }) =>
    procedures.flatMap((p) => p.steps.map((s) => [`${process}/${p.name}.${s.name}`, s.times] as const)),
  )
  const ofProcesses = Object.entries(report.coverage).filter(([name]) => name.includes('/'))
  expect(Object.fromEntries(steps.filter(([name]) => !name.startsWith('/')))).toEqual(Object.fromEntries(ofProcesses))
  expect(isAsExpected).toBe(true)
  expect(ending.join(' ')).toContain('NULL pointer dereference: si->flags')
})
