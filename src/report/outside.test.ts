import { expect, test } from 'vitest'
import { outsideLine } from './outside.js'

test('where the states are, and what each takes', () => {
  const outside = { name: 'states.db', bytes: 3 * 2 ** 20 }
  expect(outsideLine({ store: 'duckdb', distinct: 2 ** 19, outside })).toEqual(['the states are in states.db: 3 MB, 6.0 bytes for a state'])
  expect(outsideLine({ store: 'memory', distinct: 2 ** 20, outside })).toEqual([
    'the memory was full, and the search went on on disk: 3 MB, 3.0 bytes for a state',
  ])
  expect(outsideLine({ store: 'memory', distinct: 7 })).toEqual([])
})
