/** `swapcheck ci`: compares what scenarios show with what they showed when somebody last accepted it. */
import type { Argv, CommandModule } from 'yargs'
import type { Scenario } from '../../checker/index.js'
import { accept, type Baselines, type Change, changeOf, goneFrom } from '../baseline.js'
import { readBaselines } from '../baseline-file.js'
import { type ExitCode, exitCodes } from '../exit-code.js'
import { formatLock } from '../formats/lock.js'
import { interruption } from '../interruption.js'
import { defaultWorkers } from '../machine-limits.js'
import { checkWritable, writeWhole } from '../output-file.js'
import { changesAsText, changesSummary, kindOf } from '../report/changes.js'
import { sourceOf } from '../scenario-source.js'
import { type SetName, select, sets } from '../selection.js'
import { inShell } from '../shell.js'
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
      default: 'swapcheck.lock',
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
  const { baseline: file, update } = args
  const all = await loadScenarios(args.spec)
  const scenarios = select(all, args.scenario, args.set)
  const baselines = readBaselines(file, update)
  if (update) checkWritable(file)
  const isWhole = args.scenario.length === 0 && args.set === undefined
  const gone = isWhole
    ? goneFrom(
        baselines,
        all.map((s) => s.id),
      )
    : []
  const changes = [...(await changesOf(scenarios, baselines, args, terminal)), ...gone]
  if (update) return write(file, baselines, changes, terminal)
  terminal.print(changesAsText(changes, terminal.page))
  terminal.print(`${changesSummary(scenarios.length, changes, file)}\n`)
  if (changes.length === 0) return exitCodes.asExpected.code
  terminal.print(`to accept it: ${acceptCommand(args)}\n`)
  return exitCodes.differs.code
}

/** @throws Refusal where a search does not come to its end */
async function changesOf(scenarios: readonly Scenario[], baselines: Baselines, args: Args, terminal: Terminal): Promise<Change[]> {
  const { signal, release } = interruption(() => terminal.progress(''))
  const changes: Change[] = []
  for (const scenario of scenarios) {
    const workers = { count: args.workers ?? defaultWorkers('memory'), source: sourceOf(scenario, args.spec) }
    const change = changeOf(await exploreWhole(scenario, signal, terminal, workers), baselines[scenario.id])
    if (change !== undefined) changes.push(change)
  }
  release()
  return changes
}

function write(file: string, baselines: Baselines, changes: readonly Change[], terminal: Terminal): ExitCode {
  writeWhole(file, formatLock(accept(baselines, changes)))
  const list = changes.map((change) => `${kindOf(change)} ${change.id}\n`).join('')
  terminal.print(`${list}${file}: ${changes.length === 0 ? 'nothing has changed' : `${changes.length} accepted`}\n`)
  return exitCodes.asExpected.code
}

function acceptCommand({ scenario, set, baseline, spec }: Args): string {
  const options = [
    ...(spec === undefined ? [] : ['--spec', spec]),
    ...(baseline === 'swapcheck.lock' ? [] : ['--baseline', baseline]),
    ...(set === undefined ? [] : ['--set', set]),
  ]
  return inShell('swapcheck', 'ci', '--update', ...options, ...scenario)
}
