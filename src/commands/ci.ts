/** `swapcheck ci`: compares what scenarios show with what they showed when somebody last accepted it. */
import type { Argv, CommandModule } from 'yargs'
import type { Scenario } from '../../checker/index.js'
import type { Change } from '../baseline.js'
import type { ExitCode } from '../exit-code.js'
import { changesSince, DEFAULT_FILE, type Gate, goneSince, openGate, pass } from '../gate.js'
import { interruption } from '../interruption.js'
import { defaultWorkers } from '../machine-limits.js'
import { sourceOf } from '../scenario-source.js'
import { type SetName, select, sets } from '../selection.js'
import { loadScenarios } from '../spec-module.js'
import type { Terminal } from '../terminal.js'
import { exploreWhole } from '../whole-search.js'
import { once, oneOf, specOption, wholeUpTo } from './options.js'

interface Args {
  readonly scenario: readonly string[]
  readonly set: SetName | undefined
  readonly baseline: string
  readonly update: boolean
  readonly workers: number | undefined
  readonly spec: string | undefined
}

export function ciCommand(terminal: Terminal, finish: (code: ExitCode) => void): CommandModule<object, Args> {
  return {
    command: 'ci [scenario..]',
    describe: 'Compare what scenarios show with a baseline: verdicts, counts, and which steps fire',
    builder: (y) => ciOptions(y),
    handler: async (args) => finish(await ci(args, terminal)),
  }
}

function ciOptions(y: Argv): Argv<Args> {
  return y
    .positional('scenario', { type: 'string', array: true, default: [], describe: 'As for check; without one, the default set' })
    .option('set', { choices: sets, requiresArg: true, coerce: oneOf('set', sets), describe: 'Only the scenarios of one set' })
    .option('baseline', {
      type: 'string',
      default: DEFAULT_FILE,
      requiresArg: true,
      coerce: once('baseline'),
      describe: 'The file that keeps what was accepted',
    })
    .option('update', { type: 'boolean', default: false, describe: 'Accept what differs: write it to the baseline' })
    .option('workers', {
      type: 'string',
      requiresArg: true,
      coerce: wholeUpTo('workers', 64),
      describe: 'As for check',
    })
    .option('spec', specOption)
    .example('$0 ci', 'has anything changed that nobody meant?')
    .example("$0 ci --update 'vswap/*'", 'accept it, for some scenarios') as unknown as Argv<Args>
}

async function ci(args: Args, terminal: Terminal): Promise<ExitCode> {
  const all = await loadScenarios(args.spec)
  const scenarios = select(all, args.scenario, args.set)
  const gate = openGate(args.baseline, args.update)
  const changes = [...(await changesOf(scenarios, gate, args, terminal)), ...goneSince(gate, args, all)]
  const { text, code } = pass(gate, changes, scenarios.length, args, terminal.page)
  terminal.print(text)
  return code
}

/** @throws Refusal where a search does not come to its end */
async function changesOf(scenarios: readonly Scenario[], gate: Gate, args: Args, terminal: Terminal): Promise<Change[]> {
  const { signal, release } = interruption(() => terminal.progress(''))
  const changes: Change[] = []
  for (const scenario of scenarios) {
    const workers = { count: args.workers ?? defaultWorkers('memory'), source: sourceOf(scenario, args.spec) }
    changes.push(...changesSince(gate, [await exploreWhole(scenario, signal, terminal, workers)]))
  }
  release()
  return changes
}
