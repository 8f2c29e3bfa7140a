import { fc, test as prop } from '@fast-check/vitest'
import { Map as ImmutableMap, Record as ImmutableRecord, Set as ImmutableSet } from 'immutable'
import { describe, expect, test } from 'vitest'
import { type Decoded, type DecodedRecord, diffStates, type Trace, type TraceState, type TraceStep } from '../../checker/index.js'
import { type Counterexample, claimOf, formatItf, fromItf, type Provenance, toItf } from './itf.js'

const emptyRecord: object = ImmutableRecord({})()
const name = fc
  .oneof(fc.constantFrom('desc', 'swap_refs', 'processes', 'processes_', 'abstract', '_refcount'), fc.stringMatching(/^[A-Za-z_]\w{0,6}$/))
  .filter((s) => !(s in emptyRecord))
const record = (value: fc.Arbitrary<Decoded>): fc.Arbitrary<DecodedRecord> =>
  fc.dictionary(name, value, { maxKeys: 4, noNullPrototype: true }).map((fields) => ImmutableRecord<{ [field: string]: Decoded }>(fields)())
const ordinals = fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 4 })
const { value } = fc.letrec<{ value: Decoded }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.string(),
    ordinals.map((ids) => ImmutableSet(ids)),
    fc
      .tuple(ordinals, fc.array(tie('value'), { minLength: 4, maxLength: 4 }))
      .map(([ids, values]) => ImmutableMap(ids.map((id, i) => [id, values[i] ?? 0]))),
    record(tie('value')),
  ),
}))
const scalar = fc.oneof(fc.integer(), fc.boolean(), fc.string())
const step: fc.Arbitrary<TraceStep> = fc.record({
  process: fc.option(fc.nat(3), { nil: undefined }),
  step: fc.string(),
  args: fc.dictionary(name, scalar, { noNullPrototype: true }),
  picks: fc.array(fc.nat(5)),
  failed: fc.boolean(),
})
const variables = record(value)
const processes = fc.array(
  fc.record({
    name: fc.string(),
    at: fc.string(),
    frames: fc.array(fc.record({ procedure: fc.string(), locals: record(value) }), { maxLength: 2 }),
  }),
  { maxLength: 3 },
)
const provenance: Provenance = {
  tool: 'swapcheck',
  version: '1',
  spec: 's',
  scenario: 's/x',
  verdict: 'deadlock',
  command: 'swapcheck replay x',
}

/** All states have the variables of the first. */
const trace: fc.Arbitrary<Trace> = fc
  .tuple(variables, fc.array(fc.tuple(fc.infiniteStream(value), processes, step), { maxLength: 4 }), processes)
  .map(([first, later, start]) => {
    const names = Object.keys(first.toObject())
    const states: TraceState[] = later.map(([values, processes]) => ({
      variables: ImmutableRecord<{ [field: string]: Decoded }>(Object.fromEntries(names.map((n) => [n, values.next().value])))(),
      processes,
    }))
    return {
      processes: start.map((p) => p.name),
      states: [{ variables: first, processes: start }, ...states],
      steps: later.map(([, , s]) => s),
    }
  })

describe('a trace goes to a file and back', () => {
  prop.prop([trace], { seed: 1, numRuns: 100 })('whatever its values', (original) => {
    const read = fromItf(JSON.parse(formatItf(toItf({ provenance, trace: original }))))
    expect(read.provenance).toMatchObject({ ...provenance })
    expect(read.trace.processes).toEqual(original.processes)
    expect(read.trace.steps).toEqual(original.steps)
    expect(read.trace.states).toHaveLength(original.states.length)
    for (const [i, state] of original.states.entries()) expect(diffStates(state, read.trace.states[i] ?? state)).toEqual([])
  })

  prop.prop([trace], { seed: 2 })('with every integer as #bigint', (original) => {
    const { states } = toItf({ provenance, trace: original })
    const numbers = (json: unknown): number[] =>
      typeof json === 'number'
        ? [json]
        : typeof json === 'object' && json !== null
          ? Object.entries(json).flatMap(([k, v]) => (k === '#meta' ? [] : numbers(v)))
          : []
    expect(numbers(states)).toEqual([])
  })
})

const good = (): Counterexample => ({
  provenance,
  trace: {
    processes: [],
    states: [1, 2].map((n) => ({ variables: ImmutableRecord<{ [field: string]: Decoded }>({ n })(), processes: [] })),
    steps: [{ process: undefined, step: 'tick', args: {}, picks: [], failed: false }],
  },
})

test('the file has one state per line', () => {
  expect(formatItf(toItf(good()))).toMatchInlineSnapshot(`
    "{
      "#meta": {
        "format": "ITF",
        "format-description": "https://apalache-mc.org/docs/adr/015adr-trace.html",
        "tool": "swapcheck",
        "version": "1",
        "spec": "s",
        "scenario": "s/x",
        "verdict": "deadlock",
        "command": "swapcheck replay x"
      },
      "vars": ["n","processes"],
      "states": [
        {"#meta":{"index":0},"n":{"#bigint":"1"},"processes":[]},
        {"#meta":{"index":1,"step":"tick","args":{},"picks":[]},"n":{"#bigint":"2"},"processes":[]}
      ]
    }
    "
  `)
})

test('a behaviour without an end says where its loop begins', () => {
  const { trace } = good()
  const file = formatItf(toItf({ provenance, trace: { ...trace, loop: 1 } }))
  expect(file).toContain('\n  "loop": 1,\n')
  expect(fromItf(JSON.parse(file)).trace.loop).toBe(1)
  expect(() => fromItf(JSON.parse(file.replace('"loop": 1', '"loop": 2')))).toThrow('loop: is 2; expected the index of a state, below 2')
})

describe('what a state is in the abstract', () => {
  const refined = (): Counterexample => {
    const { trace } = good()
    const states = trace.states.map((state) => ({ ...state, abstract: ImmutableRecord<{ [field: string]: Decoded }>({ hour: 7 })() }))
    return { provenance, trace: { ...trace, states } }
  }

  test('follows where the processes are', () => {
    const { vars, states } = toItf(refined())
    expect([vars, states[1]?.abstract]).toEqual([['n', 'processes', 'abstract'], { hour: { '#bigint': '7' } }])
    expect(fromItf(JSON.parse(formatItf(toItf(refined())))).trace.states[1]?.abstract?.get('hour', 0)).toBe(7)
  })

  test('is refused where it is no record', () => {
    const file = formatItf(toItf(refined())).replaceAll('{"hour":{"#bigint":"7"}}', '7')
    expect(() => fromItf(JSON.parse(file))).toThrow('states[0].abstract: expected a record, came 7')
  })
})

test('integers may be JSON numbers', () => {
  const json = JSON.parse(formatItf(toItf(good())).replaceAll(/\{"#bigint":"(\d)"\}/g, '$1'))
  expect(fromItf(json).trace.states[1]?.variables.get('n', 0)).toBe(2)
})

describe('a file that is no counterexample is refused, and the message names the place', () => {
  const broken = (change: (json: { [key: string]: unknown; states: Record<string, unknown>[] }) => void): (() => void) => {
    const json = JSON.parse(formatItf(toItf(good())))
    change(json)
    return () => fromItf(json)
  }
  const withValue = (value: unknown) => broken(({ states: [first] }) => Object.assign(first ?? {}, { n: value }))
  const deep = (depth: number): unknown => (depth === 0 ? true : { a: deep(depth - 1) })

  test.each<[string, () => void, string]>([
    ['null', () => fromItf(null), 'the file: expected Object, came null'],
    ['a list', () => fromItf([]), '#meta: is missing'],
    ['no #meta', broken((json) => delete json['#meta']), '#meta: is missing'],
    [
      'a trace of another tool',
      broken((json) => Object.assign(json['#meta'] as object, { tool: 'quint' })),
      '#meta.tool: expected "swapcheck", came "quint"',
    ],
    ['no states', broken((json) => json.states.splice(0)), 'states: expected >=1, came 0'],
    ['no processes', broken((json) => Object.assign(json, { vars: ['n'] })), "there is no 'processes'"],
    ['a missing variable', broken(({ states }) => delete states[1]?.n), "states[1]: variable 'n' is missing"],
    ['no step', broken(({ states }) => Object.assign(states[1] ?? {}, { '#meta': {} })), 'states[1].#meta.step: is missing'],
    ['a negative process', broken(({ states }) => Object.assign(states[1]?.['#meta'] ?? {}, { process: -1 })), 'states.1.#meta.process'],
    ['processes that are none', broken(({ states }) => Object.assign(states[0] ?? {}, { processes: [{}] })), 'states[0].processes.0.name'],
    ['null', withValue(null), 'states[0].n: expected a boolean, a string'],
    ['a list', withValue([1]), 'states[0].n: expected a boolean, a string'],
    ['a fraction', withValue(0.5), 'states[0].n: expected an integer of at most 53 bits, came 0.5'],
    ['no digits', withValue({ '#bigint': '0x10' }), 'states[0].n: expected digits in #bigint, came "0x10"'],
    ['too many digits', withValue({ '#bigint': '9'.repeat(20) }), 'expected an integer of at most 53 bits'],
    ['an unknown #', withValue({ '#tup': [] }), "'#tup' cannot name a field"],
    ['a hostile name', withValue(JSON.parse('{"__proto__":{"a":true}}')), "'__proto__' cannot name a field"],
    ['a method', withValue({ toJS: true }), "'toJS' cannot name a field"],
    ['a set of records', withValue({ '#set': [{}] }), 'states[0].n{0}: expected an integer'],
    ['a map that is none', withValue({ '#map': [[1]] }), 'expected a key and a value'],
    ['a map from names', withValue({ '#map': [['a', true]] }), 'states[0].n, key 0: expected an integer'],
    ['a deep nest', withValue(deep(100)), 'is nested more than 32 deep'],
  ])('%s', (_, read, message) => expect(read).toThrow(message))

  test('a violation that does not say of what', () => {
    expect(() => claimOf({ ...provenance, verdict: 'violated' })).toThrow('#meta.property: is missing')
  })
})
