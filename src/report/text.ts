/**
 * The report that people read: a line per scenario, and the story of each that is not as expected. A run of one scenario, or of a pair,
 * tells its stories in any case.
 */
import type { Scenario } from '../../checker/index.js'
import type { Outcome } from '../judgement.js'
import { omissionLine } from './omission.js'
import { profileLines } from './profile.js'
import { reductionLine } from './reduction.js'
import type { Reporter } from './report.js'
import { type Page, story } from './story.js'

/** Up to how many scenarios are told with their stories, also where they are as expected. */
const A_FEW = 2
/** The story is indented below its line. */
const MARGIN = '  '

export function textReporter(page: Page): Reporter {
  const { colors } = page
  const inner = { colors, width: page.width - MARGIN.length }
  let idWidth = 0
  let tellsAll = false
  return {
    begin(scenarios: readonly Scenario[]): string {
      tellsAll = scenarios.length <= A_FEW
      idWidth = Math.max('scenario'.length, ...scenarios.map((s) => s.id.length))
      return `${colors.dim(' '.repeat(WORD) + columns('scenario', 'verdict', ['distinct', 'generated', 'depth', 'seconds'], idWidth))}\n`
    },
    run({ report, judgement }: Outcome, again: string): string {
      const { scenario, verdict, distinct, generated, depth, seconds } = report
      const isOk = judgement.differences.length === 0
      const numbers = [count(distinct), count(generated), count(depth), seconds.toFixed(1)]
      const property = verdict.kind === 'violated' ? `  ${verdict.property}` : ''
      const line = columns(scenario.id, verdict.kind, numbers, idWidth) + property
      const word = isOk ? colors.green('ok'.padEnd(WORD)) : colors.red('FAIL'.padEnd(WORD))
      const told = tellsAll || !isOk ? story(report, inner) : []
      const footer = 'trace' in verdict && verdict.trace !== undefined ? [`again: ${again}`] : []
      const plain = [...judgement.differences.map((d) => colors.red(d)), ...omissionLine(report), ...reductionLine(report)]
      const profile = profileLines(report, inner)
      const blocks = [told.length > 0 ? [...told, ...footer] : [], profile].filter((block) => block.length > 0)
      const below = [...plain, ...blocks.flatMap((block) => ['', ...block]), ...(blocks.length > 0 ? [''] : [])]
      return `${[word + line, ...below.map((text) => (text === '' ? '' : MARGIN + text))].join('\n')}\n`
    },
    end(outcomes: readonly Outcome[], left: number): string {
      const untold = tellsAll ? undefined : outcomes.find((o) => o.judgement.differences.length === 0 && o.report.verdict.kind !== 'holds')
      const hint = untold === undefined ? '' : `; to see a counterexample: swapcheck check ${untold.report.scenario.id}`
      return `${summary(outcomes, left)}${hint}\n`
    },
  }
}

/** `12 scenarios, 11 as expected, 1 not`; of runs that were interrupted: `3 scenarios, 2 as expected, 1 not; 9 were not run`. */
export function summary(outcomes: readonly Outcome[], left: number): string {
  const wrong = outcomes.filter((o) => o.judgement.differences.length > 0).length
  const all = `${outcomes.length} ${outcomes.length === 1 ? 'scenario' : 'scenarios'}`
  const rest = left === 0 ? '' : `; ${left} ${left === 1 ? 'was' : 'were'} not run`
  return `${all}, ${wrong === 0 ? 'all as expected' : `${outcomes.length - wrong} as expected, ${wrong} not`}${rest}`
}

const WORD = 6
const NUMBERS = [12, 14, 7, 9]

function columns(id: string, verdict: string, numbers: readonly string[], idWidth: number): string {
  const right = numbers.map((text, i) => text.padStart(NUMBERS[i] ?? 0))
  return id.padEnd(idWidth + 2) + verdict.padEnd(10) + right.join('')
}

function count(n: number): string {
  return n.toLocaleString('en-US')
}
