/** `swapcheck explore`: steps through a scenario in a browser. */
import { once as nextEvent } from 'node:events'
import type { CommandModule } from 'yargs'
import { type ExitCode, exitCodes } from '../exit-code.js'
import { serve } from '../explore/server.js'
import { pageCode } from '../html/page-code.js'
import { interruption } from '../interruption.js'
import { selectOne } from '../selection.js'
import { loadScenarios } from '../spec-module.js'
import type { Terminal } from '../terminal.js'
import { once, specOption, wholeUpTo } from './options.js'

interface ExploreArgs {
  readonly scenario: string
  readonly spec: string | undefined
  readonly port: number | undefined
  readonly path: string
}

export function exploreCommand(terminal: Terminal, finish: (code: ExitCode) => void): CommandModule<object, ExploreArgs> {
  return {
    command: 'explore <scenario>',
    describe: 'Step through a scenario in a browser on this machine',
    builder: (y) =>
      y
        .positional('scenario', { type: 'string', demandOption: true, describe: 'An id, or a name that is unique' })
        .option('spec', specOption)
        .option('port', {
          type: 'string',
          requiresArg: true,
          coerce: wholeUpTo('port', 65535),
          describe: 'Serve on this port of the loopback; without it, on one that is free',
        })
        .option('path', {
          type: 'string',
          default: '0',
          requiresArg: true,
          coerce: once('path'),
          describe: 'Start at the end of a path, as the page gives it',
        }) as never,
    handler: async (args) => finish(await explore(args, terminal)),
  }
}

async function explore({ scenario: name, spec, port = 0, path }: ExploreArgs, terminal: Terminal): Promise<ExitCode> {
  const scenario = selectOne(await loadScenarios(spec, [name]), name)
  const { signal, release } = interruption(() => terminal.note('interrupted: the page is gone'))
  const served = await serve(scenario, pageCode(), { port, path })
  terminal.print(`${scenario.id} is at ${served.address} (Ctrl-C ends it)\n`)
  if (!signal.aborted) await nextEvent(signal, 'abort')
  await served.close()
  release()
  return exitCodes.asExpected.code
}
