/** The report as one page that needs nothing else (src/html). */

import { type PageCode, pageOf } from '../html/page.js'
import type { PageRun } from '../html/page-data.js'
import { pageOfFinding, pageRun } from '../html/page-run.js'
import { version } from '../version.js'
import type { Reporter } from './report.js'

export function htmlReporter(code: PageCode): Reporter {
  const runs: PageRun[] = []
  return {
    begin: () => '',
    run(outcome, again) {
      runs.push(pageRun(outcome, again))
      return ''
    },
    end: () => pageOf({ version, runs }, code),
    replayed: (finding) => pageOf({ version, runs: [pageOfFinding(finding)] }, code),
  }
}
