/** What came out of a recorded machine, as a recording. */
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createBrotliCompress } from 'node:zlib'
import { endLine, eventLine, headerLine } from '../recording/jsonl.js'
import { readRecording } from '../recording/read-recording.js'
import type { Provenance } from '../recording/recording.js'
import { Continuity } from './continuity.js'
import { RecordingFault } from './recording-fault.js'

export interface Output {
  /** The file of ftrace's text. */
  readonly trace: string
  /** What the machine said of itself: lines of a word and a value. */
  readonly about: string
  readonly provenance: {
    readonly variant: string
    readonly package: string
    readonly seed: number
    readonly seconds: number
    readonly arguments: string
    readonly probes: readonly string[]
    readonly cpus: number
  }
}

/**
 * @param file what to write
 * @returns how many events there were
 * @throws RecordingFault where something went wrong in the machine
 * @throws Refusal where the recording has gaps
 */
export async function writeRecording(file: string, { trace, about, provenance }: Output): Promise<number> {
  const from = provenanceOf(about, provenance)
  const continuity = new Continuity()
  let events = 0
  async function* lines(): AsyncGenerator<string> {
    yield headerLine(from)
    for await (const batch of readRecording(trace)) {
      for (const event of batch) continuity.see(event)
      events += batch.length
      yield batch.map(eventLine).join('')
    }
    yield endLine(events)
  }
  const brotli = createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 24 } })
  await pipeline(Readable.from(lines()), brotli, createWriteStream(file))
  return events
}

function provenanceOf(
  about: string,
  { package: source, variant, seed, seconds, arguments: words, probes, cpus }: Output['provenance'],
): Provenance {
  const said = (word: string): string | undefined => new RegExp(`^${word} (.*)$`, 'm').exec(about)?.[1]
  const failures = [said('refused'), said('kernel'), said('lost \\D*[1-9]') && 'events were lost'].filter(
    (failure) => failure !== undefined,
  )
  if (said('armed') !== String(probes.length)) failures.push(`${said('armed') ?? 'no'} probes of ${probes.length} were armed`)
  if (said('status') !== '0') failures.push(`the workload ended with status ${said('status') ?? '?'}`)
  if (!/^end/m.test(about)) failures.push('it stopped before its end')
  if (failures.length > 0)
    throw new RecordingFault(`the machine that was recorded (${variant}) is not as it should be: ${failures.join('; ')}`)
  const kernel = { release: said('release') ?? '', version: said('version') ?? '', package: source }
  return { kernel, variant, workload: { seed, seconds, arguments: words, result: said('workload') ?? '' }, probes, cpus }
}
