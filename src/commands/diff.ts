/** `swapcheck diff`: what one scenario can do and another cannot. */
import type { Argv, CommandModule } from 'yargs'
import type { Scenario } from '../../checker/index.js'
import { compareGraphs } from '../difference.js'
import { type ExitCode, exitCodes } from '../exit-code.js'
import { badArguments } from '../refusal.js'
import { differenceAsText } from '../report/difference.js'
import { selectOne } from '../selection.js'
import { loadScenarios } from '../spec-module.js'
import type { Terminal } from '../terminal.js'
import { wholeGraph } from '../whole-graph.js'
import { once, positive, specOption } from './options.js'
import { variableNames, variablesThrough } from './through.js'

interface Args {
  readonly first: string
  readonly second: string
  /** All that both have, unless they are given. */
  readonly through: string | undefined
  readonly maxStates: number
  readonly spec: string | undefined
}

export function diffCommand(terminal: Terminal, finish: (code: ExitCode) => void): CommandModule<object, Args> {
  return {
    command: 'diff <first> <second>',
    describe: 'Show what one scenario can do and another cannot',
    builder: (y) => diffOptions(y),
    handler: async (args) => finish(diff(args, await loadScenarios(args.spec, [args.first, args.second]), terminal)),
  }
}

function diffOptions(y: Argv): Argv<Args> {
  return y
    .positional('first', { type: 'string', demandOption: true, describe: 'An id, or a name that is unique: what was' })
    .positional('second', { type: 'string', demandOption: true, describe: 'The same: what is' })
    .option('through', {
      type: 'string',
      requiresArg: true,
      coerce: once('through'),
      describe: 'Compare what behaviours look like through these variables, by commas; without it, through all that both have',
    })
    .option('max-states', {
      type: 'string',
      default: '100000',
      requiresArg: true,
      coerce: positive('max-states', 'whole'),
      describe: 'Refuse a scenario that has more states',
    })
    .option('spec', specOption)
    .example('$0 diff peterson-2 peterson-2-no-wait+broken --through at', 'what does the wait prevent?') as unknown as Argv<Args>
}

function diff(args: Args, all: readonly Scenario[], terminal: Terminal): ExitCode {
  const [first, second] = [selectOne(all, args.first), selectOne(all, args.second)]
  const through = variables(first, second, args.through)
  const difference = compareGraphs(wholeGraph(first, args.maxStates), wholeGraph(second, args.maxStates), through)
  terminal.print(differenceAsText(first, second, difference, terminal.page))
  return difference.lost === undefined && difference.gained === undefined ? exitCodes.asExpected.code : exitCodes.differs.code
}

/** @throws Refusal where a name is not that of a variable of both */
function variables(first: Scenario, second: Scenario, given: string | undefined): readonly string[] {
  const [mine, theirs] = [variableNames(first), variableNames(second)]
  const shared = mine.filter((name) => theirs.includes(name))
  if (shared.length === 0) throw badArguments(`${first.id} and ${second.id} have no variable in common`)
  return variablesThrough(given, shared)
}
