/** `swapcheck graph`: a scenario as a graph, for other tools to draw. */
import type { Argv, CommandModule } from 'yargs'
import { explore, type Scenario, type Trace } from '../../checker/index.js'
import { type ExitCode, exitCodes } from '../exit-code.js'
import { controlFlow } from '../graph/control-flow.js'
import { toDot } from '../graph/dot.js'
import type { DrawnGraph } from '../graph/drawn-graph.js'
import { toFlowchart } from '../graph/flowchart.js'
import { toGexf } from '../graph/gexf.js'
import { neighbourhood } from '../graph/neighbourhood.js'
import { quotient } from '../graph/quotient.js'
import { badArguments } from '../refusal.js'
import { reportOutput } from '../report-output.js'
import { selectOne } from '../selection.js'
import { loadScenarios } from '../spec-module.js'
import type { Terminal } from '../terminal.js'
import { wholeGraph } from '../whole-graph.js'
import { once, oneOf, outOption, positive, specOption } from './options.js'
import { variableNames, variablesThrough } from './through.js'

const kinds = ['process', 'states', 'trace'] as const
const formats = ['dot', 'gexf', 'mermaid'] as const

interface Args {
  readonly scenario: string
  readonly of: (typeof kinds)[number]
  readonly format: (typeof formats)[number]
  readonly through: string | undefined
  readonly out: string | undefined
  readonly maxStates: number
  readonly spec: string | undefined
}

export function graphCommand(terminal: Terminal, finish: (code: ExitCode) => void): CommandModule<object, Args> {
  return {
    command: 'graph <scenario>',
    describe: 'Write a scenario as a graph, for Graphviz, Gephi or Mermaid',
    builder: graphOptions,
    handler: async (args) => finish(await graph(args, terminal)),
  }
}

function graphOptions(y: Argv): Argv<Args> {
  return y
    .positional('scenario', { type: 'string', demandOption: true, describe: 'An id, or a name that is unique' })
    .option('of', {
      choices: kinds,
      default: 'process',
      requiresArg: true,
      coerce: oneOf('of', kinds),
      describe: 'Of the control flow of the processes; of the states; or of the counterexample, and what else could be done on its way',
    })
    .option('through', {
      type: 'string',
      requiresArg: true,
      coerce: once('through'),
      describe: 'Of the states: take those for one that look the same through these variables, by commas',
    })
    .option('format', { choices: formats, default: 'dot', requiresArg: true, coerce: oneOf('format', formats), describe: 'What to write' })
    .option('out', outOption)
    .option('max-states', {
      type: 'string',
      default: '100000',
      requiresArg: true,
      coerce: positive('max-states', 'whole'),
      describe: 'Refuse a scenario that has more states',
    })
    .option('spec', specOption)
    .example('$0 graph peterson-2 --of states --through turn | dot -Tsvg', 'who may be where, by whose turn it is') as unknown as Argv<Args>
}

async function graph(args: Args, terminal: Terminal): Promise<ExitCode> {
  const scenario = selectOne(await loadScenarios(args.spec, [args.scenario]), args.scenario)
  const through = variablesThrough(args.through, variableNames(scenario))
  const output = reportOutput(terminal, args.out)
  const drawn = graphOf(scenario, args, through)
  output.write(written(drawn, args.format, scenario.id))
  output.end(`${drawn.order} nodes, ${drawn.size} edges`)
  return exitCodes.asExpected.code
}

/** @throws Refusal where the scenario has no such graph */
function graphOf(scenario: Scenario, { of, maxStates }: Args, through: readonly string[]): DrawnGraph {
  if (of === 'trace') return neighbourhood(scenario, traceOf(scenario, maxStates))
  if (of === 'states') return quotient(scenario, wholeGraph(scenario, maxStates), through)
  if ((scenario.run ?? []).length === 0) throw badArguments(`${scenario.id} has actions, and no processes; give --of states`)
  return controlFlow(scenario, wholeGraph(scenario, maxStates))
}

function traceOf(scenario: Scenario, maxStates: number): Trace {
  const { verdict } = explore(scenario, { maxStates })
  if ('trace' in verdict && verdict.trace !== undefined) return verdict.trace
  throw badArguments(`${scenario.id} has no counterexample (${verdict.kind}); give --of states or --of process`)
}

function written(drawn: DrawnGraph, format: Args['format'], name: string): string {
  if (format === 'gexf') return toGexf(drawn)
  return format === 'dot' ? toDot(drawn, name) : toFlowchart(drawn)
}
