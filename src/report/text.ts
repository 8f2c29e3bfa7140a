/** The report that people read: a line per scenario, and below it the story of each that is told. */
import type { Scenario } from '../../checker/index.js'
import type { Outcome } from '../judgement.js'
import { printableColored } from '../printable.js'
import { omissionLine } from './omission.js'
import { outsideLine } from './outside.js'
import { profileLines } from './profile.js'
import { reductionLine } from './reduction.js'
import { replayed } from './replay.js'
import type { Reporter } from './report.js'
import { type Page, story } from './story.js'
import { summary } from './summary.js'
import { isTold } from './told.js'

/** The story is indented below its line. */
const MARGIN = '  '

export function textReporter(page: Page): Reporter {
  const { colors } = page
  const inner = { colors, width: page.width - MARGIN.length }
  let idWidth = 0
  let asked = 0
  return {
    begin(scenarios: readonly Scenario[]): string {
      asked = scenarios.length
      idWidth = Math.max('scenario'.length, ...scenarios.map((s) => s.id.length))
      return `${colors.dim(' '.repeat(WORD) + columns('scenario', 'verdict', ['distinct', 'generated', 'depth', 'seconds'], idWidth))}\n`
    },
    run(outcome: Outcome, again: string): string {
      const { report, judgement } = outcome
      const { scenario, verdict, distinct, generated, depth, seconds } = report
      const isOk = judgement.differences.length === 0
      const numbers = [count(distinct), count(generated), count(depth), seconds.toFixed(1)]
      const property = verdict.kind === 'violated' ? `  ${verdict.property}` : ''
      const line = columns(scenario.id, verdict.kind, numbers, idWidth) + property
      const word = isOk ? colors.green('ok'.padEnd(WORD)) : colors.red('FAIL'.padEnd(WORD))
      const told = isTold(outcome, asked) ? story(report, inner) : []
      const footer = 'trace' in verdict && verdict.trace !== undefined ? [`again: ${again}`] : []
      const plain = [
        ...judgement.differences.map((d) => colors.red(d)),
        ...omissionLine(report),
        ...outsideLine(report),
        ...reductionLine(report),
      ]
      const profile = profileLines(report, inner)
      const blocks = [told.length > 0 ? [...told, ...footer] : [], profile].filter((block) => block.length > 0)
      const below = [...plain, ...blocks.flatMap((block) => ['', ...block]), ...(blocks.length > 0 ? [''] : [])]
      return printableColored(`${[word + line, ...below.map((text) => (text === '' ? '' : MARGIN + text))].join('\n')}\n`)
    },
    end(outcomes: readonly Outcome[], left: number): string {
      const untold = outcomes.find((o) => o.report.verdict.kind !== 'holds' && !isTold(o, asked))
      const hint = untold === undefined ? '' : `; to see a counterexample: swapcheck check ${untold.report.scenario.id}`
      return printableColored(`${summary(outcomes, left)}${hint}\n`)
    },
    replayed: (finding) => printableColored(replayed(finding, page)),
  }
}

const WORD = 6
const NUMBERS = [12, 14, 7, 9]

function columns(id: string, verdict: string, numbers: readonly string[], idWidth: number): string {
  const right = numbers.map((text, i) => ` ${text}`.padStart(NUMBERS[i] ?? 0))
  return id.padEnd(idWidth + 2) + verdict.padEnd(10) + right.join('')
}

function count(n: number): string {
  return n.toLocaleString('en-US')
}
