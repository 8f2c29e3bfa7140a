/** `swapcheck mutate`: takes out each protection of a spec in turn, and says which property notices. */
import type { Argv, CommandModule } from 'yargs'
import type { Scenario } from '../../checker/index.js'
import { codeOfVerdict, type ExitCode, exitCodes } from '../exit-code.js'
import { interruption } from '../interruption.js'
import { isExpected, type Mutant, mutate } from '../mutation.js'
import { nearest } from '../nearest.js'
import { badArguments } from '../refusal.js'
import { mutantsAsJson, mutantsAsText } from '../report/mutants.js'
import { loadScenarios } from '../spec-module.js'
import type { Terminal } from '../terminal.js'
import { exploreWhole } from '../whole-search.js'
import { specOption } from './options.js'

interface Args {
  /** The name of a spec. */
  readonly name: string
  readonly json: boolean
  readonly spec: string | undefined
}

export function mutateCommand(terminal: Terminal, finish: (code: ExitCode) => void): CommandModule<object, Args> {
  return {
    command: 'mutate <name>',
    describe: 'Take out each protection of a spec in turn: which property notices?',
    builder: (y: Argv) =>
      y
        .positional('name', {
          type: 'string',
          demandOption: true,
          describe: 'The name of a spec: the first half of the ids of its scenarios',
        })
        .option('json', { type: 'boolean', default: false, describe: 'As a JSON array' })
        .option('spec', specOption)
        .example('$0 mutate vswap', 'every lock, recheck, pin and order that the spec names'),
    handler: async (args) => finish(await run(args, terminal)),
  }
}

async function run({ name, json, spec }: Args, terminal: Terminal): Promise<ExitCode> {
  const scenarios = scenariosOf(name, await loadScenarios(spec))
  const { signal, release } = interruption(() => terminal.progress(''))
  const mutants: Mutant[] = []
  for (const one of new Set(scenarios.map((s) => s.spec))) {
    const ofSpec = scenarios.filter((s) => s.spec === one)
    mutants.push(...(await mutate(ofSpec, (scenario) => exploreWhole(scenario, signal, terminal))))
  }
  release()
  terminal.progress('')
  terminal.print(json ? mutantsAsJson(mutants) : mutantsAsText(mutants, terminal.page))
  return codeOf(mutants)
}

/** Those of the default set. */
function scenariosOf(name: string, all: readonly Scenario[]): Scenario[] {
  const found = all.filter((s) => s.spec.name === name && s.set !== 'nightly')
  if (found.length > 0) return found
  const names = [...new Set(all.map((s) => s.spec.name))]
  const [near] = nearest(name, names, 3)
  throw badArguments(`no spec is called '${name}'; ${near === undefined ? `expected ${names.join(', ')}` : `did you mean ${near}?`}`)
}

/** Nobody missed a protection, and the spec does not say why: its properties say nothing there. */
function codeOf(mutants: readonly Mutant[]): ExitCode {
  const wrong = mutants.find((mutant) => !isExpected(mutant))
  if (wrong === undefined) return exitCodes.asExpected.code
  return wrong.noticed === undefined ? exitCodes.vacuous.code : codeOfVerdict(wrong.noticed.verdict)
}
