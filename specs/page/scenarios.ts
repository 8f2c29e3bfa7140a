/** The abstract machine by itself. */
import { type Scenario, scenario } from '../../checker/index.js'
import { page } from './page.js'

const sized = (n: number, distinct: number, generated: number, depth: number): Scenario =>
  scenario(page, {
    name: `pages-${n}`,
    title: `${n} pages`,
    bounds: { pte: n },
    expect: { verdict: 'holds', distinct, generated, depth },
  })

export const scenarios: readonly Scenario[] = [
  sized(2, 113, 1_181, 3),
  sized(3, 855, 14_078, 3),
  scenario(page, {
    name: 'another-comes-in+broken',
    title: 'What comes in need not be what went out',
    without: ['bring in what went out'],
    expect: { verdict: 'violated', property: 'LoadsTheLastWrite', distinct: 305, generated: 788, depth: 2 },
  }),
  scenario(page, {
    name: 'lost-for-nothing+broken',
    title: 'A page is lost though every read succeeded',
    without: ['lose a page to a failed read alone'],
    expect: { verdict: 'violated', property: 'LostToAFailure', distinct: 113, generated: 627, depth: 2 },
  }),
]
