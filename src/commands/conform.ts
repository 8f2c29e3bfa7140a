/** `swapcheck conform`: is what a real kernel was recorded doing a behaviour of the spec? */
import type { Argv, CommandModule } from 'yargs'
import type { RecordedSpec } from '../../specs/index.js'
import { type Conformance, conform } from '../conform/conform.js'
import { type Control, controlsOf } from '../conform/controls.js'
import { workersFor } from '../conform/crew.js'
import { possible } from '../conform/possible.js'
import { recordedSpec, recordedSpecNames } from '../conform/spec-of-recordings.js'
import { mergeTallies, type Tally } from '../conform/tally.js'
import { type ExitCode, exitCodes } from '../exit-code.js'
import { readRecording } from '../recording/read-recording.js'
import type { RecordedEvent } from '../recording/recording.js'
import { conformanceAsText } from '../report/conformance.js'
import { controlsAsText } from '../report/controls.js'
import { kernelCoverageAsText } from '../report/kernel-coverage.js'
import type { Terminal } from '../terminal.js'
import { oneOf, wholeUpTo } from './options.js'

interface Args {
  readonly recordings: readonly string[]
  readonly spec: string
  readonly workers: number | undefined
  readonly coverage: boolean
  readonly controls: number | undefined
}

export function conformCommand(terminal: Terminal, finish: (code: ExitCode) => void): CommandModule<object, Args> {
  return {
    command: 'conform <recordings..>',
    describe: 'Hold a recorded run of a real kernel against the spec, event by event',
    builder: (y) => conformOptions(y),
    handler: async (args) => finish(await run(args, terminal)),
  }
}

function conformOptions(y: Argv): Argv<Args> {
  return y
    .positional('recordings', {
      type: 'string',
      array: true,
      demandOption: true,
      describe: "JSON lines, or ftrace's text, of the recorder's probes; may be packed with gzip, xz or Brotli",
    })
    .option('spec', {
      choices: recordedSpecNames,
      default: 'swap-map',
      requiresArg: true,
      coerce: oneOf('spec', recordedSpecNames),
      describe: 'Hold it against this spec',
    })
    .option('workers', {
      type: 'string',
      requiresArg: true,
      coerce: wholeUpTo('workers', 64),
      describe:
        'Read and follow slots with so many threads, 1 to 64; without it one for each core where a recording is long, else one. The output is the same',
    })
    .option('coverage', {
      type: 'boolean',
      default: false,
      describe: 'Show which steps were seen and which never, and which events followed one of another processor',
    })
    .option('controls', {
      type: 'string',
      requiresArg: true,
      coerce: wholeUpTo('controls', 100_000),
      describe:
        'Damage what is accepted so many times in each of five ways, and show how much of that is rejected; takes memory for all of it',
    })
    .example(
      '$0 conform specs/swap-map/recordings/*.jsonl.br --coverage',
      'the recordings that come with swapcheck',
    ) as unknown as Argv<Args>
}

async function run({ recordings, spec: name, workers, coverage, controls }: Args, terminal: Terminal): Promise<ExitCode> {
  const spec = recordedSpec(name)
  const tallies: Tally[] = []
  let isRejected = false
  for (const recording of recordings) {
    const { tally, unexplained, seconds } = await follow(recording, spec, workers, terminal)
    terminal.print(conformanceAsText(spec, { tally, unexplained, seconds }, recordings.length > 1 ? recording : '', terminal.page))
    if (controls !== undefined && unexplained === undefined) terminal.print(controlsAsText(await damaged(recording, spec, controls)))
    tallies.push(tally)
    isRejected ||= unexplained !== undefined
  }
  if (coverage && !isRejected) terminal.print(kernelCoverageAsText(spec, mergeTallies(tallies), possible(spec)))
  return isRejected ? exitCodes.notABehaviour.code : exitCodes.asExpected.code
}

async function damaged(recording: string, spec: RecordedSpec, each: number): Promise<Control[]> {
  const events: RecordedEvent[] = []
  for await (const batch of readRecording(recording)) events.push(...batch)
  return controlsOf(spec, events, { each, seed: 1 })
}

async function follow(recording: string, spec: RecordedSpec, workers: number | undefined, { progress }: Terminal): Promise<Conformance> {
  try {
    return await conform(recording, spec, {
      workers: workers ?? (await workersFor(recording)),
      progress(events, seconds) {
        const rate = Math.round(events / seconds).toLocaleString('en-US')
        progress(`${recording}: ${events.toLocaleString('en-US')} events, ${rate} events/s`)
      },
    })
  } finally {
    progress('')
  }
}
