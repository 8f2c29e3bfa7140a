/** `swapcheck check`: explores scenarios, and reports. */
import process from 'node:process'
import type { Argv, CommandModule } from 'yargs'
import { explore, type Report, type Scenario, type StoreKind } from '../../checker/index.js'
import type { ExitCode } from '../exit-code.js'
import { formatItf, toItf } from '../formats/itf.js'
import { codeOf, judge, type Outcome, type VerdictKind } from '../judgement.js'
import { checkWritable, writeWhole } from '../output-file.js'
import { provenanceOf } from '../provenance.js'
import { badArguments } from '../refusal.js'
import { jsonReporter } from '../report/json.js'
import { progressLine } from '../report/progress.js'
import type { Reporter } from '../report/report.js'
import { summary, textReporter } from '../report/text.js'
import { type SetName, select } from '../selection.js'
import { inShell } from '../shell.js'
import { loadScenarios } from '../spec-module.js'
import { plainPage, type Terminal } from '../terminal.js'
import { once, oneOf, positive, specOption } from './options.js'

interface Args {
  readonly scenario: readonly string[]
  readonly spec: string | undefined
  readonly set: SetName | undefined
  readonly reporter: 'text' | 'json'
  readonly out: string | undefined
  readonly itf: string | undefined
  readonly expect: VerdictKind | undefined
  readonly store: StoreKind
  readonly maxStates: number | undefined
  readonly maxTime: number | undefined
}

const sets = ['default', 'nightly'] as const
const stores = ['memory', 'compact', 'bitstate'] as const
const reporters = ['text', 'json'] as const
const verdicts = ['holds', 'violated', 'deadlock', 'vacuous', 'incomplete', 'specError'] as const

export function checkCommand(terminal: Terminal, finish: (code: ExitCode) => void): CommandModule<object, Args> {
  return {
    command: 'check [scenario..]',
    describe: 'Explore every state of the scenarios named, or of the default set',
    builder: (y: Argv) => options(y) as unknown as Argv<Args>,
    handler: async (args) => finish(await check(args, terminal)),
  }
}

function options(y: Argv) {
  return y
    .positional('scenario', {
      type: 'string',
      array: true,
      default: [],
      describe: "Ids, names that are unique, or globs such as 'vswap/*'",
    })
    .option('set', { choices: sets, requiresArg: true, coerce: oneOf('set', sets), describe: 'Only the scenarios of one set' })
    .option('reporter', {
      choices: reporters,
      default: 'text',
      requiresArg: true,
      coerce: oneOf('reporter', reporters),
      describe: 'Report for people, or one JSON object per run and line',
    })
    .option('out', {
      type: 'string',
      requiresArg: true,
      coerce: once('out'),
      describe: 'Write the report to this file instead of standard output',
    })
    .option('itf', {
      type: 'string',
      requiresArg: true,
      coerce: once('itf'),
      describe: 'Write the counterexample of a single scenario to this file (ITF), for replay',
    })
    .option('expect', {
      choices: verdicts,
      requiresArg: true,
      coerce: oneOf('expect', verdicts),
      describe: 'Expect this verdict, instead of what the scenario expects',
    })
    .option('store', {
      choices: stores,
      default: 'memory',
      requiresArg: true,
      coerce: oneOf('store', stores),
      describe: 'Keep all states; or 64 bits of each (compact), or a few bits of each (bitstate), which may miss states',
    })
    .option('max-states', {
      type: 'string',
      requiresArg: true,
      coerce: positive('max-states', 'whole'),
      describe: 'Stop, incomplete, at this many distinct states',
    })
    .option('max-time', {
      type: 'string',
      requiresArg: true,
      coerce: positive('max-time', 'any'),
      describe: 'Stop each scenario, incomplete, after this many seconds',
    })
    .option('spec', specOption)
    .example("$0 check 'vswap/*'", 'every scenario of one spec')
    .example('$0 check two-phase-commit-7 --max-time 60', 'one scenario, within a minute')
    .example('$0 check --reporter json --out report.ndjson', 'for a CI job')
}

async function check(args: Args, terminal: Terminal): Promise<ExitCode> {
  const scenarios = select(await loadScenarios(args.spec), args.scenario, args.set)
  if (args.itf !== undefined && scenarios.length > 1) {
    throw badArguments(`--itf writes one counterexample, and ${scenarios.length} scenarios are named; name one`)
  }
  for (const file of [args.out, args.itf]) if (file !== undefined) checkWritable(file)
  const reporter = args.reporter === 'json' ? jsonReporter : textReporter(args.out === undefined ? terminal.page : plainPage)
  let held = ''
  const write = (text: string): void => {
    if (args.out === undefined) terminal.print(text)
    else held += text
  }
  const outcomes = runAll(scenarios, args, terminal, reporter, write)
  if (args.out !== undefined) {
    writeWhole(args.out, held)
    terminal.note(`${args.out}: ${summary(outcomes)}`)
  }
  return codeOf(outcomes)
}

function runAll(
  scenarios: readonly Scenario[],
  args: Args,
  terminal: Terminal,
  reporter: Reporter,
  write: (text: string) => void,
): Outcome[] {
  write(reporter.begin(scenarios))
  const outcomes = scenarios.map((scenario) => {
    const report = run(scenario, args, terminal)
    const outcome = { report, judgement: judge(report, args.expect) }
    write(reporter.run(outcome, args.itf === undefined ? againCommand(scenario, args) : replayCommand(args.itf, args)))
    if (args.itf !== undefined) saveTrace(report, args.itf, args, terminal)
    return outcome
  })
  write(reporter.end(outcomes))
  return outcomes
}

function run(scenario: Scenario, { store, maxStates, maxTime }: Args, terminal: Terminal): Report {
  const report = explore(scenario, {
    store,
    ...(maxStates !== undefined && { maxStates }),
    ...(maxTime !== undefined && { maxSeconds: maxTime }),
    onProgress: (figures) => terminal.progress(progressLine(scenario.id, figures, process.memoryUsage.rss(), terminal.page.width)),
  })
  terminal.progress('')
  return report
}

function saveTrace({ scenario, verdict }: Report, file: string, args: Args, terminal: Terminal): void {
  if (!('trace' in verdict) || verdict.trace === undefined) {
    terminal.note(`${file}: not written, as ${scenario.id} has no counterexample`)
    return
  }
  const provenance = provenanceOf(scenario, verdict, replayCommand(file, args))
  writeWhole(file, formatItf(toItf({ provenance, trace: verdict.trace })))
}

function againCommand(scenario: Scenario, { spec, store }: Args): string {
  const kept = store === 'memory' ? [] : ['--store', store]
  return inShell('swapcheck', 'check', ...(spec === undefined ? [] : ['--spec', spec]), ...kept, scenario.id)
}

function replayCommand(file: string, { spec }: Args): string {
  return inShell('swapcheck', 'replay', ...(spec === undefined ? [] : ['--spec', spec]), file)
}
