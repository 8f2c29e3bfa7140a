import { describe, expect, test } from 'vitest'
import { language, type Scenario, scenario, schema } from '../checker/index.js'
import { type SetName, select } from './selection.js'

const { spec } = language(schema({}))
const of = (specName: string, name: string, set?: SetName): Scenario =>
  scenario(spec({ name: specName, title: '', properties: [] }), {
    name,
    title: '',
    expect: { verdict: 'holds', distinct: 1, generated: 1, depth: 1 },
    ...(set && { set }),
  })
const scenarios = [
  of('vswap', 'fault-vs-zap'),
  of('vswap', 'fault+broken'),
  of('vswap', 'long', 'nightly'),
  of('vswap', 'longest', 'huge'),
  of('swap-map', 'fault+broken', 'default'),
]
const chosen = (patterns: string[], set?: SetName) => select(scenarios, patterns, set).map((s) => s.id)

describe('without names', () => {
  test('the default set', () => expect(chosen([])).toEqual(['vswap/fault-vs-zap', 'vswap/fault+broken', 'swap-map/fault+broken']))
  test.each([
    ['nightly', 'vswap/long'],
    ['huge', 'vswap/longest'],
  ] as const)('the set %s', (set, id) => expect(chosen([], set)).toEqual([id]))
})

describe('with names', () => {
  test('an id', () => expect(chosen(['swap-map/fault+broken'])).toEqual(['swap-map/fault+broken']))
  test('a name that is unique, of any set', () => expect(chosen(['long'])).toEqual(['vswap/long']))
  test('a tag', () => {
    const tagged = scenarios.map((s) => (s.name === 'long' || s.name === 'fault-vs-zap' ? { ...s, tags: ['corpus'] } : s))
    expect(select(tagged, ['corpus'], undefined).map((s) => s.id)).toEqual(['vswap/fault-vs-zap', 'vswap/long'])
  })
  test('globs over ids', () => expect(chosen(['vswap/*'])).toHaveLength(3))
  test('globs over names', () => expect(chosen(['fault*'])).toHaveLength(3))
  test('? is one character, + is itself', () => expect(chosen(['fault?broken'])).toEqual(['vswap/fault+broken', 'swap-map/fault+broken']))
  test('several, in the order of the registry, each once', () => {
    expect(chosen(['long', 'vswap/*', 'fault-vs-zap'])).toEqual(['vswap/fault-vs-zap', 'vswap/fault+broken', 'vswap/long'])
  })
  test('of one set', () => expect(chosen(['vswap/*'], 'nightly')).toEqual(['vswap/long']))
  test('what takes hours is meant by its name, its set, or a glob for it alone', () => {
    for (const names of [['longest'], ['vswap/longest'], ['vswap/longe*']]) expect(chosen(names)).toEqual(['vswap/longest'])
    expect(chosen(['vswap/*'], 'huge')).toEqual(['vswap/longest'])
  })
})

describe('refused', () => {
  test('a name of two scenarios', () => {
    expect(() => chosen(['fault+broken'])).toThrow("'fault+broken' names 2 scenarios; say which: vswap/fault+broken, swap-map/fault+broken")
  })
  test('a name of none: the nearest are listed', () => {
    expect(() => chosen(['vswap/fault-vs-sap'])).toThrow("no scenario is called 'vswap/fault-vs-sap'; the nearest are vswap/fault-vs-zap")
  })
  test('a glob that matches nothing', () => expect(() => chosen(['nothing/*'])).toThrow("no scenario is called 'nothing/*'"))
  test('one wrong name among right ones', () => expect(() => chosen(['long', 'lnog'])).toThrow("'lnog'"))
  test('names that the set leaves out', () => expect(() => chosen(['long'], 'default')).toThrow('no scenario of the default set'))
})
