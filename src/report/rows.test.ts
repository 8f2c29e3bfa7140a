import { expect, test } from 'vitest'
import { explore, int, language, process, ret, scenario, schema, sleep } from '../../checker/index.js'
import { rowsOf } from './rows.js'

const { procedure, invariant, spec } = language(schema({ tries: int(0, 2) }))
const retry = procedure(
  'retry',
  {},
  {
    attempt(s) {
      s.tries += 1
      return s.tries < 2 ? 'failed' : ret()
    },
    failed: () => sleep('attempt'),
  },
)

test('a step that begins with a sleep says so', () => {
  const properties = [invariant('OnlyOnce', 'It is tried once.', (s) => s.tries < 2)]
  const expected = { verdict: 'violated', distinct: 0, generated: 0, depth: 0 } as const
  const run = [process('thread', retry)({})]
  const sleepy = scenario(spec({ name: 'retry', title: 'Twice', properties }), { name: 'sleepy', title: 'Twice', run, expect: expected })
  const { verdict } = explore(sleepy)
  if (verdict.kind !== 'violated') throw new Error(`the run gave ${verdict.kind}`)
  expect(rowsOf(sleepy, verdict.trace).map(({ changes }) => changes)).toEqual([['tries 0 -> 1'], ['after a sleep'], ['tries 1 -> 2']])
})
