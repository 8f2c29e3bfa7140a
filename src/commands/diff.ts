/** `swapcheck diff`: what one scenario can do and another cannot. */
import type { Argv, CommandModule } from 'yargs'
import { type ReachableGraph, reachable, type Scenario, SpecFault } from '../../checker/index.js'
import { compareGraphs } from '../difference.js'
import { type ExitCode, exitCodes } from '../exit-code.js'
import { nearest } from '../nearest.js'
import { badArguments, Refusal } from '../refusal.js'
import { differenceAsText } from '../report/difference.js'
import { select } from '../selection.js'
import { loadScenarios } from '../spec-module.js'
import type { Terminal } from '../terminal.js'
import { once, positive, specOption } from './options.js'

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
    handler: async (args) => finish(diff(args, await loadScenarios(args.spec), terminal)),
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
  const [first, second] = [one(all, args.first), one(all, args.second)]
  const through = variables(first, second, args.through)
  const difference = compareGraphs(graphOf(first, args.maxStates), graphOf(second, args.maxStates), through)
  terminal.print(differenceAsText(first, second, difference, terminal.page))
  return difference.lost === undefined && difference.gained === undefined ? exitCodes.asExpected.code : exitCodes.differs.code
}

function one(all: readonly Scenario[], name: string): Scenario {
  const [found, ...more] = select(all, [name], undefined)
  if (found === undefined || more.length > 0) throw badArguments(`diff compares two scenarios, and '${name}' names several`)
  return found
}

/** @throws Refusal where a name is not that of a variable of both */
function variables(first: Scenario, second: Scenario, given: string | undefined): string[] {
  const [mine, theirs] = [namesOf(first), namesOf(second)]
  const shared = mine.filter((name) => theirs.includes(name))
  if (shared.length === 0) throw badArguments(`${first.id} and ${second.id} have no variable in common`)
  const names = given?.split(',') ?? shared
  for (const name of names) {
    if (shared.includes(name)) continue
    const [near] = nearest(name, shared, 3)
    throw badArguments(`--through was given '${name}'; expected ${shared.join(', ')}${near === undefined ? '' : `; did you mean ${near}?`}`)
  }
  return names
}

function namesOf({ spec }: Scenario): string[] {
  return Object.keys(spec.state.fields as object)
}

/** @throws Refusal where it is too large, or the spec is at fault */
function graphOf(scenario: Scenario, maxStates: number): ReachableGraph {
  try {
    const graph = reachable(scenario, maxStates)
    if (graph !== undefined) return graph
  } catch (error) {
    if (!(error instanceof SpecFault)) throw error
    const { code } = error.kind === 'schema' ? exitCodes.notLoaded : exitCodes.specError
    throw new Refusal(code, `${scenario.id} cannot be explored: ${error.message}`)
  }
  throw badArguments(
    `${scenario.id} has more than ${maxStates.toLocaleString('en-US')} states; a smaller one shows the difference better (--max-states)`,
  )
}
