/** The corpus: real bugs of Linux swap, each with the pair of scenarios that shows it. */
import type { Bug, Inexpressible } from './bug.js'
import { moveIgnoresCache } from './move-ignores-cache.js'
import { moveMissedFolio } from './move-missed-folio.js'
import { moveOtherFolio } from './move-other-folio.js'
import { skipSwapcacheAba } from './skip-swapcache-aba.js'
import { swapinCacheAba } from './swapin-cache-aba.js'

/** In the order of their ids. */
export const bugs: readonly Bug[] = [skipSwapcacheAba, swapinCacheAba, moveOtherFolio, moveMissedFolio, moveIgnoresCache]

export const inexpressible: readonly Inexpressible[] = []

/** The ids of its scenarios: that of the bug, and that of the fix. */
export const pairOf = ({ spec, slug }: Bug): readonly [string, string] => [`${spec}/${slug}+broken`, `${spec}/${slug}+fixed`]

/** What its stored counterexample says of it: `counterexamples/<spec>-<slug>+broken.itf.json`. */
export function storyOf({ cve, commits, kernel, story }: Bug): string {
  const by = commits.length === 0 ? '' : ` by ${commits.join(' and ')}`
  const fixed = kernel.fixed === '' ? '' : ` in ${kernel.fixed}`
  return [`${cve === undefined ? 'Fixed' : `${cve}: fixed`}${fixed}${by}.`, ...story].join(' ')
}
