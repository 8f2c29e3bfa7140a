/** JSON lines: what was written is read, and anything that is missing is noticed. */
import { expect, test } from 'vitest'
import { endLine, eventLine, headerLine } from './jsonl.js'
import { JsonlReader } from './jsonl-reader.js'
import type { Provenance, RecordedEvent } from './recording.js'

const provenance: Provenance = {
  kernel: { release: '6.12', version: '#1', package: 'linux-image' },
  variant: 'plain',
  workload: { seed: 1, seconds: 0.5, arguments: '1 2', result: 'writes 1' },
  probes: ['p:swapcheck/call_swapoff __x64_sys_swapoff'],
  cpus: 2,
}
const event = (seq: number): RecordedEvent => ({
  seq,
  cpu: 1,
  pid: 7,
  event: 'store',
  in: 'put_swap_folio',
  type: 0,
  offset: 3,
  old: 65,
  new: 1,
})
const header = headerLine(provenance)

function read(text: string): RecordedEvent[] {
  const reader = new JsonlReader('a.jsonl')
  const events: RecordedEvent[] = []
  for (const line of text.split('\n')) reader.line(line, events)
  reader.end()
  return events
}

test('what was written is read', () => {
  const reader = new JsonlReader('a.jsonl')
  reader.line(header.trim(), [])
  expect(reader.provenance).toEqual(provenance)
  expect(read(header + eventLine(event(1)) + eventLine(event(2)) + endLine(2))).toEqual([event(1), event(2)])
})

test.each<[string, string, string]>([
  [
    'an event that is missing',
    header + eventLine(event(1)) + eventLine(event(3)) + endLine(2),
    'has a gap at line 3: event 3 follows event 1',
  ],
  ['a first event that is missing', header + eventLine(event(2)) + endLine(1), 'has a gap at line 2: event 2 follows event 0'],
  ['an event that is there twice', header + eventLine(event(1)) + eventLine(event(1)), 'has a gap at line 3: event 1 follows event 1'],
  ['a file that was cut off', header + eventLine(event(1)), 'has a gap: it stops behind event 1, without the line that ends a recording'],
  ['an end that counts others', header + eventLine(event(1)) + endLine(2), 'has a gap: it says that it has 2 events, and 1 are there'],
  ['events behind the end', header + endLine(0) + eventLine(event(1)), 'goes on behind its end, in line 3'],
  ['a byte out of range', header + eventLine({ ...event(1), new: 256 }), 'line 2: new: expected <=255, got 256'],
  ['a field that nobody knows', header + eventLine({ ...event(1), x: 1 } as RecordedEvent), 'line 2: x: expected never, got "x"'],
  ['a kind of event that nobody knows', header + eventLine({ ...event(1), event: 'stare' }), 'line 2: event: expected ('],
  ['half a line', `${header}{"seq":1,"cpu"`, 'line 2: it is not JSON: {"seq":1,"cpu"'],
  ['another header', '{"format":"other"}', 'line 1: format: expected "swapcheck-recording", got "other"'],
  ['another version', header.replace('"version":2', '"version":1'), 'line 1: version: expected 2, got 1'],
])('refuses %s', (_, text, message) => expect(() => read(text)).toThrow(message))
