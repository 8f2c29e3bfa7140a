/** Whether a run is as expected. */
import type { Expectation, Report, Scenario } from '../checker/index.js'
import { codeOfVerdict, type ExitCode, exitCodes } from './exit-code.js'

export type VerdictKind = Expectation['verdict']

export interface Judgement {
  /** What is not as expected, each with what was expected and what came; nothing if all is. */
  readonly differences: readonly string[]
  readonly code: ExitCode
}

/** A run and what is thought of it. */
export interface Outcome {
  readonly report: Report
  readonly judgement: Judgement
}

/** @param expect compares the verdict alone with this, instead of verdict, property and counts with what the scenario says */
export function judge(report: Report, expect?: VerdictKind): Judgement {
  const differences = expect === undefined ? compare(report) : compareValues('verdict', expect, report.verdict.kind)
  return { differences, code: differences.length === 0 ? exitCodes.asExpected.code : codeOfVerdict(report.verdict) }
}

/** The exit code of several runs: that of the first that is not as expected. */
export function codeOf(outcomes: readonly Outcome[]): ExitCode {
  return outcomes.find((o) => o.judgement.differences.length > 0)?.judgement.code ?? exitCodes.asExpected.code
}

/** Counts are compared only where the verdict is the expected one, and where they are counts of all states. */
function compare({ scenario, verdict, reductions, ...counts }: Report): string[] {
  const { expect } = scenario
  if (verdict.kind !== expect.verdict) return compareValues('verdict', inWords(expect), verdict.kind)
  const property = verdict.kind === 'violated' ? compareValues('property', expect.property ?? verdict.property, verdict.property) : []
  const names = reductions.length > 0 ? [] : (['distinct', 'generated', 'depth'] as const)
  return [...property, ...names.flatMap((name) => compareValues(name, expect[name], counts[name]))]
}

function inWords({ verdict, property }: Scenario['expect']): string {
  return property === undefined ? verdict : `${verdict} (${property})`
}

function compareValues(what: string, expected: string | number, came: string | number): string[] {
  if (expected === came) return []
  return [`${what}: expected ${expected.toLocaleString('en-US')}, came ${came.toLocaleString('en-US')}`]
}
