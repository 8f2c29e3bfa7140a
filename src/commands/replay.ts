/** `swapcheck replay`: runs a stored counterexample again, step by step, against the spec as it is today. */
import { readFileSync } from 'node:fs'
import type { Argv, CommandModule } from 'yargs'
import { type Replay, replay, type Scenario, SpecFault } from '../../checker/index.js'
import { type ExitCode, exitCodes } from '../exit-code.js'
import { type Counterexample, claimOf, fromItf } from '../formats/itf.js'
import { ItfError } from '../formats/itf-value.js'
import { pageCode } from '../html/page-code.js'
import { locate } from '../locate/locate.js'
import { nearest } from '../nearest.js'
import { badArguments, Refusal, reasonOf } from '../refusal.js'
import { notReplayed, replayedLine } from '../report/replay.js'
import { type ReporterName, reporters } from '../report/reporters.js'
import { reportOutput } from '../report-output.js'
import { inShell } from '../shell.js'
import { loadScenarios } from '../spec-module.js'
import { writeStepSummary } from '../step-summary.js'
import type { Terminal } from '../terminal.js'
import { outOption, reporterOption, specOption } from './options.js'

interface Args {
  readonly counterexample: string
  readonly spec: string | undefined
  readonly reporter: ReporterName
  readonly out: string | undefined
}

export function replayCommand(terminal: Terminal, finish: (code: ExitCode) => void): CommandModule<object, Args> {
  return {
    command: 'replay <counterexample>',
    describe: 'Run a stored counterexample again, step by step, against the spec of today',
    builder: (y: Argv) =>
      y
        .positional('counterexample', { type: 'string', demandOption: true, describe: 'A file that check --itf wrote' })
        .option('spec', specOption)
        .option('reporter', reporterOption)
        .option('out', outOption)
        .example('$0 replay counterexamples/vswap-direct-swapin+broken.itf.json', 'one that comes with swapcheck')
        .example('$0 replay bug.itf.json --reporter sarif --out bug.sarif', 'for code scanning'),
    async handler({ counterexample: file, spec, reporter: name, out }) {
      const output = reportOutput(terminal, out)
      const stored = read(file)
      const scenario = scenarioOf(file, stored, await loadScenarios(spec, [stored.provenance.scenario]))
      const result = execute(file, scenario, stored)
      if (result.kind === 'not a behaviour') {
        const { before, message } = notReplayed(scenario, stored.provenance, result, terminal.page)
        if (name === 'text') terminal.print(before)
        throw new Refusal(exitCodes.notABehaviour.code, `${file} ${message}`)
      }
      const reporter = await reporters[name]({ page: output.page, workers: 1, locate, pageCode })
      const again = inShell('swapcheck', 'replay', ...(spec === undefined ? [] : ['--spec', spec]), file)
      const { story } = stored.provenance
      output.write(reporter.replayed({ scenario, verdict: result.verdict, isExpected: true, differences: [], again, story }))
      output.end(replayedLine(result.verdict))
      writeStepSummary(reporter)
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
