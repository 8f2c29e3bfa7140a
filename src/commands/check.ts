/** `swapcheck check`: explores scenarios, and reports. */
import { tmpdir } from 'node:os'
import process from 'node:process'
import type { CommandModule } from 'yargs'
import { type ExploreOptions, exploreInTurns, type Report, Reserve, type Scenario, whyNotInDatabase } from '../../checker/index.js'
import { clusterAt } from '../cluster.js'
import { databaseOf, refusalOf, refuseOverwriting } from '../disk.js'
import { type ExitCode, exitCodes } from '../exit-code.js'
import { formatItf, toItf } from '../formats/itf.js'
import { pageCode } from '../html/page-code.js'
import { interruption } from '../interruption.js'
import { codeOf, judge, type Outcome } from '../judgement.js'
import { locate } from '../locate/locate.js'
import { defaultMaxBytes, defaultWorkers } from '../machine-limits.js'
import { checkWritable, writeWhole } from '../output-file.js'
import { provenanceOf } from '../provenance.js'
import { badArguments } from '../refusal.js'
import { progressLine } from '../report/progress.js'
import type { Reporter } from '../report/report.js'
import { reporters } from '../report/reporters.js'
import { summary } from '../report/summary.js'
import { reportOutput } from '../report-output.js'
import { moduleOfThreads, sourceOf } from '../scenario-source.js'
import { select } from '../selection.js'
import { inShell } from '../shell.js'
import { loadScenarios } from '../spec-module.js'
import { refuseSpill, spillingTo } from '../spill.js'
import { writeStepSummary } from '../step-summary.js'
import { isForOne, isLossy } from '../store-option.js'
import { storedStory } from '../stored-story.js'
import type { Terminal } from '../terminal.js'
import { atGate, gateOf } from './check-gate.js'
import { type CheckArgs, checkOptions } from './check-options.js'

export function checkCommand(terminal: Terminal, finish: (code: ExitCode) => void): CommandModule<object, CheckArgs> {
  return {
    command: 'check [scenario..]',
    describe: 'Explore every state of the scenarios named, or of the default set',
    builder: checkOptions,
    handler: async (args) => finish(await check(args, terminal)),
  }
}

async function check(args: CheckArgs, terminal: Terminal): Promise<ExitCode> {
  const reserve = reserveFor(args)
  const gate = gateOf(args)
  // A baseline knows scenarios that nobody names.
  const all = await loadScenarios(args.spec, gate === undefined ? args.scenario : [])
  const scenarios = select(all, args.scenario, args.set)
  if (args.itf !== undefined && scenarios.length > 1) {
    throw badArguments(`--itf writes one counterexample, and ${scenarios.length} scenarios are named; name one`)
  }
  refuseStore(args, scenarios)
  const output = reportOutput(terminal, args.out)
  if (args.itf !== undefined) checkWritable(args.itf)
  const { signal, release } = interruption(() => {
    terminal.progress('')
    terminal.note('interrupted: ending with what was found so far (again: at once)')
  })
  const reporter = await reporters[args.reporter]({
    page: output.page,
    workers: args.workers ?? defaultWorkers(args.store.kind),
    locate,
    pageCode,
  })
  const outcomes = await runAll(scenarios, { ...args, reserve }, terminal, signal, (text) => output.write(text), reporter)
  release()
  output.end(summary(outcomes, scenarios.length - outcomes.length))
  writeStepSummary(reporter)
  if (signal.aborted) return exitCodes.interrupted.code
  const passed = gate === undefined ? exitCodes.asExpected.code : atGate(gate, outcomes, all, args, terminal)
  const code = codeOf(outcomes)
  return code === exitCodes.asExpected.code ? passed : code
}

/** Threads that load the specs while this one does, where they were asked for. Not otherwise: most searches are over before that is done. */
function reserveFor({ store, spec, scenario, workers = 1 }: CheckArgs): Reserve | undefined {
  return !isForOne(store) && workers > 1 ? new Reserve(moduleOfThreads(spec, scenario), workers - 1) : undefined
}

/** @throws Refusal where the store cannot serve these scenarios */
function refuseStore({ store, workers = 1, resume, reduction, spill }: CheckArgs, scenarios: readonly Scenario[]): void {
  if (isForOne(store) && workers > 1) {
    const instead = store.kind === 'clickhouse' ? 'start the command several times' : 'leave one of the two out'
    throw badArguments(`--store ${store.text} is for one worker, and --workers was given '${workers}'; ${instead}`)
  }
  if ('file' in store && scenarios.length > 1) {
    throw badArguments(`--store ${store.text} is for one search, and ${scenarios.length} scenarios are named; name one`)
  }
  const options = { store: store.kind, ...(reduction !== undefined && { reduction }) }
  const [why] = scenarios.flatMap((scenario) => whyNotInDatabase(options, scenario) ?? [])
  if (why !== undefined) throw badArguments(`--store ${store.text}: ${why}; leave one of the two out`)
  refuseOverwriting(store, resume)
  if (spill !== undefined) refuseSpill(spill, store)
}

interface RunArgs extends CheckArgs {
  readonly reserve: Reserve | undefined
}

/** Of the scenarios after one that was interrupted none is run. */
async function runAll(
  scenarios: readonly Scenario[],
  args: RunArgs,
  terminal: Terminal,
  signal: AbortSignal,
  write: (text: string) => void,
  reporter: Reporter,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  write(reporter.begin(scenarios))
  for (const scenario of scenarios) {
    if (signal.aborted) break
    args.reserve?.fill()
    const report = await run(scenario, args, terminal, signal)
    const outcome = { report, judgement: judge(report, args.expect) }
    outcomes.push(outcome)
    write(reporter.run(outcome, args.itf === undefined ? againCommand(scenario, args) : replayCommand(args.itf, args)))
    if (args.itf !== undefined) saveTrace(report, args.itf, args, terminal)
  }
  write(reporter.end(outcomes, scenarios.length - outcomes.length))
  return outcomes
}

async function run(scenario: Scenario, args: RunArgs, terminal: Terminal, signal: AbortSignal): Promise<Report> {
  const { spec, store, reduction, maxStates, maxTime, reserve } = args
  const { workers = defaultWorkers(store.kind), maxMemory = defaultMaxBytes(store.kind) } = args
  const options: ExploreOptions = {
    store: store.kind,
    ...databaseFor(args, workers, (what) => terminal.note(`${scenario.id}: ${what}`)),
    ...(reduction !== undefined && { reduction }),
    ...(maxStates !== undefined && { maxStates }),
    ...(maxTime !== undefined && { maxSeconds: maxTime }),
    ...(maxMemory !== undefined && { maxBytes: maxMemory }),
    workers: { count: workers, source: sourceOf(scenario, spec), reserve },
    signal,
    profile: args.profile,
    onProgress: (figures) => terminal.progress(progressLine(scenario.id, figures, process.memoryUsage.rss(), terminal.page.width)),
  }
  const report = await exploreInTurns(scenario, options).catch((error: unknown) => {
    throw refusalOf(error)
  })
  terminal.progress('')
  return report
}

/** Where the states go: all, or those that memory does not take. */
function databaseFor(
  { store, spill, noSpill }: CheckArgs,
  threads: number,
  tell: (what: string) => void,
): Pick<ExploreOptions, 'database' | 'cluster'> {
  const tellOfWay = (file: string): void => tell(`something was found; the way to it is searched for, with whole states, in ${file}`)
  if (store.kind === 'clickhouse') return { cluster: clusterAt(store.urls) }
  if ('file' in store) return { database: databaseOf(store, threads, tellOfWay) }
  if (store.kind !== 'memory' || noSpill === true) return {}
  const tellOfFolder = (folder: string): void => tell(`the memory is full; the search goes on on disk, in ${folder}`)
  const database = spillingTo(spill ?? tmpdir(), threads, tellOfFolder)
  return database === undefined ? {} : { database }
}

function saveTrace({ scenario, verdict }: Report, file: string, args: CheckArgs, terminal: Terminal): void {
  if (!('trace' in verdict) || verdict.trace === undefined) {
    terminal.note(`${file}: not written, as ${scenario.id} has no counterexample`)
    return
  }
  const story = storedStory(file, scenario.id)
  const provenance = { ...provenanceOf(scenario, verdict, replayCommand(file, args)), ...(story !== undefined && { story }) }
  writeWhole(file, formatItf(toItf({ provenance, trace: verdict.trace })))
}

/** What is exact ends alike wherever it is, so the command need not say where. */
function againCommand(scenario: Scenario, { spec, store, reduction }: CheckArgs): string {
  const kept = isLossy(store) ? ['--store', store.text] : []
  const reduced = reduction === undefined ? [] : ['--reduction', reduction]
  return inShell('swapcheck', 'check', ...(spec === undefined ? [] : ['--spec', spec]), ...kept, ...reduced, scenario.id)
}

function replayCommand(file: string, { spec }: CheckArgs): string {
  return inShell('swapcheck', 'replay', ...(spec === undefined ? [] : ['--spec', spec]), file)
}
