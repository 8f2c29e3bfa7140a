/** `swapcheck conform`: is what a real kernel was recorded doing a behaviour of the spec? */
import type { Argv, CommandModule } from 'yargs'
import { recordedSpecs } from '../../specs/index.js'
import { conform } from '../conform/conform.js'
import { type ExitCode, exitCodes } from '../exit-code.js'
import { conformanceAsText } from '../report/conformance.js'
import type { Terminal } from '../terminal.js'
import { oneOf } from './options.js'

interface Args {
  readonly recording: string
  readonly spec: string
  readonly coverage: boolean
}

const names = recordedSpecs.map(({ name }) => name)

export function conformCommand(terminal: Terminal, finish: (code: ExitCode) => void): CommandModule<object, Args> {
  return {
    command: 'conform <recording>',
    describe: 'Hold a recorded run of a real kernel against the spec, event by event',
    builder: (y) => conformOptions(y),
    handler: async (args) => finish(await run(args, terminal)),
  }
}

function conformOptions(y: Argv): Argv<Args> {
  return y
    .positional('recording', {
      type: 'string',
      demandOption: true,
      describe: "JSON lines, or ftrace's text, of the recorder's probes; may be packed with gzip, xz or Brotli",
    })
    .option('spec', {
      choices: names,
      default: 'swap-map',
      requiresArg: true,
      coerce: oneOf('spec', names),
      describe: 'Hold it against this spec',
    })
    .option('coverage', {
      type: 'boolean',
      default: false,
      describe: 'Show which steps were seen and which never, and which events followed one of another processor',
    })
    .example('$0 conform specs/swap-map/recordings/zram.jsonl.br', 'a recording that comes with swapcheck') as unknown as Argv<Args>
}

async function run({ recording, spec: name, coverage }: Args, { progress, print, page }: Terminal): Promise<ExitCode> {
  const spec = recordedSpecs.find((s) => s.name === name)
  if (spec === undefined) throw new Error(`no spec ${name}`)
  try {
    const result = await conform(recording, spec, (events, seconds) => {
      const rate = Math.round(events / seconds).toLocaleString('en-US')
      progress(`${recording}: ${events.toLocaleString('en-US')} events, ${rate} events/s`)
    })
    progress('')
    print(conformanceAsText(spec, result, coverage, page))
    return result.unexplained === undefined ? exitCodes.asExpected.code : exitCodes.notABehaviour.code
  } finally {
    progress('')
  }
}
