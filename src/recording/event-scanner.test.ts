/** The scanner against JSON.parse and the schema: what it reads is what they read, and what they refuse it gives up on. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ABSENT, EventScanner } from './event-scanner.js'
import { eventLine, eventOrEnd, kinds } from './jsonl.js'
import type { RecordedEvent } from './recording.js'

const scanner = new EventScanner()

/** What the scanner reads of a line, or undefined. */
function scanned(line: string): RecordedEvent | undefined {
  const bytes = new TextEncoder().encode(line)
  const next = scanner.scan(bytes, 0)
  if (next < 0) return undefined
  expect(next).toBe(bytes.length)
  const { seq, cpu, pid, event, names, name, type, offset, old, stored, ret, fresh } = scanner
  const optional = { type, offset, old, new: stored, ret, fresh: fresh === ABSENT ? ABSENT : fresh === 1 }
  const there = Object.entries(optional).filter(([, value]) => value !== ABSENT)
  return { seq, cpu, pid, event: kinds[event] ?? '', in: names.textOf(name), ...Object.fromEntries(there) }
}

function parsed(line: string): RecordedEvent | number | undefined {
  try {
    return eventOrEnd(line)
  } catch {
    return undefined
  }
}

const number = fc.oneof({ weight: 20, arbitrary: fc.nat(300) }, { weight: 1, arbitrary: fc.maxSafeNat() })
const event = fc.record(
  {
    ...{
      seq: number,
      cpu: fc.nat(3),
      pid: number,
      event: fc.constantFrom(...kinds),
      in: fc.constantFrom('put_swap_folio', 'a', 'x_1.cold', ''),
    },
    ...{
      type: fc.nat(40),
      offset: number,
      old: fc.nat(255),
      new: fc.nat(255),
      ret: fc.integer({ min: -4095, max: 4095 }),
      fresh: fc.boolean(),
    },
  },
  { requiredKeys: ['seq', 'cpu', 'pid', 'event', 'in'] },
)
const shuffled = event.chain((e) => fc.shuffledSubarray(Object.entries(e), { minLength: Object.keys(e).length }))
const parameters = { seed: 20_261_126, numRuns: 500, endOnFailure: true }

describe('an event', () => {
  test('as it is written is read, whatever the order of its fields', () => {
    let long = 0
    const property = fc.property(shuffled, (entries) => {
      const e = Object.fromEntries(entries) as unknown as RecordedEvent
      const read = scanned(eventLine(e))
      // A number of sixteen digits is somebody else's.
      if ([e.seq, e.pid, e.offset ?? 0].every((n) => n < 1e15)) expect(read).toEqual(e)
      else if (read === undefined) long++
    })
    fc.assert(property, parameters)
    expect(long).toBeLessThan(parameters.numRuns / 2)
  })

  test('with some bytes changed is read as JSON says, or given up', () => {
    let [read, refused] = [0, 0]
    const byte = fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...'0123456789-.e"{}[]:,\\ntrue \r') },
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    )
    const changes = fc.array(fc.tuple(fc.nat(120), fc.nat(1), byte), { minLength: 1, maxLength: 2 })
    const property = fc.property(event, changes, (e, edits) => {
      const letters = [...eventLine(e).trim()]
      for (const [at, removed, by] of edits) letters.splice(at % letters.length, removed, by)
      const line = letters.join('')
      const found = line.includes('\n') ? undefined : scanned(line)
      if (found === undefined) return void refused++
      read++
      expect(found).toEqual(parsed(line))
    })
    fc.assert(property, { ...parameters, numRuns: 3000 })
    expect(read).toBeGreaterThan(50)
    expect(refused).toBeGreaterThan(100)
  })
})

describe('gives up on', () => {
  const rest = '"cpu":0,"pid":1,"event":"call","in":"f"'
  test.each([
    ['a field that is there twice', `{"seq":1,"seq":2,${rest}}`],
    ['a field that is missing', `{${rest}}`],
    ['a field that nobody knows', `{"seq":1,"sequel":1,${rest}}`],
    ['a number in another form', `{"seq":1e0,${rest}}`],
    ['a zero in front', `{"seq":01,${rest}}`],
    ['a byte too large', `{"seq":1,"old":256,${rest}}`],
    ['a letter that is escaped', '{"seq":1,"cpu":0,"pid":1,"event":"call","in":"\\u0066"}'],
    ['a letter of more than a byte', '{"seq":1,"cpu":0,"pid":1,"event":"call","in":"é"}'],
    ['a kind that nobody knows', '{"seq":1,"cpu":0,"pid":1,"event":"stare","in":"f"}'],
    ['what a return value is not', `{"seq":1,"ret":-0,${rest}}`],
    ['half a line', `{"seq":1,${rest}`],
    ['a name without an end', '{"seq":1,"cpu":0,"pid":1,"event":"call","in":"f'],
    ['spaces', `{"seq": 1,${rest}}`],
    ['more than a line', `{"seq":1,${rest}} `],
    ['the end', '{"end":true,"events":1}'],
    ['nothing', ''],
  ])('%s', (_, line) => expect(scanned(line)).toBeUndefined())
})

test('more names than there is room for are somebody else’s, and those before are known', () => {
  const line = (name: string): string => eventLine({ seq: 1, cpu: 0, pid: 1, event: 'call', in: name })
  const read = Array.from({ length: 1100 }, (_, i) => scanned(line(`function_${i}`))?.in)
  expect(read.filter((name) => name === undefined).length).toBeGreaterThan(70)
  expect(scanned(line('function_7'))?.in).toBe('function_7')
})
