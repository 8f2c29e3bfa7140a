/** A recording that is read in parts, wherever it is cut, is the one that is read line by line, and what is wrong with it is the same. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EventScanner } from './event-scanner.js'
import { Joints } from './joints.js'
import { endLine, eventLine, headerLine, kinds } from './jsonl.js'
import { readPart } from './jsonl-part.js'
import { JsonlReader, unended } from './jsonl-reader.js'
import { refusalOf } from './line-order.js'

const header = headerLine({
  ...{ kernel: { release: '6.12', version: '#1', package: 'linux-image' }, variant: 'plain', probes: [], cpus: 2 },
  workload: { seed: 1, seconds: 1, arguments: '', result: '' },
})

const event = (seq: number): string => eventLine({ seq, cpu: 0, pid: 1, event: kinds[seq % kinds.length] ?? 'call', in: 'f' }).trim()

interface Read {
  readonly seqs: readonly number[]
  readonly said: string
}

function readByLine(lines: readonly string[]): Read {
  const reader = new JsonlReader('a.jsonl')
  const events: { seq: number }[] = []
  let said = ''
  try {
    for (const line of [header.trim(), ...lines]) reader.line(line, events as Parameters<typeof reader.line>[1])
    reader.end()
  } catch (error) {
    said = (error as Error).message
  }
  return { seqs: events.map(({ seq }) => seq), said }
}

/** @param cuts before which lines a part begins */
function readInParts(lines: readonly string[], cuts: readonly number[]): Read {
  const joints = new Joints(1)
  const seqs: number[] = []
  const begins = [0, ...[...new Set(cuts)].filter((cut) => cut > 0 && cut < lines.length).sort((a, b) => a - b)]
  for (const [i, begin] of begins.entries()) {
    const text = lines.slice(begin, begins[i + 1]).map((line) => `${line}\n`)
    const found: number[] = []
    const taker = { addScanned: ({ seq }: EventScanner) => void found.push(seq), add: ({ seq }: { seq: number }) => void found.push(seq) }
    const { follows, fault } = joints.see(readPart(new TextEncoder().encode(text.join('')), new EventScanner(), taker))
    if (follows) seqs.push(...found)
    if (fault !== undefined) return { seqs, said: refusalOf('a.jsonl', fault).message }
  }
  return { seqs, said: joints.order.hasEnded ? '' : unended('a.jsonl', joints.order).message }
}

/** What may happen to the lines of a recording. */
const damages: readonly ((lines: string[], at: number) => void)[] = [
  () => undefined,
  (lines, at) => void lines.splice(at, 1),
  (lines, at) => void lines.splice(at, 0, lines[at] ?? ''),
  (lines, at) => void lines.splice(at, 0, ''),
  (lines, at) => void lines.splice(at, 1, '{"seq":'),
  (lines, at) => void lines.splice(at, 1, (lines[at] ?? '').replace(',', ' , ')),
  (lines, at) => void lines.splice(at, 0, endLine(at).trim()),
  (lines) => void lines.push(event(99)),
  (lines) => void lines.pop(),
]

test('in parts as by line', () => {
  const said = new Set<string>()
  const edits = fc.array(fc.tuple(fc.nat(damages.length - 1), fc.nat(9)), { maxLength: 2 })
  const property = fc.property(fc.nat(8), edits, fc.array(fc.nat(11), { maxLength: 5 }), (events, edit, cuts) => {
    const lines = [...Array.from({ length: events }, (_, i) => event(i + 1)), endLine(events).trim()]
    for (const [damage, at] of edit) damages[damage]?.(lines, Math.min(at, lines.length))
    const expected = readByLine(lines)
    expect(readInParts(lines, cuts)).toEqual(expected)
    said.add(expected.said.replaceAll(/\d+/g, 'n'))
  })
  fc.assert(property, { seed: 20_261_126, numRuns: 1500, endOnFailure: true })
  // Nothing, and each way in which lines may not follow one another.
  expect(said.size).toBeGreaterThan(5)
})
