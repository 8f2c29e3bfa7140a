/** How much smaller each scenario of the default set is under each reduction: `npm run bench:reductions` prints a table in Markdown. */
import process from 'node:process'
import { explore, type Reduction, type Report } from '../../checker/index.js'
import { scenarios } from '../../specs/index.js'

const reductions: readonly Reduction[] = ['symmetry', 'partial-order']

/** States left, and how many times fewer they are; nothing where the reduction finds nothing to do. */
function cell(all: Report, reduced: Report): string {
  if (reduced.distinct === all.distinct) return ''
  return `${reduced.distinct.toLocaleString('en-US')} (${(all.distinct / reduced.distinct).toFixed(2)})`
}

process.stdout.write(`| scenario | verdict | distinct | ${reductions.join(' | ')} |\n|---|---|---|${'---|'.repeat(reductions.length)}\n`)
for (const scenario of scenarios.filter((s) => (s.set ?? 'default') === 'default')) {
  const all = explore(scenario)
  const cells = reductions.map((reduction) => cell(all, explore(scenario, { reduction })))
  process.stdout.write(`| ${[scenario.id, all.verdict.kind, all.distinct.toLocaleString('en-US'), ...cells].join(' | ')} |\n`)
}
