/** Reads a recording of either kind, in bounded memory. */
import { FtraceReader } from './ftrace-reader.js'
import { JsonlReader } from './jsonl-reader.js'
import { linesOf } from './line-source.js'
import { noEvents, type RecordedEvent } from './recording.js'

/**
 * @returns events in order, in arrays of some thousands
 * @throws Refusal where the file cannot be read, is no recording, is empty, or has a gap; behind the events before that
 */
export async function* readRecording(file: string): AsyncGenerator<readonly RecordedEvent[]> {
  let reader: FtraceReader | JsonlReader | undefined
  let count = 0
  for await (const lines of linesOf(file)) {
    reader ??= lines[0]?.startsWith('{') ? new JsonlReader(file) : new FtraceReader(file)
    const { events, fault } = eventsOf(reader, lines)
    count += events.length
    if (events.length > 0) yield events
    if (fault !== undefined) throw fault
  }
  reader?.end()
  if (count === 0) throw noEvents(file)
}

function eventsOf(
  reader: FtraceReader | JsonlReader,
  lines: readonly string[],
): { readonly events: readonly RecordedEvent[]; readonly fault?: unknown } {
  const events: RecordedEvent[] = []
  try {
    for (const line of lines) reader.line(line, events)
    return { events }
  } catch (fault) {
    return { events, fault }
  }
}
