/**
 * `npm run bench`: states per second and bytes per state of the engine, against those in checker/bench/baseline.json.
 *
 * With `--large`, also of scenarios that take a minute; with `--update`, what is measured becomes the baseline.
 */
import { spawnSync } from 'node:child_process'
import { cpus, totalmem } from 'node:os'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { scenarios } from '../../specs/index.js'
import { exitCodes } from '../exit-code.js'
import { badArguments, Refusal } from '../refusal.js'
import { realTerminal } from '../terminal.js'
import { type BenchFigures, inBaseline, readBaseline, updated, writeBaseline } from './baseline.js'
import { median } from './in-turns.js'
import type { MeasuredRun } from './measured-run.js'

const measured = ['classics/two-phase-commit-8', 'classics/filter-lock-6']
const large = ['classics/two-phase-commit-9', 'vswap/fault-fault-reclaim-zap']
const WORKERS = [1, 2]
const ROUNDS = 3

const baselineFile = fileURLToPath(new URL('../../../checker/bench/baseline.json', import.meta.url))
const runner = fileURLToPath(new URL('measured-run.js', import.meta.url))
const terminal = realTerminal()

interface Subject {
  readonly scenario: string
  readonly workers: number
}

/** @throws Refusal where the scenario does not show exactly what it is expected to */
function measure({ scenario, workers }: Subject): MeasuredRun {
  const { status, stdout, stderr } = spawnSync(process.execPath, [runner, scenario, String(workers)], { encoding: 'utf8' })
  if (status !== 0) throw new Refusal(exitCodes.outOfResources.code, `${scenario} with ${workers} workers failed:\n${stdout}${stderr}`)
  const run = JSON.parse(stdout) as MeasuredRun
  if (run.differences.length === 0) return run
  throw new Refusal(exitCodes.differs.code, `${scenario} with ${workers} workers is not as expected: ${run.differences.join('; ')}`)
}

/** All subjects in turns, so that they see the same weather. */
function measureAll(subjects: readonly Subject[], commit: string): BenchFigures[] {
  const runs = subjects.map((): MeasuredRun[] => [])
  for (let round = 1; round <= ROUNDS; round++) {
    for (const [i, subject] of subjects.entries()) {
      terminal.progress(`round ${round} of ${ROUNDS}: ${subject.scenario}, workers: ${subject.workers}`)
      runs[i]?.push(measure(subject))
    }
  }
  terminal.progress('')
  return subjects.map((subject, i) => figuresOf(subject, runs[i] ?? [], commit))
}

function figuresOf({ scenario, workers }: Subject, runs: readonly MeasuredRun[], commit: string): BenchFigures {
  const { distinct = 0, generated = 0 } = scenarios.find((s) => s.id === scenario)?.expect ?? {}
  const statesPerSecond = Math.round(generated / median(runs.map((run) => run.seconds)))
  const bytesPerState = Math.round((10 * median(runs.map((run) => run.bytes))) / distinct) / 10
  return { scenario, workers, statesPerSecond, bytesPerState, commit }
}

const row = (...cells: string[]): string => `${cells.map((cell, i) => (i === 0 ? cell.padEnd(30) : cell.padStart(14))).join('')}\n`

function lineOf(now: BenchFigures, before: BenchFigures | undefined): string {
  const ratio = (which: 'statesPerSecond' | 'bytesPerState') => (before === undefined ? '-' : (now[which] / before[which]).toFixed(2))
  const { scenario, workers, statesPerSecond, bytesPerState } = now
  const speed = [statesPerSecond.toLocaleString('en-US'), ratio('statesPerSecond')]
  return row(scenario, String(workers), ...speed, bytesPerState.toFixed(1), ratio('bytesPerState'), before?.commit ?? '-')
}

function machineOf(): string {
  const [first] = cpus()
  return `${cpus().length} x ${first?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`
}

/** `1a2b3c4`, or `1a2b3c4+` where files differ from it. */
function commitOf(): string {
  const git = (...words: string[]) => spawnSync('git', words, { encoding: 'utf8' }).stdout?.trim() ?? ''
  return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain', '--untracked-files=no') === '' ? '' : '+'}`
}

function bench(words: readonly string[]): void {
  const strange = words.find((word) => word !== '--large' && word !== '--update')
  if (strange !== undefined) throw badArguments(`bench was given '${strange}'; expected nothing, --large or --update`)
  const baseline = readBaseline(baselineFile)
  const [machine, commit] = [machineOf(), commitOf()]
  const ids = words.includes('--large') ? [...measured, ...large] : measured
  terminal.print(`The median of ${ROUNDS} runs each, in turns, and its ratio to the baseline.\n`)
  if (machine !== baseline.machine) terminal.print(`The baseline is of another machine: ${baseline.machine}. This one: ${machine}.\n`)
  const figures = measureAll(
    ids.flatMap((scenario) => WORKERS.map((workers) => ({ scenario, workers }))),
    commit,
  )
  terminal.print(`\n${row('scenario', 'workers', 'states/s', 'ratio', 'bytes/state', 'ratio', 'baseline')}`)
  for (const now of figures) terminal.print(lineOf(now, inBaseline(baseline, now)))
  if (words.includes('--update')) writeBaseline(baselineFile, updated(baseline, machine, figures))
}

try {
  bench(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  terminal.note(error.message)
  process.exitCode = error.code
}
