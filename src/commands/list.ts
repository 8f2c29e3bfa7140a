/** `swapcheck list`: the scenarios, and what each is expected to show. */
import type { Argv, CommandModule } from 'yargs'
import type { Scenario } from '../../checker/index.js'
import type { ExitCode } from '../exit-code.js'
import { columns } from '../report/table.js'
import { loadScenarios } from '../spec-module.js'
import type { Terminal } from '../terminal.js'
import { specOption } from './options.js'

interface Args {
  readonly json: boolean
  readonly spec: string | undefined
}

export function listCommand(terminal: Terminal, finish: (code: ExitCode) => void): CommandModule<object, Args> {
  return {
    command: 'list',
    describe: 'List the scenarios, and what each is expected to show',
    builder: (y: Argv) =>
      y
        .option('json', { type: 'boolean', default: false, describe: 'As a JSON array' })
        .option('spec', specOption)
        .example('$0 list --json', 'for programs'),
    async handler({ json, spec }) {
      const scenarios = await loadScenarios(spec)
      terminal.print(json ? `${JSON.stringify(scenarios.map(entryOf), null, 2)}\n` : table(scenarios))
      finish(0)
    },
  }
}

/** One scenario, as `list --json` shows it. */
export function entryOf({ id, spec, name, title, set, run, bounds, expect }: Scenario): object {
  const { verdict, property, distinct, generated, depth } = expect
  return {
    id,
    spec: spec.name,
    name,
    title,
    set: set ?? 'default',
    processes: (run ?? []).map((p) => p.name),
    bounds: bounds ?? {},
    expected: { verdict, ...(property !== undefined && { property }), distinct, generated, depth },
  }
}

/** One line per scenario: id, set, expected verdict and distinct states, title. */
export function table(scenarios: readonly Scenario[]): string {
  const rows = scenarios.map(({ id, set, expect, title }) => {
    const verdict = expect.property === undefined ? expect.verdict : `${expect.verdict} ${expect.property}`
    return [id, set ?? 'default', verdict, expect.distinct.toLocaleString('en-US'), title] as const
  })
  const heads = ['scenario', 'set', 'expected', 'distinct', 'title'] as const
  return columns([heads, ...rows], [3])
    .map((line) => `${line}\n`)
    .join('')
}
