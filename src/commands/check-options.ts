/** The options of `swapcheck check`. */
import type { Argv } from 'yargs'
import type { Reduction } from '../../checker/index.js'
import type { VerdictKind } from '../judgement.js'
import type { ReporterName } from '../report/reporters.js'
import { type SetName, sets } from '../selection.js'
import { type Store, storeOf } from '../store-option.js'
import { once, oneOf, outOption, positive, reporterOption, size, specOption, wholeUpTo } from './options.js'

export interface CheckArgs {
  readonly scenario: readonly string[]
  readonly spec: string | undefined
  readonly set: SetName | undefined
  readonly reporter: ReporterName
  readonly out: string | undefined
  readonly itf: string | undefined
  readonly expect: VerdictKind | undefined
  readonly store: Store
  /** Go on with what is in the file of the store. */
  readonly resume: boolean
  /** A folder. */
  readonly spill: string | undefined
  readonly noSpill: boolean | undefined
  /** Given by `--reduction`; `--no-reduction` says that there is none, as there is none without either. */
  readonly reduction: Reduction | undefined
  readonly noReduction: boolean | undefined
  /** One for each core, up to 8, unless it is given. */
  readonly workers: number | undefined
  readonly maxStates: number | undefined
  readonly maxTime: number | undefined
  /** In bytes; most of the machine's memory, unless it is given. */
  readonly maxMemory: number | undefined
  readonly profile: boolean
  /** The file that runs are compared with. */
  readonly baseline: string | undefined
  readonly update: boolean
}

const reductions = ['symmetry', 'partial-order'] as const
const verdicts = ['holds', 'violated', 'deadlock', 'vacuous', 'incomplete', 'specError'] as const

export function checkOptions(y: Argv): Argv<CheckArgs> {
  return gate(search(report(y)))
    .option('profile', {
      type: 'boolean',
      default: false,
      describe: 'Show where the search spends itself, by step, by variable and by depth; it takes longer',
    })
    .option('spec', specOption)
    .example("$0 check 'vswap/*'", 'every scenario of one spec')
    .example('$0 check two-phase-commit-7 --max-time 60', 'one scenario, within a minute')
    .example('$0 check --reporter json --out report.ndjson', 'for a CI job') as unknown as Argv<CheckArgs>
}

function gate(y: Argv): Argv {
  return y
    .option('baseline', {
      type: 'string',
      requiresArg: true,
      coerce: once('baseline'),
      describe: "Compare with this file, too, as 'swapcheck ci' does",
    })
    .option('update', { type: 'boolean', default: false, describe: 'Accept what differs: write it to the baseline' })
}

function report(y: Argv): Argv {
  return y
    .positional('scenario', {
      type: 'string',
      array: true,
      default: [],
      describe: "Ids, names that are unique, tags ('corpus'), or globs ('vswap/*')",
    })
    .option('set', { choices: sets, requiresArg: true, coerce: oneOf('set', sets), describe: 'Only the scenarios of one set' })
    .option('reporter', reporterOption)
    .option('out', outOption)
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
}

function search(y: Argv): Argv {
  return y
    .option('store', {
      type: 'string',
      default: 'memory',
      requiresArg: true,
      coerce: storeOf,
      describe:
        'Keep all states in memory; or 64 bits of each (compact), or a few bits of each (bitstate), which may miss states; or all in a DuckDB file ' +
        '(duckdb:FILE), from which the search can be resumed, or 128 bits of each (duckdb-compact:FILE); or in ClickHouse servers (clickhouse:URL,URL), where all who run the command search together',
    })
    .option('resume', {
      type: 'boolean',
      default: false,
      describe:
        'Go on with the search whose states are in the file of --store duckdb:FILE or duckdb-compact:FILE, from its last whole depth',
    })
    .option('spill', {
      type: 'string',
      requiresArg: true,
      coerce: once('spill'),
      describe: 'The folder where a search goes on on disk when the memory is full; without it, that of temporary files',
    })
    .option('no-spill', {
      type: 'boolean',
      conflicts: 'spill',
      describe: 'Stop, incomplete, when the memory is full',
    })
    .option('reduction', {
      choices: reductions,
      requiresArg: true,
      coerce: oneOf('reduction', reductions),
      describe: 'Explore one state of each orbit of interchangeable elements, or leave out orders of steps that cannot matter',
    })
    .option('no-reduction', {
      type: 'boolean',
      conflicts: 'reduction',
      describe: 'Explore every state, as is done without --reduction',
    })
    .option('workers', {
      type: 'string',
      requiresArg: true,
      coerce: wholeUpTo('workers', 64),
      describe: 'Search with so many threads, 1 to 64; without it, one for each core, at most 8. The output is the same',
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
    .option('max-memory', {
      type: 'string',
      requiresArg: true,
      coerce: size('max-memory'),
      describe: 'Go on on disk (--spill) when so much memory is taken, such as 500M or 4G; without it, at 80% of what there is',
    })
}
