/** The abstract machine by itself. */
import { type Scenario, scenario } from '../../checker/index.js'
import { cache } from './cache.js'

export const scenarios: readonly Scenario[] = [
  scenario(cache, {
    name: 'names-2',
    title: 'Two names',
    bounds: { key: 2 },
    expect: { verdict: 'holds', distinct: 136, generated: 668, depth: 7 },
  }),
  scenario(cache, {
    name: 'another-is-put+broken',
    title: 'What is put under a name may be anything',
    without: ['put what the name stands for'],
    expect: { verdict: 'violated', property: 'NeverLies', distinct: 96, generated: 232, depth: 2 },
  }),
  scenario(cache, {
    name: 'answers-at-once+broken',
    title: 'The cache answers that names are invalid while it still has something from before',
    without: ['answer when nothing from before is left'],
    expect: { verdict: 'violated', property: 'NothingFromBefore', distinct: 120, generated: 409, depth: 3 },
  }),
]
