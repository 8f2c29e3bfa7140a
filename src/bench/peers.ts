/**
 * `npm run bench:peers`: the time of whole runs with one worker, against Spin's on the same machines. Both must give the same counts.
 *
 * With `--large`, also two-phase commit with nine resource managers.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import type { Scenario } from '../../checker/index.js'
import { scenarios } from '../../specs/index.js'
import { exitCodes } from '../exit-code.js'
import { badArguments, Refusal } from '../refusal.js'
import { realTerminal } from '../terminal.js'
import { inTurns, median } from './in-turns.js'
import { isPrintedAs, type PanReport } from './pan-report.js'
import { compile, needSpin } from './spin.js'

interface Twin {
  readonly id: string
  readonly model: string
  readonly n: number
  /** The longest path that pan may follow; more than the longest there is. */
  readonly depth: number
}

const twins: readonly Twin[] = [
  { id: 'classics/two-phase-commit-8', model: 'two-phase-commit.pml', n: 8, depth: 1000 },
  { id: 'classics/filter-lock-6', model: 'filter-lock.pml', n: 6, depth: 1_300_000 },
]
const large: readonly Twin[] = [{ id: 'classics/two-phase-commit-9', model: 'two-phase-commit.pml', n: 9, depth: 1000 }]

const ROUNDS = 3

const main = fileURLToPath(new URL('../main.js', import.meta.url))
const models = fileURLToPath(new URL('../../../checker/bench/', import.meta.url))
const terminal = realTerminal()

const row = (...cells: string[]): string =>
  `${cells.map((cell, i) => (i === 0 ? cell.padEnd(28) : cell.padStart(i < 3 ? 12 : 20))).join('')}\n`

const seconds = (times: readonly number[]): string => `${median(times).toFixed(2)} (${Math.min(...times).toFixed(2)})`

/** @throws Refusal where the scenario does not show exactly what it is expected to */
function explore(id: string): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'check', id, '--workers', '1'], { encoding: 'utf8' })
  if (status !== 0) throw new Refusal(exitCodes.differs.code, `${id} is not as expected:\n${stdout}${stderr}`)
}

function agree({ id, expect }: Scenario, { stored, transitions }: PanReport): void {
  if (stored === expect.distinct && isPrintedAs(expect.generated, transitions)) return
  const counts = `${expect.distinct} and ${expect.generated} expected, ${stored} and ${transitions} by Spin`
  throw new Refusal(exitCodes.differs.code, `${id}: the counts of distinct and generated states differ: ${counts}`)
}

function compare({ id, model, n, depth }: Twin): string {
  const scenario = scenarios.find((s) => s.id === id)
  if (scenario === undefined) throw new Error(`no scenario ${id}`)
  const folder = mkdtempSync(join(tmpdir(), 'swapcheck-peers-'))
  try {
    const spin = compile(join(models, model), folder, { n, states: scenario.expect.distinct, depth })
    const ours = () => explore(id)
    const depthFirst = () => agree(scenario, spin['depth first']())
    const breadthFirst = () => agree(scenario, spin['breadth first']())
    const [own = [], ...peers] = inTurns([ours, depthFirst, breadthFirst], ROUNDS)
    const ratio = median(own) / Math.min(...peers.map(median))
    const { distinct, generated } = scenario.expect
    const counts = [distinct, generated].map((count) => count.toLocaleString('en'))
    return row(id, ...counts, seconds(own), ...peers.map(seconds), ratio.toFixed(2))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function benchPeers(words: readonly string[]): void {
  const strange = words.find((word) => word !== '--large')
  if (strange !== undefined) throw badArguments(`bench:peers was given '${strange}'; expected nothing, or --large`)
  needSpin()
  terminal.print(`Wall seconds of whole processes: the median (and the fastest) of ${ROUNDS} runs each, in turns.\n\n`)
  terminal.print(row('scenario', 'distinct', 'generated', 'swapcheck', 'Spin depth first', 'Spin breadth first', 'ratio to the better'))
  for (const twin of words.length > 0 ? [...twins, ...large] : twins) terminal.print(compare(twin))
}

try {
  benchPeers(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  terminal.note(error.message)
  process.exitCode = error.code
}
