/** `swapcheck simulate`: random schedules of a scenario; one that goes wrong is shrunk. */
import type { Argv, CommandModule } from 'yargs'
import { type Scenario, SpecFault } from '../../checker/index.js'
import { codeOfVerdict, type ExitCode, exitCodes } from '../exit-code.js'
import { formatItf, toItf } from '../formats/itf.js'
import { checkWritable, writeWhole } from '../output-file.js'
import { provenanceOf } from '../provenance.js'
import { badArguments, Refusal } from '../refusal.js'
import { simulationAsText } from '../report/simulation.js'
import { select } from '../selection.js'
import { inShell } from '../shell.js'
import { type Simulation, type SimulationOptions, simulate } from '../simulation.js'
import { loadScenarios } from '../spec-module.js'
import type { Terminal } from '../terminal.js'
import { natural, once, specOption, wholeUpTo } from './options.js'

interface Args {
  readonly scenario: string
  /** Drawn, unless it is given. */
  readonly seed: number | undefined
  readonly runs: number
  readonly maxDepth: number
  readonly itf: string | undefined
  readonly spec: string | undefined
}

const MOST = 2 ** 31 - 1
const MOST_STEPS = 100_000

export function simulateCommand(terminal: Terminal, finish: (code: ExitCode) => void): CommandModule<object, Args> {
  return {
    command: 'simulate <scenario>',
    describe: 'Run random schedules of a scenario; one that goes wrong is shrunk',
    builder: (y) => simulateOptions(y),
    handler: async (args) => finish(run(args, await loadScenarios(args.spec, [args.scenario]), terminal)),
  }
}

function simulateOptions(y: Argv): Argv<Args> {
  return y
    .positional('scenario', { type: 'string', demandOption: true, describe: 'An id, or a name that is unique' })
    .option('seed', {
      type: 'string',
      requiresArg: true,
      coerce: natural('seed', MOST),
      describe: 'Draw the schedules from this number; the same one gives the same output',
    })
    .option('runs', {
      type: 'string',
      default: '1000',
      requiresArg: true,
      coerce: wholeUpTo('runs', MOST),
      describe: 'So many runs, unless one goes wrong',
    })
    .option('max-depth', {
      type: 'string',
      default: '300',
      requiresArg: true,
      coerce: wholeUpTo('max-depth', MOST_STEPS),
      describe: 'Cut a run off after so many steps',
    })
    .option('itf', { type: 'string', requiresArg: true, coerce: once('itf'), describe: 'Write the shrunk trace to this file, for replay' })
    .option('spec', specOption)
    .example('$0 simulate vswap/direct-swapin+broken --seed 1', 'the same schedules each time') as unknown as Argv<Args>
}

function run(args: Args, all: readonly Scenario[], terminal: Terminal): ExitCode {
  const { itf, runs, maxDepth, seed = Math.floor(Math.random() * MOST) } = args
  const [scenario, ...more] = select(all, [args.scenario], undefined)
  if (scenario === undefined || more.length > 0) throw badArguments(`simulate runs one scenario, and '${args.scenario}' names several`)
  if (itf !== undefined) checkWritable(itf)
  const simulation = simulated(scenario, { seed, runs, maxDepth })
  const again = againCommand(args, seed)
  terminal.print(simulationAsText(scenario, simulation, again, terminal.page))
  if (itf !== undefined) save(scenario, simulation, itf, again, terminal)
  return codeOf(scenario, simulation)
}

/** @throws Refusal where the spec or the scenario makes no sense */
function simulated(scenario: Scenario, options: SimulationOptions): Simulation {
  try {
    return simulate(scenario, options)
  } catch (error) {
    if (!(error instanceof SpecFault)) throw error
    const { code } = error.kind === 'schema' ? exitCodes.notLoaded : exitCodes.specError
    throw new Refusal(code, `${scenario.id} cannot be run: ${error.message}`)
  }
}

function save(scenario: Scenario, { failure }: Simulation, file: string, command: string, { note }: Terminal): void {
  if (failure === undefined) note(`${file}: not written, as nothing went wrong`)
  else writeWhole(file, formatItf(toItf({ provenance: provenanceOf(scenario, failure.verdict, command), trace: failure.trace })))
}

/** A run that ends as the scenario is expected to is as expected; that none went wrong is not enough where one should. */
function codeOf({ expect }: Scenario, { failure }: Simulation): ExitCode {
  if (failure === undefined) return expect.verdict === 'holds' ? exitCodes.asExpected.code : exitCodes.incomplete.code
  const { verdict } = failure
  const isExpected = verdict.kind === expect.verdict && (verdict.kind !== 'violated' || verdict.property === expect.property)
  return isExpected ? exitCodes.asExpected.code : codeOfVerdict(verdict)
}

function againCommand({ scenario, spec, runs, maxDepth }: Args, seed: number): string {
  const options = [
    ...(spec === undefined ? [] : ['--spec', spec]),
    ...['--seed', String(seed)],
    ...(runs === 1000 ? [] : ['--runs', String(runs)]),
    ...(maxDepth === 300 ? [] : ['--max-depth', String(maxDepth)]),
  ]
  return inShell('swapcheck', 'simulate', scenario, ...options)
}
