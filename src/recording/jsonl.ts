/**
 * Recordings as JSON lines, version 2: a header, one event a line, and an end, without which the file is only a part of one.
 *
 *     {"format":"swapcheck-recording","version":2,"kernel":{…},"variant":"zram","workload":{…},"probes":[…],"cpus":2}
 *     {"seq":1,"cpu":0,"pid":88,"event":"store","in":"__swap_duplicate","type":0,"offset":1,"old":64,"new":65}
 *     {"end":true,"events":1}
 */
import * as v from 'valibot'
import type { Provenance, RecordedEvent } from './recording.js'

const natural = v.pipe(v.number(), v.integer(), v.minValue(0))
const byte = v.pipe(natural, v.maxValue(255))

const provenance = {
  kernel: v.object({ release: v.string(), version: v.string(), package: v.string() }),
  variant: v.string(),
  workload: v.object({ seed: natural, seconds: v.number(), arguments: v.string(), result: v.string() }),
  probes: v.array(v.string()),
  cpus: natural,
}

/** Kinds of events. */
export const kinds = ['store', 'continued', 'device', 'cache_add', 'cache_delete', 'tree', 'lru', 'call', 'return'] as const

const header = v.object({ format: v.literal('swapcheck-recording'), version: v.literal(2), ...provenance })
const end = v.object({ end: v.literal(true), events: natural })
const event = v.strictObject({
  seq: natural,
  cpu: natural,
  pid: natural,
  event: v.picklist(kinds),
  in: v.string(),
  type: v.exactOptional(natural),
  offset: v.exactOptional(natural),
  old: v.exactOptional(byte),
  new: v.exactOptional(byte),
  ret: v.exactOptional(v.number()),
  fresh: v.exactOptional(v.boolean()),
})

/** What is wrong with a line, in words. */
export class LineError extends Error {}

export function headerOf(line: string): Provenance {
  const { format: _format, version: _version, ...rest } = parsed(header, line)
  return rest
}

/** An event, or the number of events that the end says there were. */
export function eventOrEnd(line: string): RecordedEvent | number {
  if (line.startsWith('{"end"')) return parsed(end, line).events
  const value = json(line)
  return isEvent(value) ? value : parsed(event, line)
}

const isNatural = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0
const isByte = (value: unknown): boolean => isNatural(value) && (value as number) <= 255
const isText = (value: unknown): boolean => typeof value === 'string'

const checks: Readonly<Record<string, (value: unknown) => boolean>> = {
  ...{ seq: isNatural, cpu: isNatural, pid: isNatural, in: isText, type: isNatural, offset: isNatural, old: isByte, new: isByte },
  event: (value) => kinds.includes(value as (typeof kinds)[number]),
  ret: (value) => typeof value === 'number',
  fresh: (value) => typeof value === 'boolean',
}

/** The same as the schema of events, for the millions that are as they must be; what this refuses, the schema explains. */
function isEvent(value: unknown): value is RecordedEvent {
  if (typeof value !== 'object' || value === null) return false
  const { seq, cpu, pid, event, in: name } = value as Partial<RecordedEvent>
  if (seq === undefined || cpu === undefined || pid === undefined || event === undefined || name === undefined) return false
  for (const key in value) if (!checks[key]?.((value as Readonly<Record<string, unknown>>)[key])) return false
  return true
}

function parsed<S extends v.GenericSchema>(schema: S, line: string): v.InferOutput<S> {
  const result = v.safeParse(schema, json(line))
  if (result.success) return result.output
  const [issue] = result.issues
  throw new LineError(`${v.getDotPath(issue) ?? 'the line'}: expected ${issue.expected ?? issue.message}, got ${issue.received}`)
}

function json(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw new LineError(`it is not JSON: ${line.slice(0, 60)}`)
  }
}

export function headerLine(from: Provenance): string {
  return `${JSON.stringify({ format: 'swapcheck-recording', version: 2, ...from })}\n`
}

export function eventLine(e: RecordedEvent): string {
  return `${JSON.stringify(e)}\n`
}

export function endLine(events: number): string {
  return `${JSON.stringify({ end: true, events })}\n`
}
