import { Map as ImmutableMap, Record as ImmutableRecord, Set as ImmutableSet, List } from 'immutable'
import { describe, expect, test } from 'vitest'
import type { Decoded, DecodedRecord } from '../schema/decode.js'
import { diffStates } from './diff.js'
import type { ProcessState, TraceState } from './trace.js'

const rec = (values: { [field: string]: Decoded }): DecodedRecord => ImmutableRecord(values)()
const state = (values: { [field: string]: Decoded }, processes: ProcessState[] = []): TraceState => ({ variables: rec(values), processes })

describe('variables', () => {
  test('equal states of different classes have no differences', () => {
    const make = () => state({ map: ImmutableMap([[1, rec({ a: 1, b: 'x' })]]), bits: ImmutableSet([1, 2]) })
    expect(diffStates(make(), make())).toEqual([])
  })

  test('the order of fields is no difference', () => {
    expect(diffStates(state({ a: 1, b: 2 }), state({ b: 2, a: 1 }))).toEqual([])
  })

  test('a path leads through arrays and records to the value', () => {
    const make = (refs: number) => state({ desc: ImmutableMap([1, 2].map((d) => [d, rec({ swap_refs: d === 2 ? refs : 0 })])) })
    expect(diffStates(make(3), make(1))).toEqual([{ process: undefined, path: ['desc', 2, 'swap_refs'], before: 3, after: 1 }])
  })

  test('a set is one value', () => {
    const [difference, ...others] = diffStates(state({ s: ImmutableSet([1]) }), state({ s: ImmutableSet([1, 2]) }))
    expect(others).toEqual([])
    expect(List(difference?.after as ImmutableSet<number>).toArray()).toEqual([1, 2])
  })

  test('what is on one side only is undefined on the other', () => {
    const make = (ids: number[]) => state({ m: ImmutableMap(ids.map((i) => [i, true])) })
    expect(diffStates(make([1]), make([2]))).toEqual([
      { process: undefined, path: ['m', 1], before: true, after: undefined },
      { process: undefined, path: ['m', 2], before: undefined, after: true },
    ])
  })

  test('values of another type differ', () => {
    expect(diffStates(state({ a: 1 }), state({ a: '1' }))).toHaveLength(1)
    expect(diffStates(state({ a: rec({}) }), state({ a: ImmutableMap<number, Decoded>() }))).toHaveLength(1)
  })
})

describe('processes', () => {
  const process = (at: string, ...frames: [string, { [local: string]: Decoded }][]): ProcessState => ({
    name: 'CPU0 fault',
    at,
    frames: frames.map(([procedure, locals]) => ({ procedure, locals: rec(locals) })),
  })
  const diff = (before: ProcessState[], after: ProcessState[]) => diffStates(state({}, before), state({}, after))

  test('a local, and where the process is', () => {
    expect(diff([process('f.a', ['f', { old: 0 }])], [process('f.b', ['f', { old: 3 }])])).toEqual([
      { process: 0, path: ['at'], before: 'f.a', after: 'f.b' },
      { process: 0, path: ['f', 'old'], before: 0, after: 3 },
    ])
  })

  test('a frame that was entered, even one without locals', () => {
    expect(diff([process('f.a', ['f', {}])], [process('f.a', ['f', {}], ['g', {}])])).toEqual([
      { process: 0, path: ['stack'], before: 'f', after: 'f > g' },
    ])
  })

  test('a process on one side only', () => {
    expect(diff([], [process('')]).map((d) => d.path)).toEqual([['name'], ['at'], ['stack']])
  })
})
