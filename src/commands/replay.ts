/** `swapcheck replay`: runs a stored counterexample again, step by step, against the spec as it is today. */
import { readFileSync } from 'node:fs'
import type { Argv, CommandModule } from 'yargs'
import { type NotABehaviour, type Replay, replay, type Scenario, SpecFault } from '../../checker/index.js'
import { type ExitCode, exitCodes } from '../exit-code.js'
import { type Counterexample, claimOf, fromItf } from '../formats/itf.js'
import { ItfError } from '../formats/itf-value.js'
import { nearest } from '../nearest.js'
import { badArguments, Refusal, reasonOf } from '../refusal.js'
import { notReplayed, replayed } from '../report/replay.js'
import { loadScenarios } from '../spec-module.js'
import type { Terminal } from '../terminal.js'
import { specOption } from './options.js'

interface Args {
  readonly counterexample: string
  readonly spec: string | undefined
}

export function replayCommand(terminal: Terminal, finish: (code: ExitCode) => void): CommandModule<object, Args> {
  return {
    command: 'replay <counterexample>',
    describe: 'Run a stored counterexample again, step by step, against the spec of today',
    builder: (y: Argv) =>
      y
        .positional('counterexample', { type: 'string', demandOption: true, describe: 'A file that check --itf wrote' })
        .option('spec', specOption)
        .example('$0 replay counterexamples/vswap-direct-swapin+broken.itf.json', 'one that comes with swapcheck'),
    async handler({ counterexample: file, spec }) {
      const stored = read(file)
      const scenario = scenarioOf(file, stored, await loadScenarios(spec))
      const result = execute(file, scenario, stored)
      if (result.kind === 'not a behaviour') throw refusal(file, scenario, stored, result, terminal)
      terminal.print(replayed(scenario, result.verdict, stored.provenance.story, terminal.page))
      finish(exitCodes.asExpected.code)
    },
  }
}

/** @throws Refusal where there is no such file, or it is no counterexample */
function read(file: string): Counterexample {
  try {
    const counterexample = fromItf(parse(readFileSync(file, 'utf8')))
    claimOf(counterexample.provenance)
    return counterexample
  } catch (error) {
    if (error instanceof ItfError) throw badArguments(`${file} is not a counterexample in ITF: ${error.message}`)
    const code = (error as NodeJS.ErrnoException).code
    throw badArguments(`cannot read '${file}': ${code === 'ENOENT' ? 'there is no such file' : reasonOf(error)}`)
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new ItfError(`it is not JSON, or only a part of it: ${reasonOf(error)}`)
  }
}

function scenarioOf(file: string, { provenance: { scenario: id } }: Counterexample, scenarios: readonly Scenario[]): Scenario {
  const found = scenarios.find((s) => s.id === id)
  if (found !== undefined) return found
  const near = nearest(
    id,
    scenarios.map((s) => s.id),
  )
  throw new Refusal(
    exitCodes.notABehaviour.code,
    `${file} is a trace of '${id}', and there is no such scenario; the nearest are ${near.join(', ')}`,
  )
}

function execute(file: string, scenario: Scenario, { provenance, trace }: Counterexample): Replay {
  try {
    return replay(scenario, { trace, claim: claimOf(provenance) })
  } catch (error) {
    if (!(error instanceof SpecFault)) throw error
    const { code } = error.kind === 'schema' ? exitCodes.notLoaded : exitCodes.specError
    throw new Refusal(code, `${file} cannot be replayed: ${scenario.id} is at fault: ${error.message}`)
  }
}

/** Shows how far it came, and says why no further. */
function refusal(file: string, scenario: Scenario, stored: Counterexample, result: NotABehaviour, terminal: Terminal): Refusal {
  const { before, message } = notReplayed(scenario, stored.provenance, result, terminal.page)
  terminal.print(before)
  return new Refusal(exitCodes.notABehaviour.code, `${file} ${message}`)
}
