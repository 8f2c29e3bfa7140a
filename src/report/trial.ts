/** One mutant, and the trace in which it is noticed. */
import type { Locate } from '../locate/region.js'
import type { Tried } from '../mutation/trial.js'
import { type Page, story } from './story.js'
import { fateOf, titleOf } from './trials.js'
import { wrap } from './wrap.js'

export function trialAsText(tried: Tried, locate: Locate, page: Page): string {
  const { mutant, trial } = tried
  const title = wrap(`${titleOf(mutant, locate([mutant.at]).get(mutant.at))}`, page.width)
  const { outcome, report } = trial
  const told = outcome === 'noticed' && report ? [`in ${report.scenario.id}:`, '', ...story(report, page)] : wrap(fateOf(tried), page.width)
  return `${[...title, ...told].join('\n')}\n`
}
