/** Processes that count together without a lock: many states, and many shortest ways to where it goes wrong, none by one process alone. */
import { blocked, int, language, process, scenario, schema } from '../../../dist/checker/index.js'

const ROUND = 12
const MOST_LOST = 7
const { guard, invariant, procedure, spec } = language(schema({ count: int(0, ROUND - 1), lost: int(0, MOST_LOST) }), {
  protections: ['stop'],
})

const counting = procedure(
  'counting',
  { locals: { old: int(0, ROUND - 1) } },
  {
    load(s, me) {
      if (guard('stop') && s.lost === MOST_LOST) return blocked
      me.old = s.count
      return 'store'
    },
    store(s, me) {
      if (guard('stop') && s.lost === MOST_LOST) return blocked
      if (s.count !== me.old) s.lost += 1
      s.count = (me.old + 1) % ROUND
      return 'load'
    },
  },
)
const counter = process('counter', counting)
const crowd = spec({
  name: 'crowd',
  title: 'A crowd that counts',
  properties: [invariant('FewLost', 'Not too many increments are lost.', (s) => s.lost < MOST_LOST)],
})

const of = (name, expect, more) =>
  scenario(crowd, { name, title: 'A crowd that counts', run: Array.from({ length: 4 }, () => counter({})), expect, ...more })

export const scenarios = [
  of('broken', { verdict: 'violated', property: 'FewLost', distinct: 439_963, generated: 1_228_413, depth: 19 }, { without: ['stop'] }),
  of('stuck', { verdict: 'deadlock', distinct: 614_847, generated: 1_753_869, depth: 20 }, { skip: ['FewLost'] }),
]
