import { describe, expect, it } from 'vitest'
import { explore, type Scenario } from '../checker/index.js'
import { scenarios } from './index.js'
import { scenariosOf, specNames } from './load.js'

/** The larger ones of the default set are explored by the README's other command, which compares the same figures. */
const MOST_STATES = 10_000
const everyDay = scenarios.filter((s) => (s.set ?? 'default') === 'default')
const small = everyDay.filter((s) => s.expect.distinct <= MOST_STATES)
const specs = [...new Set(scenarios.map((s) => s.spec))]
const named = (list: readonly Scenario[]) => list.map((s) => [s.id, s] as const)

describe('the registry', () => {
  it('gives each scenario an id of its own', () => {
    expect(new Set(scenarios.map((s) => s.id)).size).toBe(scenarios.length)
  })

  it('finds the scenarios of a spec by what stands before the slash in their ids', async () => {
    for (const name of specNames) {
      const ids = scenarios.map((s) => s.id).filter((id) => id.startsWith(`${name}/`))
      expect((await scenariosOf([name])).map((s) => s.id)).toEqual(ids)
      expect(ids.length).toBeGreaterThan(0)
    }
  })

  it.each(named(small))('%s shows what it is expected to show', (_, scenario) => {
    const { verdict, distinct, generated, depth } = explore(scenario)
    const property = verdict.kind === 'violated' ? { property: verdict.property } : {}
    expect({ verdict: verdict.kind, ...property, distinct, generated, depth }).toEqual(scenario.expect)
  })

  it.each(named(scenarios.filter((s) => s.name.endsWith('+fixed'))))('%s differs from its twin by one protection alone', (id, fixed) => {
    const twin = scenarios.find((s) => s !== fixed && s.id.split('+')[0] === id.split('+')[0])
    expect(twin?.expect.verdict).toBe('violated')
    expect(twin?.without?.length).toBe(1)
    expect(fixed.without ?? []).toEqual([])
    expect(twin && { spec: twin.spec, run: twin.run, init: twin.init, bounds: twin.bounds }).toEqual({
      spec: fixed.spec,
      run: fixed.run,
      init: fixed.init,
      bounds: fixed.bounds,
    })
  })
})

describe.each(specs.map((spec) => [spec.title, spec] as const))('%s', (_, spec) => {
  const ofSpec = scenarios.filter((s) => s.spec === spec)
  const broken = new Set(ofSpec.map((s) => s.expect.property))

  it('has no property that no scenario breaks', () => {
    const properties = [spec, ...ofSpec].flatMap((s) => s.properties ?? []).filter((p) => p.kind !== 'mustFail' && p.kind !== 'reachable')
    expect([...new Set(properties.map((p) => p.name))].filter((name) => !broken.has(name))).toEqual([])
  })

  it('has no protection that no scenario takes out', () => {
    const out = ofSpec.flatMap((s) => s.without ?? [])
    expect(spec.protections.filter((p) => !out.includes(p) && !(p in spec.survivors))).toEqual([])
  })

  it('says why of no protection that a scenario misses', () => {
    expect(Object.keys(spec.survivors).filter((p) => ofSpec.some((s) => s.without?.includes(p)))).toEqual([])
  })

  it('breaks its own properties only where a protection is out, or fairness is', () => {
    const own = ofSpec.filter((s) => spec.properties.some((p) => p.name === s.expect.property))
    expect(own.filter((s) => (s.without ?? []).length === 0 && s.fairness === undefined)).toEqual([])
  })
})
