/** Spin: a model in Promela becomes pan.c, and that, through the C compiler, a checker. */
import { spawnSync } from 'node:child_process'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { exitCodes } from '../exit-code.js'
import { Refusal } from '../refusal.js'
import { type PanReport, readPanReport } from './pan-report.js'

export const searches = { 'depth first': [], 'breadth first': ['-DBFS'] } as const
export type Search = keyof typeof searches

/** Every state is stored, in full, and none is left out. */
const OPTIONS = ['-O2', '-DSAFETY', '-DNOREDUCE']
/** Nearest to two slots for each state: as fast as any other size here, or faster. */
const tableFor = (states: number): string => `-w${Math.round(Math.log2(2 * states))}`

interface Sizes {
  /** The model's N. */
  readonly n: number
  /** How many states there are. */
  readonly states: number
  /** The longest path that a depth-first search may follow, in steps; the search stack takes memory, and time, for all of it. */
  readonly depth: number
}

const compiler = process.env.CC ?? 'cc'

/** @throws Refusal where Spin or a C compiler is missing */
export function needSpin(): void {
  const missing = [
    ['spin', '-V'],
    [compiler, '--version'],
  ].flatMap(([command = '', option = '']) => (spawnSync(command, [option]).error === undefined ? [] : [command]))
  if (missing.length === 0) return
  throw new Refusal(
    exitCodes.outOfResources.code,
    `bench:peers needs Spin and a C compiler, and cannot run ${missing.join(' and ')}; on Debian: apt-get install spin gcc`,
  )
}

/**
 * Compiles a model in a folder of its own, once for each search.
 *
 * @returns a run of pan for each search, which throws an Error where pan does not get to the end
 */
export function compile(model: string, folder: string, { n, states, depth }: Sizes): Readonly<Record<Search, () => PanReport>> {
  copyFileSync(model, join(folder, 'model.pml'))
  execute(folder, 'spin', `-DN=${n}`, '-a', 'model.pml')
  const build = (search: Search, binary: string): (() => PanReport) => {
    execute(folder, compiler, ...OPTIONS, ...searches[search], '-o', binary, 'pan.c')
    return () => readPanReport(execute(folder, join(folder, binary), `-m${depth}`, tableFor(states)))
  }
  return { 'depth first': build('depth first', 'pan-dfs'), 'breadth first': build('breadth first', 'pan-bfs') }
}

function execute(cwd: string, command: string, ...words: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, words, { cwd, encoding: 'utf8' })
  if (error !== undefined) throw error
  if (status !== 0) throw new Error(`${[command, ...words].join(' ')} failed:\n${stdout}${stderr}`)
  return stdout
}
