/** The file in which a step of a GitHub job leaves what its summary page is to show. */
import { appendFileSync, statSync } from 'node:fs'
import process from 'node:process'
import { exitCodes } from './exit-code.js'
import { Refusal, reasonOf } from './refusal.js'
import type { Reporter } from './report/report.js'

/** GitHub shows nothing of a file that is larger. */
const MOST_BYTES = 2 ** 20

/** Adds to the file that GitHub names, if it names one and the reporter has something for it. */
export function writeStepSummary({ stepSummary }: Reporter): void {
  const file = process.env.GITHUB_STEP_SUMMARY
  if (file === undefined || file === '' || stepSummary === undefined) return
  try {
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
    appendFileSync(file, stepSummary(MOST_BYTES - size))
  } catch (error) {
    throw new Refusal(exitCodes.outOfResources.code, `cannot write '${file}', which GITHUB_STEP_SUMMARY names: ${reasonOf(error)}`)
  }
}
