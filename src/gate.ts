/** A baseline that runs are compared with, and that is written where somebody accepts what has changed. */
import type { Report, Scenario } from '../checker/index.js'
import { accept, type Baselines, type Change, changeOf, goneFrom } from './baseline.js'
import { readBaselines } from './baseline-file.js'
import { type ExitCode, exitCodes } from './exit-code.js'
import { formatLock } from './formats/lock.js'
import { checkWritable, writeWhole } from './output-file.js'
import { changesAsText, changesSummary, kindOf } from './report/changes.js'
import type { Page } from './report/story.js'
import { inShell } from './shell.js'

export interface Gate {
  readonly file: string
  /** Whether what has changed is accepted. */
  readonly isUpdate: boolean
  readonly baselines: Baselines
}

/** What was run, in the words of the command line. */
export interface Asked {
  readonly scenario: readonly string[]
  readonly set: string | undefined
  readonly spec: string | undefined
}

/** @throws Refusal where the file cannot be read, or could not be written later */
export function openGate(file: string, isUpdate: boolean): Gate {
  const baselines = readBaselines(file, isUpdate)
  if (isUpdate) checkWritable(file)
  return { file, isUpdate, baselines }
}

export function changesSince({ baselines }: Gate, reports: readonly Report[]): Change[] {
  return reports.flatMap((report) => changeOf(report, baselines[report.scenario.id]) ?? [])
}

/** What the baseline has and the spec has no more, where everything was asked for. */
export function goneSince({ baselines }: Gate, { scenario, set }: Asked, all: readonly Scenario[]): Change[] {
  if (scenario.length > 0 || set !== undefined) return []
  return goneFrom(
    baselines,
    all.map((s) => s.id),
  )
}

/** What is to be said of a comparison, and the code that it ends with. */
export interface Passage {
  readonly text: string
  readonly code: ExitCode
}

/**
 * Writes what has changed, where it is accepted.
 *
 * @param compared so many scenarios
 */
export function pass(gate: Gate, changes: readonly Change[], compared: number, asked: Asked, page: Page): Passage {
  const { file, isUpdate, baselines } = gate
  if (isUpdate) {
    writeWhole(file, formatLock(accept(baselines, changes)))
    const list = changes.map((change) => `${kindOf(change)} ${change.id}\n`).join('')
    const figure = changes.length === 0 ? 'nothing has changed' : `${changes.length} accepted`
    return { text: `${list}${file}: ${figure}\n`, code: exitCodes.asExpected.code }
  }
  const text = `${changesAsText(changes, page)}${changesSummary(compared, changes, file)}\n`
  if (changes.length === 0) return { text, code: exitCodes.asExpected.code }
  return { text: `${text}to accept it: ${acceptCommand(file, changes, asked)}\n`, code: exitCodes.differs.code }
}

/** So many are named, rather than everything explored again. */
const NAMED = 8

function acceptCommand(file: string, changes: readonly Change[], { scenario, set, spec }: Asked): string {
  const isNamed = changes.length <= NAMED && changes.every((change) => change.report !== undefined)
  const options = [
    ...(spec === undefined ? [] : ['--spec', spec]),
    ...(file === DEFAULT_FILE ? [] : ['--baseline', file]),
    ...(set === undefined || isNamed ? [] : ['--set', set]),
  ]
  return inShell('swapcheck', 'ci', '--update', ...options, ...(isNamed ? changes.map((change) => change.id) : scenario))
}

export const DEFAULT_FILE = 'swapcheck.lock'
