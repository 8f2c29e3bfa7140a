/** Prints a recording that comes with swapcheck several times over, each time on devices of its own: something long for `conform`. */
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { endLine, eventLine, headerLine } from '../recording/jsonl.js'
import { JsonlReader } from '../recording/jsonl-reader.js'
import { linesOf } from '../recording/line-source.js'
import type { RecordedEvent } from '../recording/recording.js'

const file = fileURLToPath(new URL('../../../specs/swap-map/recordings/zswap.jsonl.br', import.meta.url))
/** It has devices 0 and 1. */
const DEVICES = 2

const times = Number(process.argv[2] ?? 12)
const reader = new JsonlReader(file)
const events: RecordedEvent[] = []
for await (const lines of linesOf(file)) for (const line of lines) reader.line(line, events)
if (reader.provenance !== undefined) await write(headerLine(reader.provenance))
for (let i = 0; i < times; i++) {
  const copy = ({ seq, type, ...event }: RecordedEvent): string =>
    eventLine({ seq: i * events.length + seq, ...event, ...(type !== undefined && { type: DEVICES * i + type }) })
  await write(events.map(copy).join(''))
}
await write(endLine(times * events.length))

async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await new Promise((resolve) => process.stdout.once('drain', resolve))
}
